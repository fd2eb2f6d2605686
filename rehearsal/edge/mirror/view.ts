/** What the system classes, `iris list` and the pages show of the mirror. */

import type { MirrorConfiguration } from "../../core/configuration.ts";
import { concerns, type Concern } from "../../core/concerns.ts";
import { entryOf } from "../../core/configuration.ts";
import { mirrorMetrics, type MirrorMetrics } from "../../core/metrics.ts";
import { isPrimaryPhase } from "../../core/phases.ts";
import type { MemberState } from "../../core/state.ts";
import * as views from "../../core/views.ts";

/** One row of SYS.Mirror.GetFailoverMemberStatus. */
export type FailoverMemberRow = views.FailoverMemberRow;

/** One row of the member lists. */
type MemberRow = views.MemberRow;

/** One moment of the mirror in the product's words. */
export interface MirrorView {
  /** `$SYSTEM.Mirror.IsMember()`: 0 no, 1 failover, 2 async. */
  readonly isMember: 0 | 1 | 2;
  readonly isPrimary: boolean;
  readonly isBackup: boolean;
  /** `$SYSTEM.Mirror.IsAsyncMember()`: only while it is connected. Source: %SYSTEM.Mirror. */
  readonly isConnectedAsync: boolean;
  /** False on a read-write reporting async: its copies may be written to, and never become a
   *  primary's. Source: GHA_mirror_set (FailoverDB flag). */
  readonly isFailoverDatabase: boolean;
  /** Empty where it is no member. */
  readonly mirrorName: string;
  readonly mirrorNames: readonly string[];
  readonly memberName: string;
  readonly status: views.StatusWord;
  readonly memberStatus: readonly string[];
  readonly memberType: views.MemberTypeWord;
  /** Field 12 of `iris qlist`. */
  readonly qlistStatus: string;
  /** True while `iris qlist` says `sign-on inhibited:primary transition`.
   *  Assumed: only until the first attempt has come to nothing. */
  readonly isDeciding: boolean;
  /** False while the mirror is stopped on this member. */
  readonly isStarted: boolean;
  readonly failoverReady: { readonly ready: boolean; readonly reason: string };
  readonly failoverMode: "Agent Controlled" | "Arbiter Controlled";
  /** `host|port`, or empty. */
  readonly arbiterAddress: string;
  readonly arbiterConnection: string;
  readonly members: readonly MemberRow[];
  /** SYS.Mirror.GetFailoverMemberStatus. */
  failoverMembers(): {
    readonly this: FailoverMemberRow | undefined;
    readonly other: FailoverMemberRow | undefined;
  };
  readonly configuration: MirrorConfiguration | undefined;
  readonly metrics: MirrorMetrics;
  /** What needs a person's eye, worst first. */
  readonly concerns: readonly Concern[];
}

/** The state in words. */
export function viewOf(state: MemberState): MirrorView {
  const { configuration, local, phase } = state;
  const [firstWord = ""] = views.memberStatus(state);
  const mirrorName = configuration?.mirror ?? "";
  const arbiter = configuration?.arbiter;
  return {
    isMember: membershipKind(state),
    isPrimary: isPrimaryPhase(phase),
    isBackup: phase.name === "backup",
    isFailoverDatabase: eligibilityOf(state) !== "readWriteReporting",
    isConnectedAsync: phase.name === "connected",
    mirrorName,
    mirrorNames: mirrorName === "" ? [] : [mirrorName],
    memberName: local?.name ?? "",
    status: views.statusWord(state),
    memberStatus: views.memberStatus(state),
    memberType: views.memberType(state),
    qlistStatus: firstWord,
    isDeciding: views.statusWord(state) === "TRANSITION",
    isStarted: !["off", "notMember", "stopped"].includes(phase.name),
    failoverReady: views.failoverReady(state),
    failoverMode: views.failoverMode(state),
    arbiterAddress: arbiter === undefined ? "" : `${arbiter.address}|${arbiter.port}`,
    arbiterConnection: views.arbiterConnection(state),
    members: views.memberRows(state),
    failoverMembers() {
      const { self, other } = views.failoverMemberRows(state);
      return { this: self, other };
    },
    configuration,
    metrics: mirrorMetrics(state),
    concerns: concerns(state),
  };
}

function eligibilityOf({ configuration, local }: MemberState) {
  if (configuration === undefined || local === undefined) return undefined;
  return entryOf(configuration, local.name)?.eligibility;
}

function membershipKind(state: MemberState): 0 | 1 | 2 {
  if (state.configuration === undefined || state.local === undefined) return 0;
  return eligibilityOf(state) === "failover" ? 1 : 2;
}
