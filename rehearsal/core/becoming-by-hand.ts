/** `SYS.Mirror.BecomePrimary()`: a person wants this backup to be primary. It overrides "no
 *  failover" and forces the other one down, but not at any cost: without everything that was
 *  acknowledged nobody becomes primary. Source: SYS.Mirror.BecomePrimary,
 *  GHA_mirror_set_member_change 6.1.2 and 6.2.3. Assumed: how the members agree; only the outcome
 *  is documented. */

import { backupPeer } from "./acknowledgement.ts";
import { ask } from "./bereaved.ts";
import { become, membership, partnerName } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { enter, stay, andThen, type Scene } from "./machine.ts";
import { errorNumber, setNoFailover } from "./membership.ts";
import type { PhaseName } from "./phases.ts";
import { arbiterSeesPartner, primaryObstacle } from "./primary-guard.ts";
import { rivalsOf, settleRivals } from "./rivals.ts";
import { isActiveBackup } from "./serving.ts";
import type { ByHand, MemberState, Step } from "./state.ts";
import { byHandMs, yieldMs } from "./timing.ts";

type Asked<From extends PhaseName> = Scene<From, "becomePrimaryAsked">;

/** Says no, in the log and to whoever asked. */
export function refuseByHand(state: MemberState, token: number, why: string): Step {
  const refusal = { number: errorNumber.cannotBecomePrimary, args: [why] };
  return stay(
    state,
    { do: "log", line: log.notByHand(why) },
    { do: "answerOperator", token, refusal },
  );
}

/** Nobody but a backup can be asked. */
export function cannotBe({ state, event }: Asked<PhaseName>): Step {
  return refuseByHand(state, event.token, whyNotByHand(state));
}

/** Why this member is not primary on a person's word. */
export function whyNotByHand({ phase }: MemberState): string {
  switch (phase.name) {
    case "primary":
    case "trouble":
    case "handingOver":
    case "yielding":
      return "it is the primary";
    case "off":
    case "notMember":
      return "it is no member of a mirror";
    case "backup":
      return "the primary does not hand over";
    case "bereaved":
      return phase.wasActive
        ? "the primary is gone, or answers and does not consent"
        : "it was not an active backup, or lacks journal data, when it lost the primary";
    case "becoming":
      return phase.question === undefined
        ? "it is becoming primary already"
        : "a routine of the site holds it back, and is asked again";
    case "retrieving":
      return "it is becoming primary already";
    case "connecting":
    case "synchronizing":
      return "it is not an active backup";
    case "validating":
    case "deciding":
    case "seeking":
    case "connected":
    case "stopped":
    case "inconsistent":
    case "forcedDown":
      return "it is no backup of a primary";
  }
}

/** An active backup tells its primary. */
export function askPrimary(scene: Asked<"backup">): Step {
  const { state, phase, event } = scene;
  if (state.byHand !== undefined) return refuseByHand(state, event.token, "somebody asked already");
  const { configuration } = membership(state);
  return stay(
    { ...state, byHand: { token: event.token, isPrimaryGone: false } },
    { do: "log", line: log.wantedByHand(phase.primary) },
    { do: "send", link: phase.link, message: { kind: "wantsRole" } },
    { do: "startTimer", timer: "byHand", afterMs: byHandMs(configuration.qosTimeoutMs) },
  );
}

/** A backup without its primary asks that one's agent once more: what it says counts more than what
 *  the person believes. What that gives up is said before. */
export function askAgent({ state, phase, event }: Asked<"bereaved">): Step {
  if (state.byHand !== undefined) return refuseByHand(state, event.token, "somebody asked already");
  if (!phase.wasActive) return refuseByHand(state, event.token, whyNotByHand(state));
  if (arbiterSeesPartner(state)) {
    return refuseByHand(state, event.token, "the arbiter is connected to the primary");
  }
  const byHand = { token: event.token, isPrimaryGone: true };
  return ask({ ...state, byHand }, phase, {
    do: "log",
    line: log.wantedWithoutPrimary(phase.primary),
  });
}

/** The primary took too long to hand over. */
export function handOverMissed({ state, event }: Scene<"backup", "timer">): Step {
  if (event.timer !== "byHand" || state.byHand === undefined) return stay(state);
  return refuseByHand({ ...state, byHand: undefined }, state.byHand.token, whyNotByHand(state));
}

/** True when neither the primary nor its agent answers, and the person's word counts. */
export function isByHand({ state, phase, event }: Scene<"bereaved", "partnerAnswered">): boolean {
  return (
    phase.question === event.question &&
    event.answer.kind === "unreachable" &&
    primaryObstacle(state, { kind: "operator" }, event.own) === undefined
  );
}

/** Becomes primary on the person's word. Afterwards it looks for the other one until that one is
 *  known not to be primary. */
export function becomeByHand({ state, event }: Scene<"bereaved", "partnerAnswered">): Step {
  const step = become(state, { kind: "operator" }, event.own);
  const line: Effect = {
    do: "log",
    line: log.takingOver("a person says that the primary is down"),
  };
  return {
    state: { ...step.state, rival: rivalsOf([partnerName(state)]) },
    effects: [line, ...step.effects],
  };
}

/** The active backup of this primary shall have the role. */
export function isAskedToYield({ state, event }: Scene<"primary", "received">): boolean {
  return event.message.kind === "wantsRole" && isActiveBackup(state, event.link);
}

/** Writing ends before anything else; a "no failover" ends with it. */
export function yieldRole({ state, phase }: Scene<"primary", "received">): Step {
  const heir = backupPeer(state)?.member ?? "";
  const { configuration } = membership(state);
  return andThen(setNoFailover(state, false), (next) =>
    enter(
      next,
      { name: "yielding", lineage: phase.lineage, heir },
      { do: "log", line: log.handingOver(heir) },
      { do: "closeWrites" },
      { do: "startTimer", timer: "handOver", afterMs: yieldMs(configuration.qosTimeoutMs) },
    ),
  );
}

/** Nobody writes any more: the heir may take over once it has everything up to here. */
export function offerRole({ state, phase, event }: Scene<"yielding", "writesClosed">): Step {
  const link = state.peers[phase.heir]?.link;
  if (link === undefined) return stay(state);
  return stay(state, { do: "send", link, message: { kind: "handOver", end: event.end } });
}

/** True when this message or channel is the heir's. */
export function isHeirs({
  state,
  phase,
  event,
}: Scene<"yielding", "received" | "linkLost">): boolean {
  return state.peers[phase.heir]?.link === event.link;
}

/** The heir has the role, or nobody can tell: this one is down either way, so that its agent can
 *  say so. */
export function goDown({
  state,
  phase,
}: Scene<"yielding", "received" | "linkLost" | "timer">): Step {
  return enter(
    { ...state, peers: {} },
    { name: "forcedDown" },
    { do: "stopTimer", timer: "handOver" },
    { do: "log", line: log.forcedDownByHand(phase.heir) },
    { do: "endInstance", isForced: true },
  );
}

/** Behind each step: answers whoever asked once it is decided; then a primary looks for others. */
export function settleByHand(state: MemberState): Step {
  return andThen(answerByHand(state), settleRivals);
}

function answerByHand(state: MemberState): Step {
  const { byHand, phase } = state;
  if (byHand === undefined || isUndecided(state)) return stay(state);
  const answered = { ...state, byHand: undefined };
  const over: Effect = { do: "stopTimer", timer: "byHand" };
  if (phase.name !== "primary") {
    return andThen(stay(answered, over), (next) =>
      refuseByHand(next, byHand.token, whyNotByHand(next)),
    );
  }
  return stay(answered, over, {
    do: "answerOperator",
    token: byHand.token,
    refusal: undefined,
  });
}

function isUndecided({ phase, control, byHand }: MemberState): boolean {
  switch (phase.name) {
    case "backup":
    case "retrieving":
      return true;
    case "becoming":
      return phase.question === undefined;
    case "deciding":
      return byHand?.force !== undefined && isForceOpen(byHand.force, phase.question);
    case "bereaved":
      return byHand?.force === undefined
        ? phase.question !== undefined || control.kind === "arbiter"
        : isForceOpen(byHand.force, phase.question);
    default:
      return false;
  }
}

function isForceOpen(force: NonNullable<ByHand["force"]>, question: number | undefined): boolean {
  return force === "waiting" || (force === "due" && question !== undefined);
}
