/** Starting, stopping, and what operators ask of a member. */

import { isAsyncMember } from "./async.ts";
import { partnerOf, type MirrorConfiguration } from "./configuration.ts";
import { become, isSoleFailoverMember, membership } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import { noHistory } from "./history.ts";
import * as log from "./log-lines.ts";
import { enter, stay, andThen, type Scene } from "./machine.ts";
import { errorNumber, save, setNoFailover } from "./membership.ts";
import { isFollower, type PhaseName, type StopReason } from "./phases.ts";
import { heirOf, withoutPeer } from "./serving.ts";
import type { MemberState, Step } from "./state.ts";
import { retryMs } from "./timing.ts";

const stopTexts: Readonly<Record<StopReason, string>> = {
  joinMirrorOff: "it was stopped on this member (JoinMirror=0)",
  serviceDisabled: "the mirror service is disabled",
  noLicense: "mirroring is unavailable for the current license",
  noEntry: "its own entry is missing in the configuration of the mirror",
};

/** Takes over what the edge found. */
export function withFacts({ state, event }: Scene<"off", "instanceStarted">): MemberState {
  const { configuration, local } = event.facts;
  return { ...state, configuration, local };
}

/** Why the mirror of this member must not run. */
export function obstacleOf({ event }: Scene<"off", "instanceStarted">): StopReason | undefined {
  const { local, obstacle, configuration } = event.facts;
  if (obstacle !== undefined) return obstacle;
  if (local?.joinsMirror === false) return "joinMirrorOff";
  const entry = configuration?.members.find((member) => member.name === local?.name);
  return entry === undefined ? "noEntry" : undefined;
}

/** Configured, and left alone. */
export function startStopped(scene: Scene<"off", "instanceStarted">): Step {
  const state = withFacts(scene);
  const reason = obstacleOf(scene) ?? "joinMirrorOff";
  const mirror = state.configuration?.mirror ?? "";
  return enter(
    state,
    { name: "stopped", reason },
    { do: "log", line: log.notStarted(mirror, stopTexts[reason]) },
  );
}

/** The mirror starts here: first of all the member checks that its address leads to itself. */
export function validate(state: MemberState): Step {
  const { configuration } = membership(state);
  return enter(
    state,
    { name: "validating", hasFailed: false },
    { do: "log", line: log.managerInitialized(configuration.mirror) },
    { do: "checkOwnAddress" },
  );
}

/** Its address answers as somebody else, or nobody: does not join, tries again. */
export function addressFailed({
  state,
  phase,
  event,
}: Scene<"validating", "ownAddressChecked">): Step {
  const { configuration, name } = membership(state);
  const entry = configuration.members.find((member) => member.name === name);
  const text = event.found === "other" ? "answers as another instance" : "does not answer";
  const line = log.addressNotValid(entry?.mirrorAddress ?? "", text);
  const lines: Effect[] = phase.hasFailed ? [] : [{ do: "log", line }];
  return enter(state, { name: "validating", hasFailed: true }, ...lines, {
    do: "startTimer",
    timer: "retry",
    afterMs: retryMs,
  });
}

/** True for a member that needs nobody's consent. */
export function mayLeadAlone(state: MemberState): boolean {
  return isSoleFailoverMember(state) && state.local?.isValidated === true;
}

/** The only failover member becomes primary. */
export function becomeAlone(state: MemberState): Step {
  return become(state, { kind: "sole" }, noHistory);
}

/** A new mirror, made here. */
export function createMirror({ state, event }: Scene<"notMember", "mirrorCreated">): Step {
  const { configuration, local } = event;
  const saved = save({ ...state, configuration, local });
  const initialized: Effect = {
    do: "log",
    line: log.managerInitialized(configuration.mirror),
  };
  const step = andThen(saved, becomeAlone);
  return { ...step, effects: [initialized, ...step.effects] };
}

/** Became a member of a mirror that lives elsewhere. */
export function joinMirror({ state, event }: Scene<"notMember", "mirrorJoined">): Step {
  const { configuration, local } = event;
  return andThen(save({ ...state, configuration, local }), validate);
}

/** The instance stops while it is primary: writing ends first. A stop without failover sets "no
 *  failover": else the backup would take over as from one that died.
 *  Source: GHA_mirror_set_member_change 6.1.3. Assumed: that the stop sets the same state. */
export function stopServing({ state, phase, event }: Scene<"primary", "stopAsked">): Step {
  const heir = event.mayFailOver ? heirOf(state) : undefined;
  const lines: Effect[] = heir === undefined ? [] : [{ do: "log", line: log.handingOver(heir) }];
  const kept = event.mayFailOver ? stay(state) : setNoFailover(state, true);
  return andThen(kept, (next) =>
    enter(
      next,
      { name: "handingOver", lineage: phase.lineage, heir },
      ...lines,
      { do: "closeWrites" },
      { do: "startTimer", timer: "handOver", afterMs: event.budgetMs },
    ),
  );
}

/** Nobody writes any more: this is the end of the journal, and whoever has it may take over. */
export function offer({ state, phase, event }: Scene<"handingOver", "writesClosed">): Step {
  const link = phase.heir === undefined ? undefined : state.peers[phase.heir]?.link;
  if (link === undefined) return end(state);
  return stay(state, { do: "send", link, message: { kind: "handOver", end: event.end } });
}

/** Not connected to any arbiter, by this member's own will. */
const noArbiter: MemberState["arbiter"] = { isConnected: false, seesPartner: false };

/** The instance goes down now. */
export function end(state: MemberState): Step {
  return enter(
    { ...state, peers: {}, control: { kind: "agent" }, arbiter: noArbiter },
    { name: "off" },
    { do: "stopTimer", timer: "handOver" },
    { do: "stopTimer", timer: "retry" },
    { do: "stopTimer", timer: "trouble" },
    { do: "leaveArbiter" },
    { do: "endInstance", isForced: false },
  );
}

/** A member that is not primary says goodbye, so that nobody waits for it. */
export function farewell(state: MemberState, leaves: boolean): Step {
  const { phase } = state;
  if (!isFollower(phase)) return stay(state);
  const isOpen = phase.name !== "connecting" || phase.isOpen;
  const goodbye: Effect[] = isOpen
    ? [{ do: "send", link: phase.link, message: { kind: "goodbye", leaves } }]
    : [];
  return stay({ ...state, control: { kind: "agent" } }, ...goodbye, {
    do: "close",
    link: phase.link,
  });
}

/** StopMirror: stays stopped over restarts. */
export function stopMirror({ state, event }: Scene<PhaseName, "mirrorStopAsked">): Step {
  const { configuration } = membership(state);
  const local = state.local === undefined ? undefined : { ...state.local, joinsMirror: false };
  const gone = andThen(farewell({ ...state, local }, false), save);
  return andThen(gone, (next) =>
    enter(
      { ...next, arbiter: noArbiter },
      { name: "stopped", reason: "joinMirrorOff" },
      { do: "stopTimer", timer: "retry" },
      { do: "leaveArbiter" },
      { do: "log", line: log.mirroringStopped(configuration.mirror) },
      { do: "answerOperator", token: event.token, refusal: undefined },
    ),
  );
}

/** StartMirror. */
export function startMirror({ state, event }: Scene<"stopped", "mirrorStartAsked">): Step {
  const local = state.local === undefined ? undefined : { ...state.local, joinsMirror: true };
  const saved = andThen(save({ ...state, local }), (next) =>
    stay(next, { do: "answerOperator", token: event.token, refusal: undefined }),
  );
  return andThen(saved, validate);
}

/** RemoveMirrorConfiguration: leaves the mirror. */
export function leaveMirror({ state, event }: Scene<PhaseName, "removalAsked">): Step {
  const { configuration } = membership(state);
  const parted = andThen(farewell(state, true), (next) => tellAgent(next, state, configuration));
  return andThen(parted, (next) =>
    enter(
      { ...next, configuration: undefined, local: undefined, reports: [], arbiter: noArbiter },
      { name: "notMember" },
      { do: "stopTimer", timer: "retry" },
      { do: "leaveArbiter" },
      { do: "saveConfiguration", configuration: undefined, local: undefined },
      { do: "log", line: log.mirrorRemoved(configuration.mirror) },
      { do: "answerOperator", token: event.token, refusal: undefined },
    ),
  );
}

/** Without a channel to the primary its agent must pass the word on. */
function tellAgent(
  state: MemberState,
  before: MemberState,
  configuration: MirrorConfiguration,
): Step {
  const { phase, local } = before;
  const isConnected = isFollower(phase) && phase.name !== "connecting";
  const hasPartner = partnerOf(configuration, local?.name ?? "") !== undefined;
  return isConnected || !hasPartner
    ? stay(state)
    : stay(state, { do: "reportLeaving", configuration, member: local?.name ?? "" });
}

/** Number of the product's error for what stands against a start. Source: Error Reference. */
export function obstacleError(obstacle: StopReason | undefined): number {
  return obstacle === "noLicense" ? errorNumber.noLicense : errorNumber.serviceDisabled;
}

/** Refuses what an operator asks. */
export function refuseOperator(
  state: MemberState,
  token: number,
  number: number,
  ...args: readonly string[]
): Step {
  return stay(state, { do: "answerOperator", token, refusal: { number, args } });
}

/** No failover asked at a member: the primary sets it, a backup passes it on. */
export function askNoFailover({ state, event }: Scene<PhaseName, "noFailoverAsked">): Step {
  const { token, isSet } = event;
  const { phase } = state;
  const done: Effect = { do: "answerOperator", token, refusal: undefined };
  // Failover members only. Source: SYS.Mirror.SetNoFailover.
  if (isAsyncMember(state)) return refuseOperator(state, token, errorNumber.notFailoverMember);
  if (phase.name === "primary") {
    return andThen(setNoFailover(state, isSet), (next) => stay(next, done));
  }
  if (phase.name === "backup" || phase.name === "synchronizing") {
    const message = { kind: "wantsNoFailover", isSet } as const;
    return stay(state, { do: "send", link: phase.link, message }, done);
  }
  return refuseOperator(state, token, errorNumber.noConnectionToPrimary);
}

/** The heir is gone before it took over. */
export function heirGone(scene: Scene<"handingOver", "linkLost">): Step {
  const { state, phase } = scene;
  return end(phase.heir === undefined ? state : withoutPeer(state, phase.heir));
}

/** The heir took too long. */
export function handOverLate({ state, phase }: Scene<"handingOver", "timer">): Step {
  const step = end(state);
  if (phase.heir === undefined) return step;
  return { ...step, effects: [{ do: "log", line: log.handOverLate(phase.heir) }, ...step.effects] };
}

/** The heir took the role. */
export function endHandedOver({ state, phase }: Scene<"handingOver", "received">): Step {
  const step = end(state);
  const line = log.handOverDone(phase.heir ?? "");
  return { ...step, effects: [{ do: "log", line }, ...step.effects] };
}
