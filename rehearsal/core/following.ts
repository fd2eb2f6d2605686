/** A member that has found a primary: connects, settles its journal, catches up, becomes backup. */

import { isAsyncMember } from "./async.ts";
import { entryOf, isAsync, type MirrorConfiguration } from "./configuration.ts";
import { become, giveUp, membership } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import type { EventOf } from "./events.ts";
import * as log from "./log-lines.ts";
import { andThen, enter, numbered, stay, type Scene } from "./machine.ts";
import { sameEpoch, type ChannelMessage } from "./messages.ts";
import { primaryObstacle } from "./primary-guard.ts";
import type { MemberState, Step } from "./state.ts";
import { retryMs } from "./timing.ts";

/** A message of this kind, received by a follower. */
type Received<Kind extends ChannelMessage["kind"]> = Extract<ChannelMessage, { kind: Kind }>;

/** The message, if it is of this kind. */
function messageOf<Kind extends ChannelMessage["kind"]>(
  message: ChannelMessage,
  kind: Kind,
): Received<Kind> | undefined {
  return isOfKind(message, kind) ? message : undefined;
}

function isOfKind<Kind extends ChannelMessage["kind"]>(
  message: ChannelMessage,
  kind: Kind,
): message is Received<Kind> {
  return message.kind === kind;
}

/** Opens the data channel to the primary. Whatever epoch there was is left by that: the hello says
 *  so, and the arbiter's late word finds nothing to apply to. */
export function connect(
  before: MemberState,
  primary: string,
  answer: EventOf<"partnerAnswered">["answer"],
): Step {
  const invitation = answer.kind === "primary" ? answer.invitation : undefined;
  const { state, number } = numbered({ ...before, invitation, lastFailure: undefined });
  const link = `to-${primary}-${number}`;
  return enter(
    { ...state, control: { kind: "agent" } },
    { name: "connecting", primary, link, isOpen: false },
    { do: "stopTimer", timer: "retry" },
    {
      do: "log",
      line: isAsyncMember(state) ? log.foundPrimaryAsAsync(primary) : log.foundPrimary(primary),
    },
    { do: "dial", link, member: primary },
  );
}

/** Introduces itself once the channel is open. */
export function introduce({ state, phase, event }: Scene<"connecting", "linkOpened">): Step {
  const { configuration, name } = membership(state);
  if (event.link !== phase.link) return stay(state, { do: "close", link: event.link });
  const memberGuid = entryOf(configuration, name)?.guid ?? "";
  return enter(
    state,
    { ...phase, isOpen: true },
    {
      do: "send",
      link: phase.link,
      message: {
        kind: "hello",
        mirrorGuid: configuration.mirrorGuid,
        member: name,
        memberGuid,
        history: event.own,
        invitation: state.invitation,
      },
    },
  );
}

/** The primary took it in: takes over its view of the mirror and settles its own journal. */
export function welcomed({ state, phase, event }: Scene<"connecting", "received">): Step {
  const welcome = messageOf(event.message, "welcome");
  if (event.link !== phase.link) return stay(state);
  // What changes while the journal is being settled is sent once: it must not be missed.
  const changed = messageOf(event.message, "configuration");
  if (changed !== undefined) return adopt(state, changed.configuration);
  if (welcome === undefined) return stay(state);
  // The primary knows this member: whatever was doubtful about its membership is over.
  const local = state.local === undefined ? undefined : { ...state.local, isValidated: true };
  const { link } = phase;
  return andThen(adopt({ ...state, local }, welcome.configuration), (next) =>
    stay(next, { do: "settleHistory", link, meeting: welcome.meeting }),
  );
}

/** Takes over the primary's view of the mirror, and with it this member's own role. Only failover
 *  members have anything to do with the arbiter. Source: GHA_mirror_set. */
export function adopt(before: MemberState, configuration: MirrorConfiguration): Step {
  const { local } = before;
  const saving: Effect = { do: "saveConfiguration", configuration, local };
  if (!isAsync(configuration, local?.name ?? "")) {
    return stay({ ...before, configuration }, saving, { do: "seekArbiter" });
  }
  const arbiter = { isConnected: false, seesPartner: false };
  return stay({ ...before, configuration, arbiter, control: { kind: "agent" } }, saving, {
    do: "leaveArbiter",
  });
}

/** Its journal continues the primary's: asks for what follows. */
export function settled({ state, phase, event }: Scene<"connecting", "historySettled">): Step {
  const { primary, link } = phase;
  return enter(
    { ...state, stored: event.end },
    { name: "synchronizing", primary, link },
    { do: "log", line: log.connectedToPrimary(primary) },
    {
      do: "send",
      link,
      message: { kind: "ready", position: event.end, hasArbiter: state.arbiter.isConnected },
    },
  );
}

/** The channel is gone before anything came of it: asks anew, a little later. */
export function retryConnecting({
  state,
  phase,
}: Scene<"connecting", "linkLost" | "received">): Step {
  return enter(
    state,
    { name: "deciding", question: undefined, isWaiting: true },
    { do: "close", link: phase.link },
    { do: "startTimer", timer: "retry", afterMs: retryMs },
  );
}

/** Its databases hold what the primary's history does not have. */
export function leftHistory({ state, phase, event }: Scene<"connecting", "historySettled">): Step {
  const names = event.databasesBeyond.join(", ");
  const step = giveUp(state, `Its databases ${names} hold data that the mirror does not have.`);
  return { ...step, effects: [...step.effects, { do: "close", link: phase.link }] };
}

/** The primary turned it away for good. */
export function turnedAway({ state, phase, event }: Scene<"connecting", "received">): Step {
  const why = messageOf(event.message, "refused")?.why;
  const text =
    why === "purged"
      ? "The journal files it needs are not there any more."
      : "Its journal belongs to another history.";
  const step = giveUp(state, text);
  return { ...step, effects: [...step.effects, { do: "close", link: phase.link }] };
}

/** False for a member whose data left the history: nothing more is applied to its databases, not
 *  even what it has in its own journal, until it is rebuilt.
 *  Source: GHA_mirror_manage (inconsistent member). */
export function mayDejournal({ phase }: MemberState): boolean {
  return phase.name !== "inconsistent";
}

/** Received journal is on disk: says so. */
export function acknowledge({
  state,
  phase,
  event,
}: Scene<"synchronizing" | "backup" | "connected", "stored">): Step {
  return stay(
    { ...state, stored: event.end },
    { do: "send", link: phase.link, message: { kind: "acknowledged", position: event.end } },
  );
}

/** The primary waits for this member from now on. */
export function activate({ state, phase }: Scene<"synchronizing", "received">): Step {
  const { primary, link } = phase;
  return enter(state, { name: "backup", primary, link, handOverAt: undefined });
}

type Backup<Type extends "received" | "stored"> = Scene<"backup", Type>;

/** Where the primary's hand-over says that the journal ends. */
function handOverEnd({ phase, event }: Backup<"received" | "stored">) {
  if (event.type === "stored") return phase.handOverAt;
  return event.link === phase.link ? messageOf(event.message, "handOver")?.end : undefined;
}

/** The primary handed over and nothing is missing. */
export function isHandOverComplete(scene: Backup<"received" | "stored">): boolean {
  const end = handOverEnd(scene);
  if (end === undefined) return false;
  const own = { end: scene.event.type === "stored" ? scene.event.end : scene.state.stored };
  return primaryObstacle(scene.state, { kind: "handOver", end }, own) === undefined;
}

/** Takes what the primary handed over. */
export function takeHandOver(scene: Backup<"received" | "stored">): Step {
  const { state, phase } = scene;
  const end = handOverEnd(scene);
  if (end === undefined) return stay(state);
  const own = { end: scene.event.type === "stored" ? scene.event.end : state.stored };
  const step = become({ ...state, stored: own.end }, { kind: "handOver", end }, own);
  const before: Effect[] = [
    { do: "log", line: log.handOverReceived(phase.primary) },
    { do: "send", link: phase.link, message: { kind: "handOverTaken" } },
  ];
  return { ...step, effects: [...before, ...step.effects] };
}

/** What else the primary says to a follower. */
export function heardFromPrimary({
  state,
  phase,
  event,
}: Scene<"synchronizing" | "backup" | "connected", "received">): Step {
  const { message } = event;
  if (event.link !== phase.link) return stay(state);
  switch (message.kind) {
    case "configuration":
      return andThen(adopt(state, message.configuration), (next) => sayWhereItIs(next, phase));
    case "reassigned":
      return stay(state, {
        do: "answerOperator",
        token: message.token,
        refusal: message.refusal,
      });
    case "report":
      return stay({ ...state, reports: message.members });
    case "epochBegins":
      return stay(
        { ...state, control: { kind: "arbiter", epoch: message.epoch, isShared: true } },
        { do: "log", line: log.arbiterControlled() },
        { do: "send", link: phase.link, message: { kind: "epochTaken", epoch: message.epoch } },
      );
    case "epochEnds":
      return leaveEpoch(state, phase.link, message);
    case "handOver":
      return phase.name === "backup"
        ? enter(state, { ...phase, handOverAt: message.end })
        : stay(state);
    default:
      return stay(state);
  }
}

/** The primary may see this member in another role now, and judges by what it has. */
function sayWhereItIs(state: MemberState, phase: { name: string; link: string }): Step {
  if (phase.name !== "synchronizing") return stay(state);
  const message = { kind: "acknowledged", position: state.stored } as const;
  return stay(state, { do: "send", link: phase.link, message });
}

function leaveEpoch(state: MemberState, link: string, message: Received<"epochEnds">): Step {
  const { control } = state;
  const isIn = control.kind === "arbiter" && sameEpoch(control.epoch, message.epoch);
  const lines: Effect[] = isIn ? [{ do: "log", line: log.agentControlled() }] : [];
  return stay(isIn ? { ...state, control: { kind: "agent" } } : state, ...lines, {
    do: "send",
    link,
    message: { kind: "epochLeft", epoch: message.epoch },
  });
}
