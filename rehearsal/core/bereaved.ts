/** A backup whose primary is gone. */

import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { enter, numbered, stay, type Scene } from "./machine.ts";
import type { Phase } from "./phases.ts";
import type { MemberState, Step } from "./state.ts";
import { retryMs, soonMs } from "./timing.ts";

/** The channel to the primary is gone: asks the primary's agent what became of it. */
export function bereave(scene: Scene<"synchronizing" | "backup", "linkLost">): Step {
  const { state, phase } = scene;
  const free: MemberState = { ...state, control: { kind: "agent" } };
  return ask(
    free,
    { name: "bereaved", primary: phase.primary, question: 0, isExplained: false },
    {
      do: "log",
      line: log.primaryLost(),
    },
  );
}

/** Asks (again). */
function ask(
  before: MemberState,
  phase: Extract<Phase, { name: "bereaved" }>,
  ...first: readonly Effect[]
): Step {
  const { state, number } = numbered(before);
  return enter(
    state,
    { ...phase, question: number },
    ...first,
    { do: "startTimer", timer: "retry", afterMs: retryMs },
    { do: "askPartner", question: number, kind: "look" },
  );
}

/** Time to ask again, unless an answer is still on its way. */
export function askAgain({ state, phase }: Scene<"bereaved", "timer">): Step {
  return phase.question === undefined
    ? ask(state, phase)
    : stay(state, { do: "startTimer", timer: "retry", afterMs: retryMs });
}

/** No primary there (yet): says once why nothing happens, and goes on asking. */
export function keepWaiting({ state, phase, event }: Scene<"bereaved", "partnerAnswered">): Step {
  if (phase.question !== event.question) return stay(state);
  const { answer } = event;
  if (answer.kind === "becoming") {
    return enter(
      state,
      { ...phase, question: undefined },
      { do: "startTimer", timer: "retry", afterMs: soonMs },
    );
  }
  const line = answer.kind === "unreachable" ? log.cannotTakeOver() : log.notSimulated("takeover");
  const lines: Effect[] = phase.isExplained ? [] : [{ do: "log", line }];
  return enter(state, { ...phase, question: undefined, isExplained: true }, ...lines);
}
