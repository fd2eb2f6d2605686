/** Answering the partner's question "may I become primary?". A consent binds: whoever gives it
 *  voids its own questions under way, so that no two members hold each other's consent. */

import { isAsyncMember } from "./async.ts";
import { entryOf } from "./configuration.ts";
import { membership, decide } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import { lastPrimary, newerJournal, type History } from "./history.ts";
import { withoutForce } from "./forcing.ts";
import * as log from "./log-lines.ts";
import { enter, stay, type Scene } from "./machine.ts";
import type { PartnerAnswer, PartnerQuestion } from "./messages.ts";
import { isFollower, isPrimaryPhase, type Phase, type PhaseName } from "./phases.ts";
import { noFailoverForbids } from "./primary-guard.ts";
import type { MemberState, Step } from "./state.ts";
import { retryMs } from "./timing.ts";

type Asked<From extends PhaseName = PhaseName> = Scene<From, "partnerAsked">;

/** What this member answers, as it stands. */
function partnerAnswer(state: MemberState, question: PartnerQuestion, own: History): PartnerAnswer {
  const { phase } = state;
  if (phase.name === "off") return { kind: "no", why: "unclear" };
  if (!knows(state, question)) return { kind: "no", why: "notMember" };
  if (isPrimaryPhase(phase)) {
    // Whoever is about to stop being primary decides nothing about another one.
    const isServing = phase.name === "primary" || phase.name === "trouble";
    if (question.kind === "contest" && !isServing) return { kind: "no", why: "unclear" };
    const invitation = { lineage: phase.lineage, number: state.lastNumber + 1 };
    return { kind: "primary", invitation };
  }
  if (phase.name === "forcedDown") return { kind: "no", why: "unclear" };
  if (phase.name === "becoming" || phase.name === "retrieving") return { kind: "becoming" };
  // Whoever gives way does so in `promotion.ts`; whoever follows a primary does not.
  if (question.kind === "promote") return { kind: "no", why: "unclear" };
  // Before "looked": whoever may not ask for consent learns its role by a look, too.
  if (isAsyncMember(state) || !isFailoverMember(state, question.member)) {
    return { kind: "no", why: "notPartner" };
  }
  if (question.kind === "look" || question.kind === "contest") {
    return { kind: "no", why: "looked" };
  }
  if (phase.name === "inconsistent") return granted(undefined);
  return byClaim(state, question, own);
}

function granted(history: History | undefined): PartnerAnswer {
  return { kind: "granted", isDown: false, history };
}

/** True when mirror and member in the question are those of this member's configuration. */
function knows({ configuration, phase }: MemberState, question: PartnerQuestion): boolean {
  if (configuration === undefined || phase.name === "notMember") return false;
  const entry = entryOf(configuration, question.member);
  return configuration.mirrorGuid === question.mirrorGuid && entry?.guid === question.memberGuid;
}

function isFailoverMember({ configuration }: MemberState, name: string): boolean {
  return configuration !== undefined && entryOf(configuration, name)?.eligibility === "failover";
}

function byClaim(state: MemberState, question: PartnerQuestion, own: History): PartnerAnswer {
  const claim = newerJournal(own, question.history);
  if (claim === "undecidable") return { kind: "no", why: "undecidable" };
  if (claim === "theirs") return granted(own);
  const { configuration } = membership(state);
  if (noFailoverForbids(configuration, question.member)) return { kind: "no", why: "noFailover" };
  if (!mayLead(state)) return granted(own);
  if (claim === "mine" || comesFirst(state, question.member, own)) {
    return { kind: "no", why: "newerJournal" };
  }
  return granted(own);
}

/** True for a member that may want to be primary itself. One whose own address leads elsewhere, or
 *  that could not become primary, is not kept waiting for: it may never come to it. */
function mayLead({ phase, local, lastFailure }: MemberState): boolean {
  if (lastFailure !== undefined) return false;
  const isIdle = phase.name === "stopped" || (phase.name === "validating" && phase.hasFailed);
  return !isIdle && local?.isValidated === true;
}

/** True for a member that decides, or is about to. */
function isDeciding({ phase }: MemberState): boolean {
  return phase.name === "deciding" || (phase.name === "validating" && !phase.hasFailed);
}

/** Between two equal journals the former primary goes first, then the name decides. Only a
 *  member that wants the role itself insists.
 *  Assumed: the product's order is not documented. */
function comesFirst(state: MemberState, partner: string, own: History): boolean {
  if (!isDeciding(state)) return false;
  const { name } = membership(state);
  const former = lastPrimary(own);
  if (former === partner) return false;
  return former === name || name < partner;
}

/** True when the answer to this question is a consent. */
export function consents({ state, event }: Asked): boolean {
  return partnerAnswer(state, event.question, event.own).kind === "granted";
}

/** True when this member's newer journal makes it want the role itself. */
export function insists({ state, event }: Asked): boolean {
  const answer = partnerAnswer(state, event.question, event.own);
  return answer.kind === "no" && answer.why === "newerJournal";
}

function reply({ state, event }: Asked): Extract<Effect, { do: "answerPartner" }> {
  const { token, question, own } = event;
  return { do: "answerPartner", token, answer: partnerAnswer(state, question, own) };
}

/** Answers. A primary remembers its newest invitation to its partner alone: an async, which no
 *  epoch binds, needs none. */
function tell(scene: Asked): Step {
  const effect = reply(scene);
  const { state, event } = scene;
  if (effect.answer.kind !== "primary") return stay(state, effect);
  const { invitation } = effect.answer;
  const told = { ...state, lastNumber: invitation.number };
  const isPartner = isFailoverMember(state, event.question.member);
  return stay(isPartner ? { ...told, invitation } : told, effect);
}

/** Answers; a consent voids this member's own question. */
export function answer(scene: Asked): Step {
  const { state, event } = scene;
  const { phase } = state;
  if (!consents(scene)) return tell(scene);
  const line: Effect = { do: "log", line: log.consented(event.question.member) };
  if (phase.name !== "deciding" && phase.name !== "bereaved") return stay(state, reply(scene));
  // The arbiter's word must not count either: it was asked before the consent. Nor a person's.
  const voided: Phase = { ...phase, question: undefined };
  return enter(
    { ...withoutForce(state), control: { kind: "agent" } },
    voided.name === "bereaved" ? { ...voided, wasActive: false } : voided,
    line,
    reply(scene),
    { do: "startTimer", timer: "retry", afterMs: retryMs },
  );
}

/** Consents while still holding a channel to the primary that now asks: it must have restarted. */
export function consentAsFollower(scene: Asked<"connecting" | "synchronizing" | "backup">): Step {
  const { state, phase, event } = scene;
  const bereaved: Phase = {
    name: "bereaved",
    primary: phase.primary,
    question: undefined,
    isExplained: true,
    wasActive: false,
  };
  return enter(
    { ...state, control: { kind: "agent" } },
    bereaved,
    { do: "log", line: log.consented(event.question.member) },
    reply(scene),
    { do: "close", link: phase.link },
    { do: "startTimer", timer: "retry", afterMs: retryMs },
  );
}

/** Refuses and asks itself at once, since its own journal is the newer one. */
export function insistOnOwn(scene: Asked<"deciding" | "bereaved" | "connecting">): Step {
  const { state, phase } = scene;
  const effects: Effect[] = [reply(scene)];
  if (isFollower(phase)) effects.push({ do: "close", link: phase.link });
  const decided = decide({ ...state, control: { kind: "agent" } }, phase.name === "deciding");
  return { state: decided.state, effects: [...effects, ...decided.effects] };
}
