/** The simulated mirror with random faults: more seeds, and longer ones, than the unit tests. */

import { join } from "node:path";
import { handOver } from "../cli/handover.mjs";
import { projectNode } from "../dependencies.mjs";
import { top } from "../ground/places.mjs";
import { single } from "./result.mjs";

/** A tenth of what was played when the simulator was made; half a minute on two cores. */
const seeds = 1000;

/** Says which seeds failed, with their pictures, and how to repeat them. */
export async function seedsTest() {
  const program = join(top, "rehearsal/rehearse/main.ts");
  const code = await handOver(projectNode(), [program, "--seeds", `${seeds}`], process.env);
  return single("seeds", code === 0, code === 0 ? "" : `ended with exit code ${code}`);
}
