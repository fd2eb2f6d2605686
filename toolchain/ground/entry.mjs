/** The frame around every command: faults in words, surprises with their stack, one exit code. */

import { Fault } from "./fault.mjs";
import { say } from "./progress.mjs";

/**
 * Runs a command to its end and ends the process with its exit code.
 * @param {(args: string[]) => Promise<number>} main
 */
export async function command(main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (problem) {
    if (problem instanceof Fault) {
      say(problem.message);
      process.exitCode = problem.exitCode;
    } else {
      console.error(problem);
      process.exitCode = 1;
    }
  }
}
