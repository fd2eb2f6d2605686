/** "Force this node to become the primary": a person wants the role for this member at any cost,
 *  and knows what is given up. For a while it still looks for its partner, and the ordinary rules
 *  decide wherever that one answers; then the person's word counts. It is an entry of the menu
 *  ^MIRROR, the public classes have no call for it.
 *  Source: GHA_mirror_set_member_change 6.2.3. Assumed: how it looks during that while. */

import { ask } from "./bereaved.ts";
import { refuseByHand, whyNotByHand } from "./becoming-by-hand.ts";
import { become, decide, partnerName } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { stay, type Scene } from "./machine.ts";
import type { PhaseName } from "./phases.ts";
import { arbiterSeesPartner, primaryObstacle } from "./primary-guard.ts";
import { rivalsOf } from "./rivals.ts";
import type { MemberState, Step } from "./state.ts";

type Waiting = "deciding" | "bereaved";

/** Says what the override gives up before anything happens, and gives the partner its time. */
export function askForce({ state, event }: Scene<Waiting, "forceAsked">): Step {
  const { token, waitMs } = event;
  if (state.byHand !== undefined) return refuseByHand(state, token, "somebody asked already");
  if (arbiterSeesPartner(state)) return refuseByHand(state, token, arbiterSpeaksAgainst);
  return stay(
    { ...state, byHand: { token, isPrimaryGone: false, force: "waiting" } },
    { do: "log", line: log.forcing(partnerName(state), waitMs) },
    { do: "startTimer", timer: "byHand", afterMs: waitMs },
  );
}

const arbiterSpeaksAgainst = "the arbiter is connected to the partner";

/** Nobody can be forced who knows a primary, is one, or whose data left the history. */
export function cannotForce({ state, event }: Scene<PhaseName, "forceAsked">): Step {
  return refuseByHand(state, event.token, whyNotByHand(state));
}

/** The while is over: the partner is asked once more, and now its silence counts. `undefined` for
 *  any other timer. */
export function forceNow({ state, phase, event }: Scene<Waiting, "timer">): Step | undefined {
  const { byHand } = state;
  if (event.timer !== "byHand" || byHand?.force === undefined) return undefined;
  const due: MemberState = { ...state, byHand: { ...byHand, force: "due" } };
  return phase.name === "deciding" ? decide(due, phase.isWaiting) : ask(due, phase);
}

/** True when the person's word counts: asked for the last time, the partner does not answer. */
export function isForced({ state, phase, event }: Scene<Waiting, "partnerAnswered">): boolean {
  return (
    phase.question === event.question &&
    event.answer.kind === "unreachable" &&
    primaryObstacle(state, { kind: "force" }, event.own) === undefined
  );
}

/** Becomes primary with what it has, and looks for the partner until that one is known not to be
 *  primary. */
export function force({ state, event }: Scene<Waiting, "partnerAnswered">): Step {
  const partner = partnerName(state);
  const step = become(state, { kind: "force" }, event.own);
  const line: Effect = { do: "log", line: log.takingOver(`forced; ${partner} does not answer`) };
  return {
    state: { ...step.state, rival: rivalsOf([partner]) },
    effects: [line, ...step.effects],
  };
}

/** Gives a person's wish up: this member has just promised its partner not to become primary. */
export function withoutForce(state: MemberState): MemberState {
  const { byHand } = state;
  return byHand?.force === undefined
    ? state
    : { ...state, byHand: { ...byHand, force: "withdrawn" } };
}
