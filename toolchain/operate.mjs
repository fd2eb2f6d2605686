/** `npm run status` and the other verbs: starts operate/main.ts with the right Node.js and the
 *  right Docker engine. What a verb needs that is not there, the verb says itself. */

import { join } from "node:path";
import { projectEnvironment } from "./cli/environment.mjs";
import { handOver } from "./cli/handover.mjs";
import { ensureDependencies, projectNode } from "./dependencies.mjs";
import { reachEngine } from "./engine/reach.mjs";
import { command } from "./ground/entry.mjs";
import { Fault } from "./ground/fault.mjs";
import { top } from "./ground/places.mjs";

await command(async (args) => {
  await ensureDependencies();
  const answer = await reachEngine();
  if (answer.engine === undefined) {
    throw new Fault(
      `No Docker engine answers at ${answer.address}: ${answer.why}.`,
      "npm run up starts everything; npm run engine -- start starts the engine alone.",
    );
  }
  const environment = { ...process.env, ...projectEnvironment(process.env, answer.engine.host) };
  return handOver(projectNode(), [join(top, "operate/main.ts"), ...args], environment);
});
