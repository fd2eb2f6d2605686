/** A primary that has the role on a person's word looks for others that might believe to be primary
 *  too, one after another, until each is known not to be. Where two meet, one goes on.
 *  Assumed: how they find each other; that one is forced down is documented.
 *  Source: GHA_mirror_set 3.3.2.2. */

import { entryOf } from "./configuration.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { enter, numbered, stay, type Scene } from "./machine.ts";
import { deniesRole } from "./messages.ts";
import type { MemberState, RivalMember, Step } from "./state.ts";
import { retryMs } from "./timing.ts";

/** Members to be looked for; those that were not reached when a DR async was promoted shall give
 *  way. */
export function rivalsOf(
  contested: readonly string[],
  absent: readonly string[] = [],
): MemberState["rival"] {
  const asked = (kind: RivalMember["kind"]) => (name: string) => ({ name, kind });
  const members = [...absent.map(asked("promote")), ...contested.map(asked("contest"))];
  return { question: undefined, members };
}

/** Behind each step: only a primary looks, from when it serves on, also when that is later than it
 *  wished, or again. */
export function settleRivals(state: MemberState): Step {
  const { rival, phase } = state;
  if (rival === undefined) return stay(state);
  if (phase.name !== "primary") {
    return stay(rival.question === undefined ? state : notLooking(state, rival.members));
  }
  const next = withoutConnected(state);
  if (next.rival === undefined) return stay(next, { do: "stopTimer", timer: "byHand" });
  return next.rival.question === undefined ? lookForRival(next) : stay(next);
}

function notLooking(state: MemberState, members: readonly RivalMember[]): MemberState {
  return { ...state, rival: { question: undefined, members } };
}

/** Asks the first of them. */
function lookForRival(before: MemberState): Step {
  const { state, number } = numbered(before);
  const { rival } = before;
  const member = rival?.members[0];
  if (rival === undefined || member === undefined) return stay(before);
  return stay(
    { ...state, rival: { ...rival, question: number } },
    { do: "askPartner", question: number, kind: member.kind, member: member.name },
  );
}

/** Time to look again. */
export function lookAgain({ state, event }: Scene<"primary", "timer">): Step {
  const isDue = event.timer === "byHand" && state.rival?.question === "later";
  return isDue ? lookForRival(state) : stay(state);
}

type Answered = Scene<"primary", "partnerAnswered">;

/** True when the one that was asked who of both goes on is primary and does: it compared the
 *  journals. */
export function isRivalPrimary({ state, event }: Answered): boolean {
  const { rival } = state;
  const isContest = rival?.question === event.question && rival.members[0]?.kind === "contest";
  return isContest && event.answer.kind === "primary";
}

/** The other one goes on, so this one goes down. */
export function yieldToRival({ state }: Answered): Step {
  const { rival } = state;
  const line: Effect = { do: "log", line: log.forcedDown(rival?.members[0]?.name ?? "") };
  return enter({ ...state, peers: {}, rival: undefined }, { name: "forcedDown" }, line, {
    do: "endInstance",
    isForced: true,
  });
}

/** Only a member that says it is no primary, or whose agent says it is down, is none; one that was
 *  not reached before a promotion must have given way. If it is primary it is asked next who of
 *  both goes on. */
export function rivalAnswered({ state, event }: Answered): Step {
  const { rival } = state;
  const [first, ...others] = rival?.members ?? [];
  if (rival?.question !== event.question || first === undefined) return stay(state);
  const { answer } = event;
  const isNone =
    answer.kind === "granted" ||
    (first.kind === "contest" && answer.kind !== "unreachable" && deniesRole(answer));
  const next: RivalMember = answer.kind === "primary" ? { ...first, kind: "contest" } : first;
  const members = isNone ? others : [...others, next];
  return stay(
    { ...state, rival: { question: "later", members } },
    { do: "startTimer", timer: "byHand", afterMs: retryMs },
  );
}

/** Whoever has connected, or is no member any more, believes no such thing; what is asked about it
 *  is asked in vain. */
function withoutConnected(state: MemberState): MemberState {
  const { rival, peers, configuration } = state;
  if (rival === undefined || configuration === undefined) return state;
  const members = rival.members.filter(
    ({ name }) => peers[name] === undefined && entryOf(configuration, name) !== undefined,
  );
  const [first] = members;
  if (first === undefined) return { ...state, rival: undefined };
  return first === rival.members[0]
    ? { ...state, rival: { ...rival, members } }
    : notLooking(state, members);
}
