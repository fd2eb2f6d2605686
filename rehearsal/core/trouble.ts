/** Trouble state: the primary lost its active backup and does not know whether the backup takes
 *  over. Nothing is acknowledged meanwhile. */

import { backupPeer } from "./acknowledgement.ts";
import { arbiterFound, freeControl, heardFromArbiter } from "./control.ts";
import { askPartner, membership, partnerName } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { enter, stay, andThen, type Scene } from "./machine.ts";
import { entryOf, isAsync, partnerOf } from "./configuration.ts";
import { newerJournal, outranks } from "./history.ts";
import { sameEpoch } from "./messages.ts";
import { greet, isInvited, withoutPeer } from "./serving.ts";
import { isBound, type MemberState, type Step } from "./state.ts";
import { isAskedToGiveWay } from "./promotion.ts";
import { retryMs, troubleMs } from "./timing.ts";

/** The channel of the active backup is gone. Agent controlled: wait for the trouble timeout. Bound:
 *  only the arbiter or the backup itself can say that it may go on. */
export function enterTrouble({ state, phase }: Scene<"primary", "linkLost">): Step {
  const { configuration } = membership(state);
  const backup = backupPeer(state);
  if (backup === undefined) return stay(state);
  const isBounded = !isBound(state.control);
  const lost = withoutPeer(state, backup.member);
  const afterMs = isBounded ? troubleMs(configuration.qosTimeoutMs) : retryMs;
  const timer = isBounded ? "trouble" : "retry";
  const step = enter(
    isBounded ? { ...lost, control: { kind: "agent" } } : lost,
    {
      name: "trouble",
      lineage: phase.lineage,
      isBounded,
      question: undefined,
    },
    { do: "log", line: log.activeBackupLost(backup.member, isBounded) },
    { do: "holdWrites" },
    { do: "startTimer", timer, afterMs },
  );
  return andThen(step, askRelease);
}

/** Asks the arbiter to free this primary, if it is connected. */
function askRelease(state: MemberState): Step {
  const { control, arbiter } = state;
  if (!isBound(control) || !arbiter.isConnected || !("epoch" in control)) return stay(state);
  return stay(state, {
    do: "tellArbiter",
    message: { kind: "release", epoch: control.epoch },
  });
}

/** Goes on as primary; its backup, if it is still there, is no active one any more. */
export function resume(scene: Scene<"trouble", "timer" | "arbiterSaid">): Step {
  const { state, phase, event } = scene;
  const why =
    event.type === "timer" ? "the trouble timeout ended" : "the arbiter withdrew the epoch";
  return resumed(state, phase.lineage, why);
}

function resumed(state: MemberState, lineage: string, why: string): Step {
  const step = enter(
    state,
    { name: "primary", lineage },
    { do: "stopTimer", timer: "trouble" },
    { do: "stopTimer", timer: "retry" },
    { do: "log", line: log.troubleOver(why) },
  );
  return andThen(step, freeControl);
}

/** The lost backup is back: by its hello it says that it is no active backup any more. */
export function resumeAndGreet(scene: Scene<"trouble", "memberCame">): Step {
  const step = resumed(scene.state, scene.phase.lineage, "the backup is back");
  return andThen(step, (state) => greet({ ...scene, state, phase: state.phase }));
}

/** True when the hello comes from the other failover member, and is one of now. */
export function isPartnersHello({ state, event }: Scene<"trouble", "memberCame">): boolean {
  return isPartner(state, event.hello) && isInvited(state, event.hello);
}

interface Introduced {
  readonly member: string;
  readonly memberGuid: string;
  readonly mirrorGuid: string;
}

function isPartner(state: MemberState, who: Introduced): boolean {
  const { configuration, name } = membership(state);
  const partner = partnerOf(configuration, name);
  return (
    who.mirrorGuid === configuration.mirrorGuid &&
    partner?.name === who.member &&
    partner.guid === who.memberGuid
  );
}

/** The arbiter freed this primary from the epoch that binds it. */
export function isReleased({ state, event }: Scene<"trouble", "arbiterSaid">): boolean {
  const { control } = state;
  return (
    event.message.kind === "released" &&
    isBound(control) &&
    "epoch" in control &&
    sameEpoch(control.epoch, event.message.epoch)
  );
}

/** The arbiter decided for the backup, or knows nothing: only the backup itself can tell. Whatever
 *  else it says is heard as ever. */
export function staysIsolated({ state, event }: Scene<"trouble", "arbiterSaid">): Step {
  const isRefused = event.message.kind === "refused" || event.message.kind === "granted";
  return isRefused
    ? stay(state, { do: "log", line: log.isolated() })
    : heardFromArbiter(state, event.message);
}

/** The arbiter can be asked (again). */
export function arbiterBack(scene: Scene<"trouble", "arbiterConnected">): Step {
  return andThen(arbiterFound(scene), askRelease);
}

/** In unlimited trouble: looks again whether the partner can be reached and what it is. */
export function lookForPartner({ state, phase }: Scene<"trouble", "timer">): Step {
  const again: Effect = { do: "startTimer", timer: "retry", afterMs: retryMs };
  if (phase.question !== undefined) return stay(state, again);
  const asked = askPartner(state);
  return enter(asked.state, { ...phase, question: asked.number }, again, {
    do: "askPartner",
    question: asked.number,
    kind: "look",
    member: partnerName(state),
  });
}

/** An answer that does not end the trouble. */
export function keepLooking({ state, phase, event }: Scene<"trouble", "partnerAnswered">): Step {
  return phase.question === event.question
    ? enter(state, { ...phase, question: undefined })
    : stay(state);
}

/** True when the other failover member's journal has files of a primary after this one: it took
 *  over while this one was cut off, and may have stopped since. */
export function isSuperseded(
  scene: Scene<"primary" | "trouble", "memberCame" | "partnerAsked">,
): boolean {
  const { state, phase, event } = scene;
  const theirs = event.type === "memberCame" ? event.hello : event.question;
  if (event.type === "partnerAsked" && event.question.kind === "contest") {
    return isOfMirror(state, theirs) && outranks(theirs.history, event.own);
  }
  const isPromoted = event.type === "partnerAsked" && isAskedToGiveWay({ ...scene, event });
  const isWitness =
    isPartner(state, theirs) || (phase.name === "trouble" && isAnAsync(state, theirs));
  return (isPromoted || isWitness) && newerJournal(event.own, theirs.history) === "theirs";
}

/** A member of this mirror, by its name and GUID. */
function isOfMirror({ configuration }: MemberState, who: Introduced): boolean {
  return (
    configuration?.mirrorGuid === who.mirrorGuid &&
    entryOf(configuration, who.member)?.guid === who.memberGuid
  );
}

/** An async of this mirror. It has nothing that no primary wrote, and a primary in trouble sends it
 *  nothing. Not asked where this one serves: a person may have made it primary without what the
 *  async has. */
function isAnAsync(state: MemberState, who: Introduced): boolean {
  const { configuration } = state;
  const isAsyncHere = configuration !== undefined && isAsync(configuration, who.member);
  return isAsyncHere && isOfMirror(state, who);
}

/** Forced down by what the other one's journal says. */
export function yieldTo({
  state,
  event,
}: Scene<"primary" | "trouble", "memberCame" | "partnerAsked">): Step {
  const theirs = event.type === "memberCame" ? event.hello : event.question;
  const reply: Effect =
    event.type === "memberCame"
      ? { do: "close", link: event.link }
      : { do: "answerPartner", token: event.token, answer: { kind: "no", why: "unclear" } };
  return enter(
    { ...state, peers: {} },
    { name: "forcedDown" },
    { do: "log", line: log.forcedDown(theirs.member) },
    reply,
    { do: "endInstance", isForced: true },
  );
}

/** The partner is primary: this member is forced down. Source: GHA_mirror_set 3.3.2.2. */
export function forceDown({ state }: Scene<"trouble", "partnerAnswered">): Step {
  return enter(
    { ...state, peers: {} },
    { name: "forcedDown" },
    { do: "log", line: log.forcedDown(partnerName(state)) },
    { do: "endInstance", isForced: true },
  );
}
