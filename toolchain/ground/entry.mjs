/** The frame around every command: faults in words, surprises with their stack, one exit code. */

import { endChildren } from "./child.mjs";
import { Fault } from "./fault.mjs";
import { say } from "./progress.mjs";
import { exitCodeOf, hearSignals } from "./signals.mjs";

/**
 * Runs a command to its end and ends the process with its exit code.
 * @param {(args: string[]) => Promise<number>} main
 */
export async function command(main) {
  hearSignals((name) => {
    endChildren();
    process.exit(exitCodeOf(name));
  });
  process.exit(await exitCodeAfter(main));
}

/** @param {(args: string[]) => Promise<number>} main */
async function exitCodeAfter(main) {
  try {
    return await main(process.argv.slice(2));
  } catch (problem) {
    if (problem instanceof Fault) {
      say(problem.message);
      return problem.exitCode;
    }
    console.error(problem);
    return 1;
  }
}
