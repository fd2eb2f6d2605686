/** Checks that play something from seeds: more of it than the unit tests. */

import { join } from "node:path";
import { handOver } from "../cli/handover.mjs";
import { projectNode } from "../dependencies.mjs";
import { top } from "../ground/places.mjs";
import { single } from "./result.mjs";

/** The simulated mirror with random faults. A tenth of what was played when the simulator was made;
 *  half a minute on two cores. Says which seeds failed, with their pictures, and how to repeat
 *  them. */
export const seedsTest = () => played("seeds", ["rehearsal/rehearse/main.ts", "--seeds", "1000"]);

/** Random programs on the evaluator, a minute of one core. Says which failed, made small. */
export const fuzzTest = () =>
  played("fuzz", ["rehearsal/objectscript/testing/fuzz/main.ts", "--programs", "20000"]);

/**
 * @param {string} name
 * @param {[program: string, ...args: string[]]} commandLine
 */
async function played(name, [program, ...args]) {
  const code = await handOver(projectNode(), [join(top, program), ...args], process.env);
  return single(name, code === 0, code === 0 ? "" : `ended with exit code ${code}`);
}
