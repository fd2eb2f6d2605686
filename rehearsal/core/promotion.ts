/** A DR async becomes primary although no primary runs: a person says that none does and none will.
 *  Whoever can be reached of the former failover members gives way first: on its disk, in its own
 *  configuration, it is a failover member no more (or is the selected partner). Whoever cannot be
 *  reached is asked until it gave way.
 *  Source: SYS.Mirror.PromoteWithNoPartner, PromoteWithSelectedPartner, GHA_mirror_manage 5.5.
 *  Assumed: how the members agree. */

import { isAsyncMember, seek } from "./async.ts";
import { entryOf, type MirrorConfiguration } from "./configuration.ts";
import { become, membership } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import { fit, newerJournal, type History } from "./history.ts";
import * as log from "./log-lines.ts";
import { andThen, enter, numbered, stay, type Scene } from "./machine.ts";
import { errorNumber, save } from "./membership.ts";
import type { Consent, PartnerQuestion, Refusal } from "./messages.ts";
import type { PhaseName, Warrant } from "./phases.ts";
import { rivalsOf } from "./rivals.ts";
import type { MemberState, Step } from "./state.ts";

type Asked<From extends PhaseName> = Scene<From, "promotionAloneAsked">;
type Promotion = Extract<Warrant, { kind: "promotion" }>;

/** The mirror in which `member` is failover member, alone or with `partner`, and each other former
 *  failover member a DR async. */
export function withFailover(
  configuration: MirrorConfiguration,
  member: string,
  partner: string | undefined,
): MirrorConfiguration {
  const members = configuration.members.map((entry) => {
    if (entry.name === member) return { ...entry, eligibility: "failover" as const };
    return entry.eligibility === "failover" && entry.name !== partner
      ? { ...entry, eligibility: "disasterRecovery" as const }
      : entry;
  });
  return { ...configuration, members, definedPrimary: undefined };
}

/** What a member that is down, or is no primary, writes down when it gives way to the one that
 *  asks: `undefined` when that one may not ask for it. Not validated, it never becomes primary by
 *  itself until a primary has told it its role. Source: RACS_mirrormember. */
export function givenWay(
  configuration: MirrorConfiguration,
  question: PartnerQuestion,
): MirrorConfiguration | undefined {
  const asker = entryOf(configuration, question.member);
  const isKnown =
    configuration.mirrorGuid === question.mirrorGuid && asker?.guid === question.memberGuid;
  const mayAsk = asker?.eligibility === "disasterRecovery" || asker?.eligibility === "failover";
  return isKnown && mayAsk
    ? withFailover(configuration, question.member, question.partner)
    : undefined;
}

/** The one that has most of those who answered, where this member has less; `undefined` where it
 *  lacks nothing. */
function ahead(consents: readonly Consent[], own: History): Consent | undefined {
  let best: Consent | undefined;
  for (const consent of consents) {
    const { history } = consent;
    if (history === undefined || newerJournal(own, history) !== "theirs") continue;
    const isBetter =
      best?.history === undefined || newerJournal(best.history, history) === "theirs";
    if (isBetter) best = consent;
  }
  return best;
}

function obstacleTo({ state, event }: Asked<"seeking">): Refusal | undefined {
  const { configuration, name } = membership(state);
  if (state.byHand !== undefined) return { number: errorNumber.changeUnderWay, args: [] };
  if (entryOf(configuration, name)?.eligibility !== "disasterRecovery") {
    return { number: errorNumber.notDisasterRecovery, args: [] };
  }
  const best = ahead(event.consents, event.own);
  if (best?.history === undefined) return undefined;
  const { kind } = fit(event.own, best.history);
  if (kind === "continues" || kind === "truncates") return undefined;
  const why = `the journal of ${best.member} does not continue its own`;
  return { number: errorNumber.cannotBecomePrimary, args: [why] };
}

/** True when nothing more is to be fetched from the agents that answered. */
export function isComplete(scene: Asked<"seeking">): boolean {
  return (
    obstacleTo(scene) === undefined && ahead(scene.event.consents, scene.event.own) === undefined
  );
}

/** True when an agent that answered has journal that this member lacks. */
export function isBehind(scene: Asked<"seeking">): boolean {
  return (
    obstacleTo(scene) === undefined && ahead(scene.event.consents, scene.event.own) !== undefined
  );
}

/** Says what is given up before it happens. */
function warn({ state, event }: Asked<"seeking">): Step {
  const { token, absent } = event;
  return stay(
    { ...state, byHand: { token, isPrimaryGone: true, isPromotion: true } },
    { do: "log", line: log.promotingAlone(absent) },
  );
}

/** Becomes primary with what it has. */
export function promote(scene: Asked<"seeking">): Step {
  const { partner, absent, own } = scene.event;
  const warrant: Promotion = { kind: "promotion", history: undefined, partner, absent };
  return andThen(warn(scene), (state) => lead(state, warrant, own));
}

/** Fetches first what it lacks. */
export function fetch(scene: Asked<"seeking">): Step {
  const { partner, absent, consents, own } = scene.event;
  const best = ahead(consents, own);
  const history = best?.history;
  if (best === undefined || history === undefined) return promote(scene);
  const warrant: Promotion = { kind: "promotion", history, partner, absent };
  return andThen(warn(scene), (before) => {
    const { state, number } = numbered(before);
    return enter(
      state,
      { name: "retrieving", attempt: number, warrant },
      { do: "stopTimer", timer: "retry" },
      { do: "log", line: log.retrieving(best.member, own.end) },
      { do: "retrieveJournal", attempt: number, history, member: best.member },
    );
  });
}

/** Failover member on its own disk first, then primary: whoever starts after that finds it so. A
 *  person tells it its role, so it is validated by that, also where it gave way before. */
export function lead(before: MemberState, warrant: Promotion, own: History): Step {
  const { configuration, name } = membership(before);
  const next = withFailover(configuration, name, warrant.partner);
  const rival = rivalsOf(whoMightLead(configuration, name, warrant.absent), warrant.absent);
  const local = { name, joinsMirror: true, isValidated: true };
  return andThen(save({ ...before, configuration: next, local, rival }), (state) =>
    become(state, warrant, own),
  );
}

/** Members that might be primary by what this one cannot know: roles may have changed since it
 *  heard of them. */
function whoMightLead(
  { members }: MirrorConfiguration,
  own: string,
  absent: readonly string[],
): readonly string[] {
  return members
    .filter(({ eligibility }) => eligibility === "failover" || eligibility === "disasterRecovery")
    .map(({ name }) => name)
    .filter((name) => name !== own && !absent.includes(name));
}

/** The journal could not be fetched: nothing is changed here, a person may ask again. */
export function notFetched({ state, event }: Scene<"retrieving", "retrievalFailed">): Step {
  const line: Effect = { do: "log", line: log.notBecomingPrimary(event.why) };
  const step = seek(state, true);
  return { ...step, effects: [line, ...step.effects] };
}

/** Only a DR async without a primary is asked. */
export function cannotPromote({ state, event }: Asked<PhaseName>): Step {
  const { token } = event;
  const scene = state.phase.name === "seeking" ? { state, phase: state.phase, event } : undefined;
  const number = isAsyncMember(state)
    ? errorNumber.noConnectionToPrimary
    : errorNumber.notDisasterRecovery;
  const refusal = (scene && obstacleTo(scene)) ?? { number, args: [] };
  return stay(state, { do: "answerOperator", token, refusal });
}

/** True when this member shall give way to a DR async that a person makes primary. */
export function isAskedToGiveWay({ state, event }: Scene<PhaseName, "partnerAsked">): boolean {
  const { question } = event;
  if (question.kind !== "promote" || state.configuration === undefined) return false;
  return givenWay(state.configuration, question) !== undefined;
}

/** Gives way: what it was, it forgets before it answers. */
export function giveWay({ state, event }: Scene<PhaseName, "partnerAsked">): Step {
  const { question, own, token } = event;
  const { configuration, local } = state;
  const next = configuration && givenWay(configuration, question);
  if (next === undefined || local === undefined) return stay(state);
  const history = state.phase.name === "inconsistent" ? undefined : own;
  const changed: MemberState = {
    ...state,
    configuration: next,
    local: { ...local, isValidated: false },
    control: { kind: "agent" },
  };
  const line: Effect = { do: "log", line: log.givingWay(question.member) };
  return andThen(stay(changed, line, { do: "leaveArbiter" }), (saved) =>
    andThen(save(saved), (told) =>
      stay(told, {
        do: "answerPartner",
        token,
        answer: { kind: "granted", isDown: false, history },
      }),
    ),
  );
}

/** The same, and looks for the new primary from now on. */
export function giveWayAndSeek(scene: Scene<"deciding" | "bereaved", "partnerAsked">): Step {
  return andThen(giveWay(scene), (state) => seek(state, true));
}
