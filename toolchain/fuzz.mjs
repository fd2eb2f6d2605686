/** `npm run fuzz`: programs at random on the rehearsal engine's evaluator. Needs neither Docker nor
 *  Pulumi. */

import { join } from "node:path";
import { handOver } from "./cli/handover.mjs";
import { ensureDependencies, projectNode } from "./dependencies.mjs";
import { command } from "./ground/entry.mjs";
import { top } from "./ground/places.mjs";

await command(async (args) => {
  await ensureDependencies();
  const program = join(top, "rehearsal/objectscript/testing/fuzz/main.ts");
  return handOver(projectNode(), [program, ...args], process.env);
});
