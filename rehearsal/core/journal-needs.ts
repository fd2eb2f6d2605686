/** Which of the primary's journal files other members may still need. Pure.
 *  Source: GCDI_journal_purge_mirror (a file stays on the primary until the backup and all asyncs
 *  have it; an async that is away for more than 14 days is not waited for); SYS.Mirror
 *  (JrnPurgeDefaultWaitDuration). */

import type { MemberState } from "./state.ts";
import { beforeHistory, comparePositions, type JournalPosition } from "./position.ts";

/** How long an async that is away keeps journal files from being purged. */
export const absentAsyncMs = 14 * 24 * 60 * 60 * 1000;

/** A member that is not connected. */
export interface Absence {
  /** What it had for certain when it went. */
  readonly acknowledged: JournalPosition;
  /** Since when it is away, as far as this primary knows. */
  readonly sinceEpochMs: number;
}

/** Where the journal begins that others may need from this primary.
 *  @param absences members that went while this one was primary
 *  @param leadingSinceEpochMs a member it never saw counts as away since it became primary
 *  @returns `undefined` where nobody else needs anything */
export function neededByOthers(
  { configuration, local, peers }: MemberState,
  absences: ReadonlyMap<string, Absence>,
  { nowEpochMs, leadingSinceEpochMs }: { nowEpochMs: number; leadingSinceEpochMs: number },
): JournalPosition | undefined {
  let needed: JournalPosition | undefined;
  for (const { name, eligibility } of configuration?.members ?? []) {
    if (name === local?.name) continue;
    const unseen = { acknowledged: beforeHistory, sinceEpochMs: leadingSinceEpochMs };
    const { acknowledged, sinceEpochMs } = absences.get(name) ?? unseen;
    const isAway = peers[name] === undefined;
    const isGivenUp = isAway && nowEpochMs - sinceEpochMs > absentAsyncMs;
    if (isGivenUp && eligibility !== "failover") continue;
    const has = peers[name]?.acknowledged ?? acknowledged;
    if (needed === undefined || comparePositions(has, needed) < 0) needed = has;
  }
  return needed;
}
