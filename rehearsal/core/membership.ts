/** Who is in the mirror: the primary keeps the list, the others take it over. */

import { asyncMembersMax, entryOf, failoverMembers, failoverMembersMax } from "./configuration.ts";
import { withMember, withoutMember, type MirrorConfiguration } from "./configuration.ts";
import { membership } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { stay, andThen, type Scene } from "./machine.ts";
import type { AgentPlace, JoinRequest, Refusal } from "./messages.ts";
import { isFollower, type PhaseName } from "./phases.ts";
import type { MemberState, Step } from "./state.ts";

/** Error numbers of the product. Source: Error Reference, mirror errors. */
export const errorNumber = {
  cannotStopPrimary: 2022,
  mirrorDoesNotExist: 2032,
  nameNotUnique: 2033,
  addingMemberFailed: 2045,
  serviceDisabled: 2066,
  notConfigured: 2074,
  cannotBecomePrimary: 2077,
  noConnectionToPrimary: 2082,
  general: 5001,
  noOtherFailoverMember: 2075,
  notFailoverMember: 2081,
  notDisasterRecovery: 2117,
  noSuchPartner: 2124,
  partnerSilent: 2128,
  onlyFailoverMember: 2133,
  primaryRuns: 2155,
  notGivingWay: 2156,
  primaryInTrouble: 2157,
  changeUnderWay: 2178,
  alreadyStarted: 2106,
  notStarted: 2107,
  noLicense: 2099,
  primaryOnly: 2113,
  notOnPrimary: 2116,
  twoFailoverMembers: 2137,
} as const;

/** Writes the configuration to disk. */
export function save(state: MemberState): Step {
  return stay(state, {
    do: "saveConfiguration",
    configuration: state.configuration,
    local: state.local,
  });
}

/** Sends the configuration to all connected members. */
export function broadcast(state: MemberState): Step {
  const { configuration } = membership(state);
  const messages = Object.values(state.peers)
    // Whoever is being promoted already has the next one.
    .filter(
      ({ member }) =>
        state.reassignment?.kind !== "promote" || state.reassignment.member !== member,
    )
    .map(({ link }): Effect => ({
      do: "send",
      link,
      message: { kind: "configuration", configuration },
    }));
  return stay(state, ...messages);
}

/** Why a member cannot be taken in; `undefined` when it can (or already is one). */
function joinObstacle(
  configuration: MirrorConfiguration,
  request: JoinRequest,
): Refusal | undefined {
  const { mirror, entry } = request;
  if (configuration.mirror !== mirror) {
    return { number: errorNumber.mirrorDoesNotExist, args: [mirror] };
  }
  const known = entryOf(configuration, entry.name);
  if (known !== undefined) {
    return known.guid === entry.guid && known.eligibility === entry.eligibility
      ? undefined
      : { number: errorNumber.nameNotUnique, args: [mirror, entry.name] };
  }
  const isFull = failoverMembers(configuration).length >= failoverMembersMax;
  if (entry.eligibility === "failover" && isFull) {
    return { number: errorNumber.twoFailoverMembers, args: [] };
  }
  const asyncs = configuration.members.length - failoverMembers(configuration).length;
  return entry.eligibility !== "failover" && asyncs >= asyncMembersMax
    ? { number: errorNumber.addingMemberFailed, args: [entry.name] }
    : undefined;
}

/** The primary takes a new member in: on disk before the newcomer hears of it, so that a restart
 *  never makes a primary that believes to be alone. */
export function takeIn({ state, event }: Scene<"primary" | "trouble", "joinAsked">): Step {
  const { configuration } = membership(state);
  const { request, token } = event;
  const isChanging = state.reassignment !== undefined;
  const refusal = isChanging
    ? { number: errorNumber.changeUnderWay, args: [] }
    : joinObstacle(configuration, request);
  if (refusal !== undefined) {
    return stay(state, { do: "answerJoin", token, answer: { kind: "refused", refusal } });
  }
  const next = { ...state, configuration: withMember(configuration, request.entry) };
  const saved = andThen(stay(next, { do: "log", line: log.memberAdded(request.entry.name) }), save);
  return andThen(andThen(saved, broadcast), (joined) =>
    stay(joined, {
      do: "answerJoin",
      token,
      answer: { kind: "accepted", configuration: next.configuration },
    }),
  );
}

/** Agent of the primary this member follows.
 *  Source: SYS.Mirror.JoinMirrorAsAsyncMember (the target may be either failover member). */
function primaryOf({ configuration, phase }: MemberState): AgentPlace | undefined {
  if (configuration === undefined || !isFollower(phase)) return undefined;
  const entry = entryOf(configuration, phase.primary);
  return entry === undefined ? undefined : { address: entry.agentAddress, port: entry.agentPort };
}

/** Nobody joins through a member that is not primary; an async is told where the primary is. */
export function cannotTakeIn({ state, event }: Scene<PhaseName, "joinAsked">): Step {
  const isMember = state.configuration?.mirror === event.request.mirror;
  const refusal: Refusal = isMember
    ? { number: errorNumber.noConnectionToPrimary, args: [] }
    : { number: errorNumber.mirrorDoesNotExist, args: [event.request.mirror] };
  const primary = event.request.entry.eligibility === "failover" ? undefined : primaryOf(state);
  const answer = { kind: "refused", refusal, primary } as const;
  return stay(state, { do: "answerJoin", token: event.token, answer });
}

/** Takes a member off the list. */
export function removeMember(state: MemberState, name: string): Step {
  const { configuration } = membership(state);
  const next = { ...state, configuration: withoutMember(configuration, name) };
  return andThen(stay(next, { do: "log", line: log.memberRemoved(name) }), save);
}

/** A member that is not connected left, or an operator removes it. */
export function release({ state, event }: Scene<"primary", "leaveAsked">): Step {
  const { configuration, name } = membership(state);
  const { member, memberGuid, token } = event;
  const entry = entryOf(configuration, member);
  const isRemovable =
    entry?.guid === memberGuid && member !== name && state.peers[member] === undefined;
  const refusal: Refusal | undefined = isRemovable
    ? undefined
    : { number: errorNumber.addingMemberFailed, args: [member] };
  const removed = isRemovable ? andThen(removeMember(state, member), broadcast) : stay(state);
  return andThen(removed, (next) => stay(next, { do: "answerOperator", token, refusal }));
}

/** "No failover", at the primary. Cleared when the primary restarts.
 *  Source: GHA_mirror_set_member_change 6.1.3. */
export function setNoFailover(state: MemberState, isSet: boolean): Step {
  const { configuration, name } = membership(state);
  const definedPrimary = isSet ? name : undefined;
  if (configuration.definedPrimary === definedPrimary) return stay(state);
  const next = { ...state, configuration: { ...configuration, definedPrimary } };
  const saved = andThen(stay(next, { do: "log", line: log.noFailoverSet(isSet) }), save);
  return andThen(saved, broadcast);
}
