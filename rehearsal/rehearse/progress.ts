/** Shows on standard error how far a long piece of work is. The quick is silent. */

/** Whoever waits longer than this wants to know for what. */
const patienceMs = 2000;
/** A terminal is kept current; a log gets a line now and then. */
const terminalEveryMs = 500;
const logEveryMs = 15_000;

/** One piece of work. */
export class Progress {
  private readonly title: string;
  private readonly start = Date.now();
  private lastShown = 0;

  constructor(title: string) {
    this.title = title;
  }

  /** Says how far it is, if it is time for that. */
  show(howFar: string): void {
    const now = Date.now();
    const isTerminal = process.stderr.isTTY;
    const every = isTerminal ? terminalEveryMs : logEveryMs;
    if (now - this.start < patienceMs || now - this.lastShown < every) return;
    this.lastShown = now;
    const seconds = Math.round((now - this.start) / 1000);
    const line = `${this.title}: ${howFar} (${seconds} s)`;
    process.stderr.write(isTerminal ? `\r\u001b[2K${line}` : `${line}\n`);
  }

  /** The line of a terminal goes. */
  end(): void {
    if (process.stderr.isTTY && this.lastShown > 0) process.stderr.write("\r\u001b[2K");
  }
}
