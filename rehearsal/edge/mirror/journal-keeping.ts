/** Remembers how far members had come when they went, for the purge of journal files. */

import { entryOf, isAsync } from "../../core/configuration.ts";
import { neededByOthers, type Absence } from "../../core/journal-needs.ts";
import { isPrimaryPhase } from "../../core/phases.ts";
import type { JournalPosition } from "../../core/position.ts";
import type { MemberState } from "../../core/state.ts";
import { MirrorRefusal } from "./refusal.ts";

/** Assumed: the 14 days of an absent async begin anew when another member becomes primary, or this
 *  one again: what is remembered here does not outlive the role. */
export class JournalKeeping {
  private readonly now: () => number;
  private readonly absences = new Map<string, Absence>();
  private leadingSince = 0;

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.now = now;
  }

  /** The core went from one state to the next. */
  stepped(before: MemberState, after: MemberState): void {
    if (isPrimaryPhase(after.phase) && !isPrimaryPhase(before.phase)) {
      this.leadingSince = this.now();
      this.absences.clear();
    }
    if (before.peers === after.peers) return;
    for (const { member, acknowledged } of Object.values(before.peers)) {
      if (after.peers[member] !== undefined) continue;
      this.absences.set(member, { acknowledged, sinceEpochMs: this.now() });
    }
  }

  /** What this member must keep for others; `undefined`: nothing.
   *  Source: GCDI_journal_purge_mirror (primary; backup and DR async wait for all asyncs, too;
   *  reporting asyncs keep nothing for others).
   *  @throws MirrorRefusal 2074; 5001 where only the primary knows what the asyncs have */
  neededByOthers(state: MemberState): JournalPosition | undefined {
    const { configuration, local, phase } = state;
    if (configuration === undefined || local === undefined) throw new MirrorRefusal(2074);
    if (isPrimaryPhase(phase)) {
      const times = { nowEpochMs: this.now(), leadingSinceEpochMs: this.leadingSince };
      return neededByOthers(state, this.absences, times);
    }
    const own = entryOf(configuration, local.name)?.eligibility;
    const isReporting = own === "readOnlyReporting" || own === "readWriteReporting";
    const others = configuration.members.filter(({ name }) => name !== local.name);
    if (isReporting || !others.some(({ name }) => isAsync(configuration, name))) return undefined;
    throw new MirrorRefusal(
      5001,
      "not simulated: purging mirror journal files on a backup or DR async while the mirror has " +
        "other async members",
    );
  }
}
