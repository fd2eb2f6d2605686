/** A member's state in the product's words. Source: %SYSTEM.Mirror, SYS.Mirror,
 *  GHA_mirror_manage (monitor). */

import { backupPeer } from "./acknowledgement.ts";
import { entryOf, failoverMembers, partnerOf, type MemberEntry } from "./configuration.ts";
import { isFollower, isPrimaryPhase, type PhaseName } from "./phases.ts";
import type { MemberState } from "./state.ts";

/** `$SYSTEM.Mirror.GetStatus()`. */
export type StatusWord =
  | "NOTINIT"
  | "PRIMARY"
  | "BACKUP"
  | "CONNECTED"
  | "TRANSITION"
  | "SYNCHRONIZING"
  | "WAITING"
  | "STOPPED"
  | "CRASHED";

const words: Readonly<Record<PhaseName, StatusWord>> = {
  off: "NOTINIT",
  notMember: "NOTINIT",
  stopped: "STOPPED",
  validating: "TRANSITION",
  deciding: "TRANSITION",
  seeking: "SYNCHRONIZING",
  retrieving: "TRANSITION",
  becoming: "TRANSITION",
  primary: "PRIMARY",
  trouble: "PRIMARY",
  handingOver: "PRIMARY",
  yielding: "PRIMARY",
  connecting: "SYNCHRONIZING",
  synchronizing: "SYNCHRONIZING",
  backup: "BACKUP",
  connected: "CONNECTED",
  bereaved: "WAITING",
  inconsistent: "WAITING",
  forcedDown: "STOPPED",
};

/** The word for programs. */
export function statusWord({ phase }: MemberState): StatusWord {
  const isRefused = phase.name === "validating" && phase.hasFailed;
  const isAsking = phase.name === "deciding" || phase.name === "seeking";
  const isWaiting = isAsking && phase.isWaiting;
  return isRefused || isWaiting ? "WAITING" : words[phase.name];
}

const longWords: Readonly<Record<StatusWord, string>> = {
  NOTINIT: "Not Initialized",
  PRIMARY: "Primary",
  BACKUP: "Backup",
  CONNECTED: "Connected",
  TRANSITION: "Transition",
  SYNCHRONIZING: "Synchronizing",
  WAITING: "Waiting",
  STOPPED: "Stopped",
  CRASHED: "Crashed",
};

/** `$SYSTEM.Mirror.GetMemberStatus()`: a primary in trouble has a second word. */
export function memberStatus(state: MemberState): readonly string[] {
  const word = longWords[statusWord(state)];
  return state.phase.name === "trouble" ? [word, "Trouble"] : [word];
}

/** Words for a member's type. Source: %SYSTEM.Mirror.GetMemberType. */
export type MemberTypeWord =
  | "Indeterminate"
  | "Not Member"
  | "Failover"
  | "Async"
  | "Disaster Recovery"
  | "Read-Only Reporting"
  | "Read-Write Reporting";

const typeWords: Readonly<Record<MemberEntry["eligibility"], MemberTypeWord>> = {
  failover: "Failover",
  disasterRecovery: "Disaster Recovery",
  readOnlyReporting: "Read-Only Reporting",
  readWriteReporting: "Read-Write Reporting",
};

/** The type of a member in the monitor's words. */
function typeWord(entry: MemberEntry): MemberTypeWord {
  return typeWords[entry.eligibility];
}

/** `$SYSTEM.Mirror.GetMemberType()`. */
export function memberType({ configuration, local }: MemberState): MemberTypeWord {
  if (configuration === undefined || local === undefined) return "Not Member";
  const entry = entryOf(configuration, local.name);
  return entry === undefined ? "Indeterminate" : typeWord(entry);
}

/** The monitor's Failover Mode. */
export function failoverMode({ control }: MemberState): "Agent Controlled" | "Arbiter Controlled" {
  const isShared = control.kind === "arbiter" && control.isShared;
  return isShared || control.kind === "ending" ? "Arbiter Controlled" : "Agent Controlled";
}

/** The monitor's Connection Status of the arbiter, one of three sentences. */
export function arbiterConnection({ arbiter }: MemberState): string {
  if (!arbiter.isConnected) return "This member is not connected to the arbiter";
  return arbiter.seesPartner
    ? "Both failover members are connected to the arbiter"
    : "Only this member is connected to the arbiter";
}

/** Whether this primary, or this backup, is ready for a failover; the reason where it is not.
 *  Source: SYS.Mirror.IsFailoverReady (conditions). Assumed: wording of the reasons. */
export function failoverReady(state: MemberState): { ready: boolean; reason: string } {
  const reason = notReadyBecause(state);
  return { ready: reason === undefined, reason: reason ?? "" };
}

function notReadyBecause(state: MemberState): string | undefined {
  const { configuration, local, phase } = state;
  if (configuration === undefined || local === undefined) return "Not a mirror member";
  if (entryOf(configuration, local.name)?.eligibility !== "failover") {
    return "Not a failover member";
  }
  if (failoverMembers(configuration).length < 2) return "There is no other failover member";
  if (phase.name !== "primary" && phase.name !== "backup") {
    return `This member is not connected as primary or backup: ${longWords[statusWord(state)]}`;
  }
  if (phase.name === "primary" && backupPeer(state)?.stage !== "active") {
    return "The backup is not active";
  }
  if (configuration.definedPrimary !== undefined) return "No failover is set";
  const isArbiterControlled = failoverMode(state) === "Arbiter Controlled";
  return configuration.arbiter !== undefined && !isArbiterControlled
    ? "The mirror is not in arbiter controlled mode"
    : undefined;
}

/** One row of SYS.Mirror.GetFailoverMemberStatus. */
export interface FailoverMemberRow {
  readonly name: string;
  readonly agentAddress: string;
  readonly role: "Primary" | "Backup";
  readonly status: string;
  readonly mirrorAddress: string;
  readonly ecpAddress: string;
}

const ownStatus: Readonly<Record<PhaseName, string>> = {
  off: "Down",
  notMember: "Down",
  stopped: "Down",
  validating: "Restart",
  deciding: "Deciding",
  seeking: "Inactive",
  retrieving: "Recovery",
  becoming: "Failover",
  primary: "Active",
  trouble: "Trouble",
  handingOver: "Exit",
  yielding: "Exit",
  connecting: "Restart",
  synchronizing: "Catchup",
  backup: "Active",
  connected: "Active",
  bereaved: "Inactive",
  inconsistent: "Inactive",
  forcedDown: "Exit",
};

/** This failover member and the other one, as this one sees them. Source: SYS.Mirror (words);
 *  Assumed: which word belongs to which moment, except Active and Down. */
export function failoverMemberRows(state: MemberState): {
  self: FailoverMemberRow | undefined;
  other: FailoverMemberRow | undefined;
} {
  const { configuration, local, phase } = state;
  if (configuration === undefined || local === undefined) {
    return { self: undefined, other: undefined };
  }
  const own = entryOf(configuration, local.name);
  const partner = partnerOf(configuration, local.name);
  const isPrimary = isPrimaryPhase(phase);
  const followsPartner = isFollower(phase) && phase.name !== "connecting";
  // Assumed: on an async both are empty; the class speaks of failover members only.
  if (own?.eligibility !== "failover") return { self: undefined, other: undefined };
  const self = failoverRow(own, isPrimary ? "Primary" : "Backup", ownStatus[phase.name]);
  if (partner === undefined) return { self, other: undefined };
  const role = followsPartner ? "Primary" : "Backup";
  const status = followsPartner ? "Active" : partnerStatus(state);
  return { self, other: failoverRow(partner, role, status) };
}

function partnerStatus(state: MemberState): string {
  const backup = backupPeer(state);
  // Welcomed is not connected yet: the member list calls it Down as well.
  if (backup === undefined || backup.stage === "greeted") return "Down";
  return backup.stage === "active" ? "Active" : "Catchup";
}

function failoverRow(
  entry: MemberEntry,
  role: FailoverMemberRow["role"],
  status: string,
): FailoverMemberRow {
  const { name, agentAddress, mirrorAddress, ecpAddress } = entry;
  return { name, agentAddress, role, status, mirrorAddress, ecpAddress };
}

/** One row of the monitor's Mirror Member Status and of SYS.Mirror:MemberStatusList. */
export interface MemberRow {
  readonly name: string;
  readonly type: string;
  /** `Primary`, `Backup` or `Async`. Assumed: wording of the column CurrentRole. */
  readonly role: string;
  readonly status: string;
  readonly journalTransfer: string;
  readonly dejournaling: string;
  readonly entry: MemberEntry;
}

/** All members, as this one knows them. Source: GHA_mirror_manage (columns and words). */
export function memberRows(state: MemberState): readonly MemberRow[] {
  const { configuration, local } = state;
  return (configuration?.members ?? []).map((entry) => ({
    name: entry.name,
    type: typeWord(entry),
    role: roleWord(state, entry),
    entry,
    ...(entry.name === local?.name ? ownRow(state) : otherRow(state, entry)),
  }));
}

function roleWord(state: MemberState, entry: MemberEntry): string {
  if (entry.eligibility !== "failover") return "Async";
  const { phase, local } = state;
  if (entry.name === local?.name) return isPrimaryPhase(phase) ? "Primary" : "Backup";
  const isFollowed = isFollower(phase) && phase.name !== "connecting";
  return isFollowed && phase.primary === entry.name ? "Primary" : "Backup";
}

type RowWords = Pick<MemberRow, "status" | "journalTransfer" | "dejournaling">;

/** Source: GHA_mirror_manage (a word of the column Dejournaling). Assumed: also of a member that is
 *  inconsistent with the mirror. */
export const dejournalingStopped = "Warning! Dejournaling is stopped.";

function ownRow(state: MemberState): RowWords {
  const { phase } = state;
  const status = phase.name === "trouble" ? "In Trouble" : longWords[statusWord(state)];
  if (isPrimaryPhase(phase)) return { status, journalTransfer: "N/A", dejournaling: "N/A" };
  if (phase.name === "backup") {
    return { status, journalTransfer: "Active", dejournaling: "Caught up" };
  }
  if (phase.name === "inconsistent") {
    return { status, journalTransfer: "Disconnected", dejournaling: dejournalingStopped };
  }
  const own = state.reports.find(({ name }) => name === state.local?.name);
  if (phase.name === "connected" && own?.isCaughtUp === true) {
    return { status, journalTransfer: "Caught up", dejournaling: "Caught up" };
  }
  const isConnected = phase.name === "synchronizing" || phase.name === "connected";
  // Assumed: no time stands behind these words here, the core has no calendar.
  const words = isConnected ? "Catching up" : "Disconnected";
  return { status, journalTransfer: words, dejournaling: words };
}

function otherRow(state: MemberState, entry: MemberEntry): RowWords {
  const { phase } = state;
  if (isFollower(phase) && phase.name !== "connecting" && phase.primary === entry.name) {
    return { status: "Primary", journalTransfer: "N/A", dejournaling: "N/A" };
  }
  const isInformed = isPrimaryPhase(phase) || (isFollower(phase) && phase.name !== "connecting");
  const report = isInformed ? state.reports.find(({ name }) => name === entry.name) : undefined;
  if (report?.isConnected !== true) {
    return { status: "Down", journalTransfer: "Disconnected", dejournaling: "Disconnected" };
  }
  const isFailover = entry.eligibility === "failover";
  const transfer = report.isActive ? "Active" : report.isCaughtUp ? "Caught up" : "Catching up";
  const isThere = isFailover ? report.isActive : report.isCaughtUp;
  const status = isThere ? (isFailover ? "Backup" : "Connected") : "Synchronizing";
  return {
    status,
    journalTransfer: transfer,
    dejournaling: report.isCaughtUp ? "Caught up" : "Catching up",
  };
}
