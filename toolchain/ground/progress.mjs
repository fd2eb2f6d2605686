/** Shows what takes time: what it is, how far it is, how long it has taken. The quick is silent. */

import { clearInterval, setInterval } from "node:timers";
import { spanInWords } from "./time.mjs";

/** Whoever waits longer than this wants to know for what. */
const patienceMs = 2000;
/** A terminal is kept current; a log gets a line now and then. */
const terminalEveryMs = 1000;
const logEveryMs = 15_000;

/** @type {{ title: string, ms: number }[]} */
const phases = [];

/** Writes a line for the reader. Standard output belongs to the program that is launched. */
export function say(/** @type {string} */ line) {
  process.stderr.write(`${line}\n`);
}

/** The phases so far with the time each took, in order. */
export function phaseTimes() {
  return phases.map(({ title, ms }) => ({ title, ms }));
}

/**
 * Does a piece of work and shows how it goes, once it takes more than two seconds.
 * @template Result
 * @param {string} title  what is being done, as it stands before the time
 * @param {(report: (howFar: string) => void) => Promise<Result>} work
 * @param {{ isQuiet?: boolean }} how  quiet: the work shows its own progress
 * @returns {Promise<Result>}
 */
export async function phase(title, work, { isQuiet = false } = {}) {
  const shown = new Shown(title, isQuiet);
  try {
    return await work((howFar) => {
      shown.howFar = howFar;
    });
  } finally {
    phases.push({ title, ms: shown.end() });
  }
}

/** One piece of work as the reader sees it. */
class Shown {
  /**
   * @param {string} title
   * @param {boolean} isQuiet
   */
  constructor(title, isQuiet) {
    this.title = title;
    this.isQuiet = isQuiet;
    this.howFar = "";
    this.start = Date.now();
    this.lastShown = 0;
    this.isTerminal = process.stderr.isTTY === true;
    this.timer = setInterval(() => {
      this.show();
    }, terminalEveryMs);
  }

  show() {
    const now = Date.now();
    if (this.isQuiet || now - this.start < patienceMs) {
      return;
    }
    if (this.isTerminal) {
      process.stderr.write(
        `\r\u001b[2K${this.line().slice(0, (process.stderr.columns ?? 80) - 1)}`,
      );
    } else if (now - this.lastShown >= logEveryMs) {
      say(this.line());
    } else {
      return;
    }
    this.lastShown = now;
  }

  line() {
    const howFar = this.howFar === "" ? "" : `: ${this.howFar}`;
    return `${this.title}${howFar} (${spanInWords(Date.now() - this.start)})`;
  }

  /** Ends the display; a line stays for what took long. @returns the time it took */
  end() {
    clearInterval(this.timer);
    const ms = Date.now() - this.start;
    if (this.isTerminal && this.lastShown > 0) {
      process.stderr.write("\r\u001b[2K");
    }
    if (ms >= patienceMs && !this.isQuiet) {
      say(`${this.title}: done after ${spanInWords(ms)}`);
    }
    return ms;
  }
}
