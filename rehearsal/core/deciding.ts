/** A member without a primary: asks its partner who shall be it. */

import { failoverMembers, partnerOf, type MirrorConfiguration } from "./configuration.ts";
import type { Effect } from "./effects.ts";
import { fit, newerJournal, type History } from "./history.ts";
import * as log from "./log-lines.ts";
import { enter, numbered, stay, type Scene } from "./machine.ts";
import type { PartnerAnswer } from "./messages.ts";
import type { Phase, Warrant } from "./phases.ts";
import { noFailoverForbids, primaryObstacle, type OwnJournal } from "./primary-guard.ts";
import type { MemberState, Step } from "./state.ts";
import { retryMs, soonMs } from "./timing.ts";

/** Configuration and own name of a member; phases that need them exist only with both.
 *  @throws Error when there is none: a fault of this engine */
export function membership(state: MemberState): {
  configuration: MirrorConfiguration;
  name: string;
} {
  if (state.configuration === undefined || state.local === undefined) {
    throw new Error(`A member in phase ${state.phase.name} has no configuration`);
  }
  return { configuration: state.configuration, name: state.local.name };
}

/** Name of the other failover member, for the log. */
export function partnerName(state: MemberState): string {
  const { configuration, name } = membership(state);
  return partnerOf(configuration, name)?.name ?? "the other failover member";
}

/** True when no other member could be primary. */
export function isSoleFailoverMember(state: MemberState): boolean {
  const { configuration, name } = membership(state);
  const [only, second] = failoverMembers(configuration);
  return only?.name === name && second === undefined;
}

/** The one way to become primary.
 *  @throws Error when the guard forbids it: rows must have asked before */
export function become(state: MemberState, warrant: Warrant, own: OwnJournal): Step {
  const obstacle = primaryObstacle(state, warrant, own);
  if (obstacle !== undefined) throw new Error(`May not become primary: ${obstacle}`);
  const isFirst = warrant.kind === "sole" && state.lastFailure === undefined;
  const lines = isFirst ? [log.becomingWithoutOthers()] : [];
  return enter(
    { ...state, control: { kind: "agent" } },
    { name: "becoming", warrant },
    ...lines.map((line): Effect => ({ do: "log", line })),
    { do: "stopTimer", timer: "retry" },
    { do: "seekArbiter" },
    { do: "prepareAsPrimary" },
  );
}

/** Becomes primary with the partner's consent. */
export function becomeWithConsent(scene: Answered): Step {
  const warrant = consentIn(scene);
  if (warrant === undefined) throw new Error("A consent was lost between guard and action");
  const step = become(scene.state, warrant, scene.event.own);
  if (scene.phase.name !== "bereaved") return step;
  const line = log.takingOver(`the agent of ${scene.phase.primary} says that it is down`);
  return { ...step, effects: [{ do: "log", line }, ...step.effects] };
}

/** Asks the partner: for its consent where this member may become primary at all. */
export function askPartner(state: MemberState): {
  state: MemberState;
  number: number;
  ask: Effect;
} {
  const { configuration, name } = membership(state);
  const isForbidden = state.byHand === undefined && noFailoverForbids(configuration, name);
  const mayLead = state.local?.isValidated === true && !isForbidden;
  const asked = numbered(state);
  const kind = mayLead ? "consent" : "look";
  return {
    state: asked.state,
    number: asked.number,
    ask: { do: "askPartner", question: asked.number, kind, member: partnerName(state) },
  };
}

/** Begins to decide, or asks again. */
export function decide(state: MemberState, isWaiting: boolean): Step {
  const asked = askPartner(state);
  return enter(
    asked.state,
    { name: "deciding", question: asked.number, isWaiting },
    { do: "seekArbiter" },
    { do: "startTimer", timer: "retry", afterMs: retryMs },
    asked.ask,
  );
}

/** Time to ask again, unless an answer is still on its way. */
export function decideAgain({ state, phase }: Scene<"deciding", "timer">): Step {
  return phase.question === undefined
    ? decide(state, phase.isWaiting)
    : stay(state, { do: "startTimer", timer: "retry", afterMs: retryMs });
}

type Answered = Scene<"deciding" | "bereaved", "partnerAnswered">;

/** The warrant in an answer that counts; `undefined` in any other. */
function consentIn({ phase, event }: Answered): Extract<Warrant, { kind: "consent" }> | undefined {
  if (phase.question !== event.question || event.answer.kind !== "granted") return undefined;
  return { kind: "consent", history: event.answer.history, isDown: event.answer.isDown };
}

/** The partner consents and this member lacks nothing. */
export function isConsentComplete(scene: Answered): boolean {
  const warrant = consentIn(scene);
  if (warrant === undefined) return false;
  return primaryObstacle(scene.state, warrant, scene.event.own) === undefined;
}

/** The partner consents, its journal is newer and can be fetched. */
export function isConsentWithNewerJournal(scene: Answered): boolean {
  const history = consentIn(scene)?.history;
  if (history === undefined || newerJournal(scene.event.own, history) !== "theirs") return false;
  const { kind } = fit(scene.event.own, history);
  return kind === "continues" || kind === "truncates";
}

/** The partner consents, its journal is newer, and this member's belongs to another history. */
export function isConsentWithForeignJournal(scene: Answered): boolean {
  const history = consentIn(scene)?.history;
  if (history === undefined || newerJournal(scene.event.own, history) !== "theirs") return false;
  const { kind } = fit(scene.event.own, history);
  return kind === "foreign" || kind === "purged";
}

/** Fetches from the partner's agent what this member lacks. */
export function retrieve(scene: Answered): Step {
  const warrant = consentIn(scene);
  const history = warrant?.history;
  if (warrant === undefined || history === undefined) return stay(scene.state);
  const { state, number } = numbered(scene.state);
  return enter(
    state,
    { name: "retrieving", attempt: number, warrant },
    { do: "stopTimer", timer: "retry" },
    { do: "log", line: log.retrieving(partnerName(state), scene.event.own.end) },
    { do: "retrieveJournal", attempt: number, history, member: partnerName(state) },
  );
}

/** An answer that leads nowhere yet: asks again later, soon when the partner is on its way. */
export function keepDeciding({ state, phase, event }: Scene<"deciding", "partnerAnswered">): Step {
  if (phase.question !== event.question) return stay(state);
  const { answer, own } = event;
  if (answer.kind === "becoming") {
    return enter(
      state,
      { ...phase, question: undefined },
      { do: "startTimer", timer: "retry", afterMs: soonMs },
    );
  }
  const lines = phase.isWaiting ? [] : [log.neitherRole(), ...conflict(state, answer, own)];
  return enter(
    state,
    { ...phase, question: undefined, isWaiting: true },
    ...lines.map((line): Effect => ({ do: "log", line })),
  );
}

function conflict(
  state: MemberState,
  answer: PartnerAnswer | { kind: "unreachable" },
  own: History,
): ReturnType<typeof log.undecidableHistory>[] {
  const isConflict =
    (answer.kind === "no" && answer.why === "undecidable") ||
    (answer.kind === "granted" &&
      answer.history !== undefined &&
      newerJournal(own, answer.history) === "undecidable");
  const { configuration } = membership(state);
  return isConflict ? [log.undecidableHistory(configuration.mirror, partnerName(state))] : [];
}

/** Its data left the history: nothing more can be done without a person. */
export function giveUp(state: MemberState, why: string): Step {
  const { configuration } = membership(state);
  const phase: Phase = { name: "inconsistent" };
  return enter(
    { ...state, control: { kind: "agent" } },
    phase,
    { do: "stopTimer", timer: "retry" },
    { do: "log", line: log.dataInconsistent(configuration.mirror, why) },
  );
}

/** The partner's journal could not be fetched: the consent is void, asks anew. */
export function retrievalFailed({ state, event }: Scene<"retrieving", "retrievalFailed">): Step {
  const step = decide(state, true);
  const line = log.retrievalFailed(partnerName(state), event.why);
  return { ...step, effects: [{ do: "log", line }, ...step.effects] };
}
