/** The one door to the primary role. Every row of the table that makes a member primary passes
 *  through here, so two primaries would need two warrants that exclude each other:
 *
 *  - *sole*: there is no other failover member that could be primary;
 *  - *consent*: the partner promised not to become primary itself without asking anew, or its agent
 *    saw that it is down; consenting voids the questions the partner had under way, so two members
 *    cannot hold each other's consent;
 *  - *handOver*: the primary stopped writing and goes down;
 *  - *arbiter*: the primary is bound by the epoch and the arbiter decides an epoch once;
 *  - *operator*: a person says that the primary is down and stays down, where nobody else can tell.
 *    This one excludes the others only as far as that person is right;
 *  - *force*: the same, where this member may even lack what was acknowledged;
 *  - *promotion*: a person says so at a DR async; whoever could be reached of the failover members
 *    has given way. */

import { failoverMembers, type MirrorConfiguration } from "./configuration.ts";
import { entryOf } from "./configuration.ts";
import { holdsAllOf, type History } from "./history.ts";
import { sameEpoch } from "./messages.ts";
import type { Warrant } from "./phases.ts";
import { reaches, type JournalPosition } from "./position.ts";
import type { MemberState } from "./state.ts";

/** What the member's own journal is, as far as the warrant needs it. */
export type OwnJournal = History | { readonly end: JournalPosition };

/** Why this member must not become primary; `undefined` when it may. */
export function primaryObstacle(
  state: MemberState,
  warrant: Warrant,
  own: OwnJournal,
): string | undefined {
  const { configuration, local } = state;
  if (configuration === undefined || local === undefined) return "it is no member of a mirror";
  if (!local.isValidated) return "its membership is not validated (ValidatedMember=0)";
  if (entryOf(configuration, local.name)?.eligibility !== "failover") {
    return "it is no failover member";
  }
  const isOverridden = state.byHand !== undefined;
  if (!isOverridden && noFailoverForbids(configuration, local.name)) return "no failover is set";
  return warrantObstacle(state, warrant, own);
}

/** No failover binds the role to the member that was primary when it was set.
 *  Source: GHA_mirror_set_member_change 6.1.3. */
export function noFailoverForbids(configuration: MirrorConfiguration, name: string): boolean {
  return configuration.definedPrimary !== undefined && configuration.definedPrimary !== name;
}

function warrantObstacle(
  state: MemberState,
  warrant: Warrant,
  own: OwnJournal,
): string | undefined {
  switch (warrant.kind) {
    case "sole":
      return isSole(state) ? undefined : "it is not the only failover member";
    case "consent":
      return holdsPartnersJournal(warrant.history, own)
        ? undefined
        : "its partner has journal data that it lacks";
    case "handOver":
      return reaches(own.end, warrant.end) ? undefined : "it lacks journal data of the primary";
    case "arbiter": {
      const { control } = state;
      const isCurrent = control.kind === "arbiter" && sameEpoch(control.epoch, warrant.epoch);
      return isCurrent ? undefined : "the arbiter's word is not about the present";
    }
    case "operator":
      return operatorObstacle(state);
    case "force":
      return forceObstacle(state);
    case "promotion":
      if (state.byHand?.isPromotion !== true) return "no person promotes it";
      return holdsPartnersJournal(warrant.history, own)
        ? undefined
        : "a former failover member has journal data that it lacks";
  }
}

/** Asked for here and now, complete, and nobody to be seen who could be primary. */
function operatorObstacle(state: MemberState): string | undefined {
  const { phase, byHand } = state;
  if (byHand?.isPrimaryGone !== true) return "no person said that the primary is down";
  if (phase.name !== "bereaved" || !phase.wasActive) return "it was not an active backup";
  return arbiterSeesPartner(state) ? "the arbiter is connected to the primary" : undefined;
}

/** Asked for here and now, after the wait, and nobody to be seen who could be primary. What this
 *  member lacks does not count: that is what a person gives up. */
function forceObstacle(state: MemberState): string | undefined {
  const { phase, byHand } = state;
  if (byHand?.force !== "due") return "no person forces it now";
  if (phase.name !== "bereaved" && phase.name !== "deciding") return "it knows of a primary";
  return arbiterSeesPartner(state) ? "the arbiter is connected to the partner" : undefined;
}

/** True when the arbiter speaks against a person who says that the partner is down. */
export function arbiterSeesPartner({ arbiter }: MemberState): boolean {
  return arbiter.isConnected && arbiter.seesPartner;
}

function isSole({ configuration, local }: MemberState): boolean {
  if (configuration === undefined || local === undefined) return false;
  const [only, second] = failoverMembers(configuration);
  return only?.name === local.name && second === undefined;
}

function holdsPartnersJournal(theirs: History | undefined, own: OwnJournal): boolean {
  if (theirs === undefined) return true;
  return "files" in own && holdsAllOf(own, theirs);
}
