/** Hands the terminal over to Pulumi: arguments, streams, signals, exit code. */

import { spawn } from "node:child_process";
import { Fault } from "../ground/fault.mjs";
import { exitCodeOf, hearSignals } from "../ground/signals.mjs";

/** npm passes Ctrl-C on to us although the terminal has told us already: within this time two
 *  signals are one. To Pulumi a second one means "end at once, whatever that leaves behind". */
const usualSameSignalMs = 500;

/** @type {NodeJS.Signals | undefined} */
let interruption;

/** The signal that came while a program had the terminal: whoever goes on afterwards must stop. */
export function interruptedBy() {
  return interruption;
}

/**
 * Runs a program in our place. In a terminal it stays in our group, so that it may ask questions
 * and hears Ctrl-C itself; elsewhere it gets a group of its own and hears each signal once.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @param {{ sameSignalMs?: number }} options
 * @returns {Promise<number>} its exit code; 128 and more for a signal
 */
export function handOver(program, args, environment, options = {}) {
  const isTerminal = process.stdin.isTTY === true;
  const child = spawn(program, args, {
    env: environment,
    stdio: "inherit",
    detached: !isTerminal,
  });
  const forget = passSignalsOn((name) => {
    interruption = name;
    if (!isTerminal || name !== "SIGINT") {
      child.kill(name);
    }
  }, options.sameSignalMs ?? usualSameSignalMs);
  return new Promise((resolve, reject) => {
    child.once("error", (problem) => {
      forget();
      reject(new Fault(`${program} could not be started: ${problem.message}`));
    });
    child.once("exit", (code, name) => {
      forget();
      resolve(code ?? exitCodeOf(name));
    });
  });
}

/**
 * @param {(name: NodeJS.Signals) => void} deliver
 * @param {number} sameSignalMs
 * @returns {() => void} stops listening
 */
function passSignalsOn(deliver, sameSignalMs) {
  /** @type {Map<NodeJS.Signals, number>} */
  const last = new Map();
  return hearSignals((name) => {
    const now = Date.now();
    if (now - (last.get(name) ?? 0) > sameSignalMs) {
      deliver(name);
    }
    last.set(name, now);
  });
}
