/** `npm run rehearse`: a whole mirror in one process, with faults from a seed. Needs neither Docker
 *  nor Pulumi. */

import { join } from "node:path";
import { handOver } from "./cli/handover.mjs";
import { ensureDependencies, projectNode } from "./dependencies.mjs";
import { command } from "./ground/entry.mjs";
import { top } from "./ground/places.mjs";

await command(async (args) => {
  await ensureDependencies();
  return handOver(projectNode(), [join(top, "rehearsal/rehearse/main.ts"), ...args], process.env);
});
