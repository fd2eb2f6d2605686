/** The one place where a run ends before anything is declared. */

import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { everyoneGoes } from "./environment.ts";
import type { Looked } from "./look.ts";
import { faultReport } from "./plan/fault.ts";
import { chooseImages } from "./plan/image.ts";
import { type Plan, planMirror } from "./plan/plan.ts";
import { refusals } from "./plan/refusals.ts";
import { refusalWish } from "./plan/survey.ts";
import type { ReadTopology } from "./topology.ts";

/** The plan of a topology that has no fault, neither by itself nor against what was seen.
 *  @throws RunError with every fault in one report; nothing has been registered by then */
export function planOrRefuse(read: ReadTopology, stack: string, looked: Looked): Plan {
  const { draft } = read;
  const { seen, stored, past } = looked;
  const images = chooseImages(draft, seen.rehearsal);
  // What is in the way of a deployment does not keep anybody from destroying one.
  const wish = refusalWish(draft, stack, images, past);
  const met = everyoneGoes ? [] : refusals(wish, seen, stored);
  const faults = [...read.faults, ...met];
  if (faults.length > 0) throw new pulumi.RunError(faultReport(faults));

  const plan = planMirror(draft, { stack, seen, stored, past, resolve: (path) => resolve(path) });
  for (const note of plan.notes) void pulumi.log.info(note);
  for (const warning of plan.warnings) void pulumi.log.warn(warning);
  return plan;
}
