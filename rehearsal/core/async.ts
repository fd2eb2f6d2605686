/** An async member: seeks whoever is primary and follows it. It decides nothing: it gives nobody
 *  its consent, and the table has no row that makes it primary. Source: GHA_mirror_set. */

import { isAsync } from "./configuration.ts";
import { membership } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { enter, numbered, stay, type Scene } from "./machine.ts";
import type { MemberState, Step } from "./state.ts";
import { retryMs } from "./timing.ts";

/** True for a member that its own configuration calls an async. */
export function isAsyncMember({ configuration, local }: MemberState): boolean {
  return configuration !== undefined && isAsync(configuration, local?.name ?? "");
}

/** True for a member that looks for the primary among all members instead of deciding with its
 *  partner: an async, and a failover member that must ask for its role first (ValidatedMember=0).
 *  Source: RACS_mirrormember. */
export function seeksPrimary(state: MemberState): boolean {
  return isAsyncMember(state) || state.local?.isValidated === false;
}

/** Who may be primary, in the order in which they are asked: the failover members, then the DR
 *  asyncs, since one of them may have been promoted while this member was away. */
function candidates(state: MemberState): readonly string[] {
  const { configuration, name } = membership(state);
  const others = configuration.members.filter((entry) => entry.name !== name);
  const named = (eligibility: string): string[] =>
    others.filter((entry) => entry.eligibility === eligibility).map((entry) => entry.name);
  return [...named("failover"), ...named("disasterRecovery")];
}

/** True for a failover member that starts while a DR async might have been promoted: it looks for
 *  a primary everywhere before it decides. */
export function looksFirst(state: MemberState): boolean {
  const { configuration, name } = membership(state);
  return configuration.members.some(
    (entry) => entry.eligibility === "disasterRecovery" && entry.name !== name,
  );
}

/** Begins that look. */
export function lookFirst(state: MemberState): Step {
  const found = askCandidate(state, 0, false);
  const { phase } = found.state;
  return phase.name === "seeking" && phase.candidate !== undefined
    ? { ...found, state: { ...found.state, phase: { ...phase, isAtStart: true } } }
    : found;
}

/** The last one that was to be asked at the start is not primary either. */
export function isLookOver({ state, phase, event }: Scene<"seeking", "partnerAnswered">): boolean {
  return (
    phase.isAtStart === true &&
    phase.question === event.question &&
    phase.candidate === candidates(state).at(-1) &&
    event.answer.kind !== "primary"
  );
}

/** Begins to look for the primary. */
export function seek(state: MemberState, isWaiting: boolean): Step {
  return askCandidate(state, 0, isWaiting);
}

/** Asks the agent of the member at that place of the order; behind the last one it waits. */
function askCandidate(before: MemberState, place: number, isWaiting: boolean): Step {
  const candidate = candidates(before)[place];
  const { state, number } = numbered(before);
  if (candidate === undefined) {
    const lines: Effect[] = isWaiting ? [] : [{ do: "log", line: log.noPrimaryFound() }];
    return enter(
      state,
      { name: "seeking", question: undefined, candidate: undefined, isWaiting: true },
      ...lines,
      { do: "startTimer", timer: "retry", afterMs: retryMs },
    );
  }
  return enter(
    state,
    { name: "seeking", question: number, candidate, isWaiting },
    { do: "askPartner", question: number, kind: "look", member: candidate },
  );
}

/** The one that was asked is not primary, or not reachable: asks the next. */
export function askNext({ state, phase, event }: Scene<"seeking", "partnerAnswered">): Step {
  if (phase.question !== event.question || phase.candidate === undefined) return stay(state);
  const place = candidates(state).indexOf(phase.candidate);
  const next = askCandidate(state, place + 1, phase.isWaiting);
  const { phase: asking } = next.state;
  return phase.isAtStart === true && asking.name === "seeking"
    ? { ...next, state: { ...next.state, phase: { ...asking, isAtStart: true } } }
    : next;
}

/** Its channel is gone, or was never opened: looks for the primary anew. */
export function seekAgain({
  state,
  phase,
}: Scene<"connecting" | "synchronizing" | "connected", "linkLost" | "received">): Step {
  const hadPrimary = phase.name !== "connecting";
  const lines: Effect[] = hadPrimary
    ? [{ do: "log", line: log.asyncLostPrimary(phase.primary) }]
    : [];
  return enter(
    state,
    { name: "seeking", question: undefined, candidate: undefined, isWaiting: !hadPrimary },
    ...lines,
    { do: "close", link: phase.link },
    { do: "startTimer", timer: "retry", afterMs: hadPrimary ? 0 : retryMs },
  );
}

/** The primary reports that this async has caught up. */
export function isReportedCaughtUp({
  state,
  phase,
  event,
}: Scene<"synchronizing", "received">): boolean {
  const { message } = event;
  if (event.link !== phase.link || message.kind !== "report") return false;
  const own = message.members.find(({ name }) => name === state.local?.name);
  return isAsyncMember(state) && own?.isCaughtUp === true;
}

/** From now on it is a connected async. */
export function becomeConnected({ state, phase, event }: Scene<"synchronizing", "received">): Step {
  const { primary, link } = phase;
  const { message } = event;
  const reports = message.kind === "report" ? message.members : state.reports;
  return enter({ ...state, reports }, { name: "connected", primary, link });
}

/** Guard of the rows for those who seek: the channel meant is its own. */
export function isOwnChannel({
  state,
  phase,
  event,
}: Scene<"connecting" | "synchronizing" | "connected", "linkLost" | "received">): boolean {
  return seeksPrimary(state) && phase.link === event.link;
}
