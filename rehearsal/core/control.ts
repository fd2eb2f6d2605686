/** Agent controlled or arbiter controlled. An epoch binds the primary before the backup learns of
 *  it, and frees the primary only after the backup left it or the arbiter withdrew it. So whenever
 *  the backup may act on the arbiter's word, the primary is bound. No clock is needed for that. */

import { backupPeer } from "./acknowledgement.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { numbered, stay, andThen, type Scene } from "./machine.ts";
import { sameEpoch, type Epoch, type FromArbiter } from "./messages.ts";
import { isBound, type MemberState, type Step } from "./state.ts";
import type { PhaseName } from "./phases.ts";

/** Asks the arbiter for an epoch when everything for it is there: the backup is active, and both
 *  failover members and the arbiter are connected with each other. */
export function considerEpoch(state: MemberState): Step {
  const { phase, control, arbiter } = state;
  const backup = backupPeer(state);
  const isReady =
    phase.name === "primary" &&
    state.reassignment === undefined &&
    control.kind === "agent" &&
    arbiter.isConnected &&
    arbiter.seesPartner &&
    backup?.stage === "active" &&
    backup.hasArbiter;
  if (!isReady) return stay(state);
  const next = numbered(state);
  const epoch: Epoch = { lineage: phase.lineage, number: next.number };
  return stay(
    { ...next.state, control: { kind: "proposing", epoch } },
    { do: "tellArbiter", message: { kind: "arm", epoch, backup: backup.member } },
  );
}

/** Back to agent control, now that nobody can use the epoch any more. */
export function freeControl(state: MemberState): Step {
  const wasBound = isBound(state.control);
  const lines: Effect[] = wasBound ? [{ do: "log", line: log.agentControlled() }] : [];
  return stay({ ...state, control: { kind: "agent" } }, ...lines);
}

/** The primary wants out of the epoch while its backup is connected: the backup must agree. */
export function endEpoch(state: MemberState): Step {
  const { control } = state;
  if (control.kind === "proposing") return stay({ ...state, control: { kind: "agent" } });
  const backup = backupPeer(state);
  if (control.kind !== "arbiter" || backup === undefined) return stay(state);
  return stay(
    { ...state, control: { kind: "ending", epoch: control.epoch } },
    { do: "send", link: backup.link, message: { kind: "epochEnds", epoch: control.epoch } },
  );
}

/** The backup left an epoch. */
export function epochLeft(state: MemberState, epoch: Epoch): Step {
  if (!isBound(state.control) || !("epoch" in state.control)) return stay(state);
  if (!sameEpoch(state.control.epoch, epoch)) return stay(state);
  return andThen(freeControl(state), considerEpoch);
}

/** The backup knows the epoch: only now the pair is ready for the arbiter's word. */
export function epochTaken(state: MemberState, epoch: Epoch): Step {
  const { control } = state;
  if (control.kind !== "arbiter" || !sameEpoch(control.epoch, epoch)) return stay(state);
  return stay(
    { ...state, control: { ...control, isShared: true } },
    { do: "log", line: log.arbiterControlled() },
  );
}

/** The arbiter answers the primary's proposal, or tells about the other member. */
export function heardFromArbiter(state: MemberState, message: FromArbiter): Step {
  const { control } = state;
  switch (message.kind) {
    case "areYouAlive":
      return stay(state, {
        do: "tellArbiter",
        message: { kind: "alive", check: message.check },
      });
    case "partner":
      return partnerSeen(state, message.isConnected);
    case "armed":
      if (control.kind !== "proposing" || !sameEpoch(control.epoch, message.epoch)) break;
      return bind(state, message.epoch);
    case "refused":
      if (control.kind !== "proposing" || !sameEpoch(control.epoch, message.epoch)) break;
      return stay({ ...state, control: { kind: "agent" } });
    case "released":
    case "granted":
      break;
  }
  return stay(state);
}

/** From here on the primary does not go on without its backup by itself. */
function bind(state: MemberState, epoch: Epoch): Step {
  const backup = backupPeer(state);
  if (state.phase.name !== "primary" || backup?.stage !== "active") {
    return stay({ ...state, control: { kind: "agent" } });
  }
  return stay(
    { ...state, control: { kind: "arbiter", epoch, isShared: false } },
    { do: "send", link: backup.link, message: { kind: "epochBegins", epoch } },
  );
}

function partnerSeen(state: MemberState, isConnected: boolean): Step {
  const seen = { ...state, arbiter: { ...state.arbiter, seesPartner: isConnected } };
  if (state.phase.name !== "primary") return stay(seen);
  return isConnected ? considerEpoch(seen) : endEpoch(seen);
}

/** A session with the arbiter begins: says who this is. */
export function arbiterFound({ state }: Scene<PhaseName, "arbiterConnected">): Step {
  // A session that came up while this member was leaving.
  if (state.configuration === undefined || state.local === undefined) return stay(state);
  const { name } = state.local;
  const { mirrorGuid, qosTimeoutMs } = state.configuration;
  const found = { ...state, arbiter: { isConnected: true, seesPartner: false } };
  return stay(
    found,
    { do: "log", line: log.arbiterConnected() },
    {
      do: "tellArbiter",
      message: { kind: "hello", mirrorGuid, member: name, qosTimeoutMs },
    },
    ...toldPrimary(found),
  );
}

/** The session with the arbiter is over. */
export function arbiterGone({ state }: Scene<PhaseName, "arbiterLost">): Step {
  if (!state.arbiter.isConnected) return stay(state);
  const gone: MemberState = { ...state, arbiter: { isConnected: false, seesPartner: false } };
  const said = stay(gone, { do: "log", line: log.arbiterLost() }, ...toldPrimary(gone));
  return gone.phase.name === "primary" ? andThen(said, endEpoch) : andThen(said, leaveByMyself);
}

/** A backup may leave its epoch whenever it likes: it only gives up a right. */
function leaveByMyself(state: MemberState): Step {
  const { phase, control } = state;
  if (phase.name !== "backup" || control.kind !== "arbiter") return stay(state);
  return stay(
    { ...state, control: { kind: "agent" } },
    { do: "log", line: log.agentControlled() },
    { do: "send", link: phase.link, message: { kind: "epochLeft", epoch: control.epoch } },
  );
}

function toldPrimary({ phase, arbiter }: MemberState): Effect[] {
  if (phase.name !== "synchronizing" && phase.name !== "backup") return [];
  const { isConnected } = arbiter;
  return [{ do: "send", link: phase.link, message: { kind: "arbiterLink", isConnected } }];
}
