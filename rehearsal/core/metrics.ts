/** A member's state in the numbers of the product's metrics. Source: GCM table III-10. */

import type { MemberState } from "./state.ts";
import { failoverReady, memberType, statusWord, type MemberTypeWord } from "./views.ts";
import type { StatusWord } from "./views.ts";

/** What a member has to measure. */
export interface MirrorMetrics {
  /** `iris_mirror_member_type`. */
  readonly memberType: number;
  /** `iris_mirror_status`; `undefined` outside of a mirror. Source: public test data of an instance
   *  that is no member (type 2 and no role). */
  readonly status: number | undefined;
  /** `iris_mirror_failover_ready`, of failover members alone. */
  readonly failoverReady: 0 | 1 | undefined;
}

/** Values of `iris_mirror_status`. */
export const statusNumbers: Readonly<Record<StatusWord, number>> = {
  NOTINIT: 1,
  PRIMARY: 2,
  BACKUP: 3,
  CONNECTED: 4,
  TRANSITION: 5,
  SYNCHRONIZING: 6,
  WAITING: 7,
  STOPPED: 8,
  CRASHED: 9,
};

/** Values of `iris_mirror_member_type`. */
export const typeNumbers: Readonly<Record<MemberTypeWord, number>> = {
  Indeterminate: 1,
  "Not Member": 2,
  Failover: 3,
  Async: 4,
  "Disaster Recovery": 5,
  "Read-Only Reporting": 6,
  "Read-Write Reporting": 7,
};

/** The numbers of this moment. */
export function mirrorMetrics(state: MemberState): MirrorMetrics {
  const type = memberType(state);
  const ready = failoverReady(state).ready ? 1 : 0;
  return {
    memberType: typeNumbers[type],
    status: type === "Not Member" ? undefined : statusNumbers[statusWord(state)],
    failoverReady: type === "Failover" ? ready : undefined,
  };
}
