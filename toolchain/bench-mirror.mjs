/** `npm run bench:mirror`: measures the rehearsal engine's mirror. Needs neither Docker nor
 *  Pulumi. */

import { join } from "node:path";
import { handOver } from "./cli/handover.mjs";
import { ensureDependencies, projectNode } from "./dependencies.mjs";
import { command } from "./ground/entry.mjs";
import { top } from "./ground/places.mjs";

await command(async (args) => {
  await ensureDependencies();
  return handOver(projectNode(), [join(top, "test/bench/mirror/main.ts"), ...args], process.env);
});
