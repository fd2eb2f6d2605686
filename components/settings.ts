/** The step that gives a member the settings a mirror does not carry. */

import type { local } from "@pulumi/command";
import { contractVersion } from "../operate/contract.ts";
import type { Member } from "./member.ts";
import type { Plan } from "./plan/plan.ts";
import { memberStep } from "./plan/step-names.ts";
import { declareStep } from "./step.ts";

/** Resources and roles on one member, which are no matter of the mirror: as soon as the instance is
 *  prepared, beside its joining. One that is not wanted any more is removed by the same step.
 *  @returns no step where there is nothing to hold */
export function holdSettings(member: Member, { settings }: Plan): local.Command[] {
  if (settings === undefined) return [];
  return [
    declareStep(
      memberStep(member.hostname, "settings"),
      {
        verb: "settings",
        input: { version: contractVersion, member: member.plan.address, settings },
        markers: member.markers,
      },
      { parent: member, dependsOn: [member.preparing] },
    ),
  ];
}
