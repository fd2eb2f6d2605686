/** A backup whose primary is gone: it takes over where the arbiter, or the primary's agent, lets
 *  it.
 *  Source: GHA_mirror_set 3.3.5. */

import { askPartner, become, membership } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { enter, stay, type Scene } from "./machine.ts";
import { sameEpoch } from "./messages.ts";
import type { PhaseOf } from "./phases.ts";
import { reaches } from "./position.ts";
import { noFailoverForbids, primaryObstacle } from "./primary-guard.ts";
import type { MemberState, Step } from "./state.ts";
import { retryMs, soonMs } from "./timing.ts";

/** The channel to the primary is gone. The active backup of an epoch asks the arbiter; everybody
 *  else asks the primary's agent. */
export function bereave({ state, phase }: Scene<"synchronizing" | "backup", "linkLost">): Step {
  const bereaved: PhaseOf<"bereaved"> = {
    name: "bereaved",
    primary: phase.primary,
    question: undefined,
    isExplained: false,
    wasActive: phase.name === "backup" && holdsHandOver(state, phase),
  };
  const lost: Effect = { do: "log", line: log.primaryLost() };
  const { control, arbiter } = state;
  const { configuration, name } = membership(state);
  const mayAskArbiter =
    phase.name === "backup" &&
    control.kind === "arbiter" &&
    arbiter.isConnected &&
    !noFailoverForbids(configuration, name);
  if (!mayAskArbiter) return ask(state, bereaved, lost);
  return enter(
    state,
    bereaved,
    lost,
    { do: "startTimer", timer: "retry", afterMs: retryMs },
    { do: "tellArbiter", message: { kind: "takeOver", epoch: control.epoch } },
  );
}

/** False for a backup to which the primary said that there is journal it does not have. */
function holdsHandOver({ stored }: MemberState, { handOverAt }: PhaseOf<"backup">): boolean {
  return handOverAt === undefined || reaches(stored, handOverAt);
}

/** Asks the partner (again), through its agent. The epoch is given up with that. */
export function ask(
  before: MemberState,
  phase: PhaseOf<"bereaved">,
  ...first: readonly Effect[]
): Step {
  const asked = askPartner({ ...before, control: { kind: "agent" } });
  return enter(
    asked.state,
    { ...phase, question: asked.number },
    ...first,
    { do: "startTimer", timer: "retry", afterMs: retryMs },
    asked.ask,
  );
}

/** Time to ask again, unless an answer of the arbiter or the agent is still on its way. */
export function askAgain({ state, phase }: Scene<"bereaved", "timer">): Step {
  const isWaiting = phase.question !== undefined || state.control.kind === "arbiter";
  return isWaiting
    ? stay(state, { do: "startTimer", timer: "retry", afterMs: retryMs })
    : ask(state, phase);
}

/** The arbiter says no, or cannot be asked any more: the agent is asked. */
export function turnToAgent(
  scene: Scene<"bereaved", "arbiterSaid" | "arbiterLost">,
): Step | undefined {
  const { state, phase, event } = scene;
  const { control } = state;
  if (control.kind !== "arbiter") return undefined;
  const isAnswer =
    event.type === "arbiterLost" ||
    (event.message.kind === "refused" && sameEpoch(event.message.epoch, control.epoch));
  return isAnswer ? ask(state, phase) : undefined;
}

/** The arbiter decided for this backup. */
export function isGranted({ state, event }: Scene<"bereaved", "arbiterSaid">): boolean {
  const { message } = event;
  if (message.kind !== "granted") return false;
  const warrant = { kind: "arbiter", epoch: message.epoch } as const;
  return primaryObstacle(state, warrant, { end: state.stored }) === undefined;
}

/** Takes over on the arbiter's word. */
export function takeOver({ state, event }: Scene<"bereaved", "arbiterSaid">): Step {
  if (event.message.kind !== "granted") return stay(state);
  const warrant = { kind: "arbiter", epoch: event.message.epoch } as const;
  const step = become(state, warrant, { end: state.stored });
  const line = log.takingOver("the arbiter lost the primary too");
  return { ...step, effects: [{ do: "log", line }, ...step.effects] };
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
  const { configuration, name } = membership(state);
  const line = noFailoverForbids(configuration, name)
    ? log.notBecomingPrimary("no failover is set")
    : log.cannotTakeOver();
  const isNew = !phase.isExplained && (answer.kind === "unreachable" || answer.kind === "no");
  const lines: Effect[] = isNew ? [{ do: "log", line }] : [];
  return enter(
    state,
    { ...phase, question: undefined, isExplained: phase.isExplained || isNew },
    ...lines,
  );
}
