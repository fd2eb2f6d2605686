/** The steps that make an instance a member of a mirror and give it the mirror's databases. Each
 *  belongs to its member; they are declared later than it, because they come after the mirror. */

import type { local } from "@pulumi/command";
import type * as pulumi from "@pulumi/pulumi";
import { contractVersion, type Eligibility } from "../operate/contract.ts";
import type { MirroredDatabase } from "./database.ts";
import type { Member } from "./member.ts";
import type { Namespace } from "./namespace.ts";
import type { Plan } from "./plan/plan.ts";
import { memberStep } from "./plan/step-names.ts";
import { declareStep } from "./step.ts";

/** A member together with the step that made it one. */
export interface JoinedMember {
  readonly member: Member;
  readonly joined: local.Command;
}

/** Results of the steps that made it one. */
export function resultsOf({ member, joined }: JoinedMember): pulumi.Output<string>[] {
  return [...member.results, joined.stdout];
}

/** As what a member joins, and after what. */
export interface Joining {
  readonly eligibility: Eligibility;
  /** The step that formed the mirror. */
  readonly form: local.Command;
  /** What must be there beside the mirror: for an async, the pair. @default nothing */
  readonly after?: readonly pulumi.Resource[];
}

/** Makes the instance a member of the mirror that `form` made. On removal it leaves the mirror;
 *  when the forming step goes as well, everything goes and the mirror stays as it is. */
export function joinMirror(
  member: Member,
  plan: Plan,
  { eligibility, form, after = [] }: Joining,
): JoinedMember {
  const joined = declareStep(
    memberStep(member.hostname, "join"),
    {
      verb: "join",
      removal: "leave",
      input: {
        version: contractVersion,
        mirror: plan.mirror.name,
        member: member.plan.address,
        failover: Object.values(plan.failover).map(({ address }) => address),
        eligibility,
      },
      markers: member.markers,
    },
    // Its own preparation too: when the member goes, it leaves while its container still runs.
    { parent: member, dependsOn: [form, member.preparing, ...after], deletedWith: form },
  );
  return { member, joined };
}

/** Gives the member its copies of the databases, caught up. Per member, so that one more changes
 *  nothing on the others. */
export function holdDatabases(
  { member, joined }: JoinedMember,
  plan: Plan,
  mirrored: readonly MirroredDatabase[],
): local.Command {
  const wanted = member.plan.holds.databases.map(({ name }) => name);
  const databases = mirrored.filter(({ databaseName }) => wanted.includes(databaseName));
  // Of those it holds by choice. What leaves the mirror its own step takes from everyone.
  const chooses = plan.async[member.hostname]?.chooses === true;
  return declareStep(
    memberStep(member.hostname, "databases"),
    {
      verb: "databases",
      input: {
        version: contractVersion,
        mirror: plan.mirror.name,
        member: member.plan.address,
        databases: databases.map(({ settings }) => settings),
        failover: Object.values(plan.failover).map(({ address }) => address),
        ...(chooses ? { releases: true } : {}),
      },
      markers: member.markers,
    },
    {
      parent: member,
      dependsOn: [joined, ...databases.map((database) => database.mirrored)],
    },
  );
}

/** Makes the namespaces over the databases the member holds; one that was there by the last run
 *  and is not wanted any more goes. */
export function holdNamespaces(
  member: Member,
  held: local.Command,
  all: readonly Namespace[],
): local.Command {
  const wanted = member.plan.holds.namespaces.map(({ name }) => name);
  const namespaces = all.filter(({ settings }) => wanted.includes(settings.name));
  return declareStep(
    memberStep(member.hostname, "namespaces"),
    {
      verb: "namespaces",
      input: {
        version: contractVersion,
        member: member.plan.address,
        namespaces: namespaces.map(({ settings }) => settings),
      },
      markers: member.markers,
    },
    { parent: member, dependsOn: [held] },
  );
}
