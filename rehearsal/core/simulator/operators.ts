/** What persons ask of a simulated mirror, by the system classes, and with the care that the
 *  documentation asks of them. */

import { entryOf, isAsync, partnerOf } from "../configuration.ts";
import { reaches } from "../position.ts";
import type { MemberProcess } from "./process.ts";
import { primaryOf } from "./mirror.ts";
import type { Happening } from "./surroundings.ts";
import type { World } from "./world.ts";

/** The events that verbs come to. Promote and PromoteWithPartner are one to the core: who else is
 *  asked before is the edge's affair. */
const events = {
  stopMirror: { type: "mirrorStopAsked", token: 0 },
  startMirror: { type: "mirrorStartAsked", token: 0, obstacle: undefined },
  setNoFailover: { type: "noFailoverAsked", token: 0, isSet: true },
  clearNoFailover: { type: "noFailoverAsked", token: 0, isSet: false },
  promote: { type: "promotionAsked", token: 0 },
  demote: { type: "demotionAsked", token: 0 },
  demotePartner: { type: "partnerDemotionAsked", token: 0 },
  removeConfiguration: { type: "removalAsked", token: 0 },
  becomePrimary: { type: "becomePrimaryAsked", token: 0 },
} as const satisfies Readonly<Record<string, Happening>>;

/** What an operator may ask of a running instance here. */
export type OperatorVerb = keyof typeof events;

/** A person asks it, whatever may come of it. */
export function ask(world: World, name: string, verb: OperatorVerb): void {
  world.running(name)?.happen(events[verb]);
}

/** BecomePrimary by a person who is sure that the primary is down and keeps it down until it is
 *  decided. Source: SYS.Mirror.BecomePrimary, GHA_mirror_set_member_change 6.2.3. */
export function becomePrimary(world: World, name: string): void {
  const heir = world.running(name);
  if (heir === undefined) return;
  if (heir.state.phase.name !== "bereaved") {
    ask(world, name, "becomePrimary");
    return;
  }
  if (!mayBelieveSo(world, heir)) return;
  world.keepDownFor(heir);
  ask(world, name, "becomePrimary");
}

/** Nobody runs who could be primary, nobody else was given the place of this backup, and no
 *  database holds what it lacks: the primary acknowledged nothing alone. */
function mayBelieveSo(world: World, heir: MemberProcess): boolean {
  const { journal } = heir.disk;
  return world.names.every((name) => {
    const { disk, process, copy } = world.machine(name);
    const { configuration } = disk;
    if (configuration === undefined || name === heir.host) return true;
    if (process !== undefined && !isAsync(configuration, name)) return false;
    const isPlaceKept = entryOf(configuration, heir.host)?.eligibility === "failover";
    const { position, hash } = copy;
    return isPlaceKept && reaches(journal.durable, position) && journal.hashAt(position) === hash;
  });
}

/** A person promotes a DR async where the primary has no partner. */
export function completePair(world: World): void {
  const primary = primaryOf(world);
  const configuration = primary?.state.configuration;
  if (primary === undefined || configuration === undefined) return;
  if (partnerOf(configuration, primary.host) !== undefined) return;
  const candidate = configuration.members.find(
    ({ name, eligibility }) =>
      eligibility === "disasterRecovery" && world.running(name)?.state.phase.name === "connected",
  );
  if (candidate !== undefined) ask(world, candidate.name, "promote");
}

/** Every machine that is no member yet joins through whoever is primary. One that the primary does
 *  not know joins anew: the primary that took it in died before its backup heard of it. So does one
 *  that does not know the primary, which joined and was promoted while it was away. */
export function joinAll(world: World): void {
  const primary = primaryOf(world);
  const known = primary?.state.configuration;
  if (primary === undefined || known === undefined) return;
  for (const name of world.names) {
    const own = world.machine(name).disk.configuration;
    const areStrangers =
      entryOf(known, name) === undefined ||
      (own !== undefined && entryOf(own, primary.host) === undefined);
    if (areStrangers) ask(world, name, "removeConfiguration");
    if (!world.isMember(name)) world.join(name, primary.host);
  }
}
