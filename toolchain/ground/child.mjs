/** Child processes of the launcher: argv, never a shell. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * How a program ended.
 * @typedef {{ code: number, stdout: string, stderr: string }} Ended
 *
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [stdin]
 * @property {(line: string) => void} [onLine]  each line of either stream as it comes
 * @property {AbortSignal} [signal]  ends the program
 */

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** Ends every program that `run` started and that still runs. */
export function endChildren() {
  for (const child of running) {
    child.kill("SIGTERM");
  }
}

/** The exit code of a program that a shell could not find. */
export const notFound = 127;
/** What a shell adds to a signal's number. */
const signalled = 128;

/**
 * Runs a program to its end. A program that is missing ends with 127, one that a signal ended with
 * 128 and more: nothing is thrown.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<Ended>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const { cwd, env, signal } = options;
    const child = spawn(program, args, { cwd, env, signal, stdio: "pipe" });
    running.add(child);
    child.once("close", () => running.delete(child));
    const stdout = gather(child.stdout, options.onLine);
    const stderr = gather(child.stderr, options.onLine);
    child.once("error", (problem) => {
      resolve({ code: notFound, stdout: "", stderr: problem.message });
    });
    child.once("close", (code) => {
      resolve({ code: code ?? signalled, stdout: stdout(), stderr: stderr() });
    });
    // A program that does not read its input breaks the pipe; how it ends tells why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.stdin ?? "");
  });
}

/**
 * @param {import("node:stream").Readable} stream
 * @param {((line: string) => void) | undefined} onLine
 */
function gather(stream, onLine) {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (/** @type {string} */ part) => {
    text += part;
  });
  if (onLine !== undefined) {
    createInterface({ input: stream }).on("line", onLine);
  }
  return () => text;
}

/**
 * The last lines of a program's output that say something.
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-count)
    .join("\n");
}
