/** The primary changes who the failover members are: it promotes a DR async, or demotes its
 *  partner. Nobody else ever does, and it does so only while no epoch binds it, so that the one
 *  demoted has nothing left by which it could become primary.
 *  Source: GHA_mirror_set_member_change, SYS.Mirror.Promote, Demote, DemotePartner. */

import { entryOf, isAsync, partnerOf, type MirrorConfiguration } from "./configuration.ts";
import { endEpoch } from "./control.ts";
import { membership } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { andThen, stay, type Scene } from "./machine.ts";
import { broadcast, errorNumber, save } from "./membership.ts";
import type { Refusal } from "./messages.ts";
import { memberReports } from "./reports.ts";
import type { MemberState, Peer, Reassignment, Step } from "./state.ts";

type Wanted = Omit<Reassignment, "isTaken">;

/** Begins a change, or refuses it. */
export function reassign(state: MemberState, wanted: Wanted): Step {
  const refusal = obstacleTo(state, wanted);
  if (refusal !== undefined) return answered(state, wanted, refusal);
  const reassignment: Reassignment = { ...wanted, isTaken: wanted.kind === "demote" };
  const unbound = endEpoch({ ...state, reassignment });
  return andThen(unbound, offer);
}

function obstacleTo(state: MemberState, { kind, member }: Wanted): Refusal | undefined {
  const { configuration, name } = membership(state);
  if (state.phase.name === "trouble") {
    return { number: errorNumber.primaryInTrouble, args: [name, "Trouble"] };
  }
  if (state.phase.name !== "primary") return { number: errorNumber.primaryOnly, args: [] };
  if (state.reassignment !== undefined) return { number: errorNumber.changeUnderWay, args: [] };
  const eligibility = entryOf(configuration, member)?.eligibility;
  if (kind === "promote") {
    return eligibility === "disasterRecovery"
      ? undefined
      : { number: errorNumber.notDisasterRecovery, args: [] };
  }
  return eligibility === "failover"
    ? undefined
    : { number: errorNumber.notFailoverMember, args: [] };
}

/** The one to be promoted writes the new configuration down first: a primary that restarts right
 *  after its own change then finds a partner that knows to be one. */
function offer(state: MemberState): Step {
  const peer = candidate(state);
  const { configuration, name } = membership(state);
  if (peer === undefined || state.reassignment === undefined) return stay(state);
  const offered = reassigned(configuration, name, state.reassignment);
  const message = { kind: "promotionOffered", configuration: offered } as const;
  return stay(state, { do: "send", link: peer.link, message });
}

function candidate({ reassignment, peers }: MemberState): Peer | undefined {
  return reassignment?.kind === "promote" ? peers[reassignment.member] : undefined;
}

/** The mirror after the change. */
export function reassigned(
  configuration: MirrorConfiguration,
  primary: string,
  { kind, member }: Pick<Reassignment, "kind" | "member">,
): MirrorConfiguration {
  const failover = kind === "promote" ? [primary, member] : [primary];
  const members = configuration.members.map((entry) => {
    if (failover.includes(entry.name)) return { ...entry, eligibility: "failover" as const };
    return entry.eligibility === "failover"
      ? { ...entry, eligibility: "disasterRecovery" as const }
      : entry;
  });
  return { ...configuration, members };
}

/** The candidate has it on disk. */
export function promotionTaken(state: MemberState, member: string): Step {
  const { reassignment } = state;
  if (reassignment?.kind !== "promote" || reassignment.member !== member) return stay(state);
  return stay({ ...state, reassignment: { ...reassignment, isTaken: true } });
}

/** After each step: the change is made once nothing stands against it, or given up. */
export function conclude(state: MemberState): Step {
  const { reassignment, phase } = state;
  if (reassignment === undefined) return stay(state);
  if (phase.name !== "primary") return giveUp(state, reassignment);
  const isGone = reassignment.kind === "promote" && candidate(state) === undefined;
  if (isGone) return giveUp(state, reassignment);
  const isReady = reassignment.isTaken && state.control.kind === "agent";
  return isReady ? commit(state, reassignment) : stay(state);
}

function commit(state: MemberState, reassignment: Reassignment): Step {
  const { configuration, name } = membership(state);
  const next = reassigned(configuration, name, reassignment);
  const peers = Object.entries(state.peers).map(([member, peer]) => {
    return [member, restaged(peer, isAsync(next, member))] as const;
  });
  const changed: MemberState = {
    ...state,
    configuration: next,
    peers: Object.fromEntries(peers),
    reassignment: undefined,
  };
  const lines = [log.roleChanged(reassignment.member, reassignment.kind)];
  const saved = andThen(stay(changed, ...lines.map((line): Effect => ({ do: "log", line }))), save);
  return andThen(andThen(saved, broadcast), (told) => answered(told, reassignment, undefined));
}

/** A connected member in its new role: the primary waits for a former backup no more, and for the
 *  promoted one not before that is as near as any backup must be. */
function restaged(peer: Peer, isNowAsync: boolean): Peer {
  if (peer.stage === "greeted") return peer;
  const wasAwaited = peer.stage === "active" || peer.stage === "activating";
  if (isNowAsync && wasAwaited) {
    return {
      ...peer,
      stage: peer.stage === "active" ? "caughtUp" : "catchingUp",
      target: undefined,
    };
  }
  return !isNowAsync && peer.stage === "caughtUp" ? { ...peer, stage: "catchingUp" } : peer;
}

/** The candidate, or the primary's role, is lost meanwhile: everything stays as it was. */
function giveUp(state: MemberState, reassignment: Reassignment): Step {
  const { configuration, name } = state.configuration === undefined ? {} : membership(state);
  const link = candidate(state)?.link;
  const back: Effect[] =
    link === undefined || configuration === undefined
      ? []
      : [
          { do: "send", link, message: { kind: "configuration", configuration } },
          { do: "send", link, message: { kind: "report", members: memberReports(state) } },
        ];
  const isTrouble = state.phase.name === "trouble";
  const refusal: Refusal = isTrouble
    ? { number: errorNumber.primaryInTrouble, args: [name ?? "", "Trouble"] }
    : { number: errorNumber.noConnectionToPrimary, args: [] };
  const given = stay({ ...state, reassignment: undefined }, ...back);
  return andThen(given, (next) => answered(next, reassignment, refusal));
}

function answered(state: MemberState, { link, token }: Wanted, refusal: Refusal | undefined): Step {
  return link === undefined
    ? stay(state, { do: "answerOperator", token, refusal })
    : stay(state, { do: "send", link, message: { kind: "reassigned", token, refusal } });
}

/** DemotePartner at the primary. */
export function demotePartner({
  state,
  event,
}: Scene<"primary" | "trouble", "partnerDemotionAsked">): Step {
  const { configuration, name } = membership(state);
  const { token } = event;
  const partner = partnerOf(configuration, name);
  if (partner === undefined) {
    const refusal = { number: errorNumber.noOtherFailoverMember, args: [] };
    return stay(state, { do: "answerOperator", token, refusal });
  }
  return reassign(state, { kind: "demote", member: partner.name, link: undefined, token });
}
