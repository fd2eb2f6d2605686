/** What tests of an operator's wishes share: events one after another, and what is told. */

import type { Effect } from "../effects.ts";
import type { MemberEvent } from "../events.ts";
import type { History } from "../history.ts";
import type { PartnerAnswer } from "../messages.ts";
import type { MemberState } from "../state.ts";
import { step } from "../step.ts";

/** Everything that happens, one after another, and the effects of the last. */
export function happen(state: MemberState, ...events: readonly MemberEvent[]) {
  let last: { state: MemberState; effects: readonly Effect[] } = { state, effects: [] };
  for (const event of events) last = step(last.state, event);
  return last;
}

/** What the operator is told: done, why not, or nothing yet. */
export function told(effects: readonly Effect[]): string | undefined {
  const found = effects.find((effect) => effect.do === "answerOperator");
  return found === undefined ? undefined : (found.refusal?.args[0] ?? "done");
}

/** Makes the partner's answers to a member with this journal. */
export const answersTo =
  (at: number, own: History) =>
  (question: number, said: PartnerAnswer | { kind: "unreachable" }): MemberEvent => ({
    at,
    type: "partnerAnswered",
    question,
    answer: said,
    own,
  });
