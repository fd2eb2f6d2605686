/** What survives of a member when its process ends. */

import type { LocalMembership, MirrorConfiguration } from "../configuration.ts";
import { beforeHistory, comparePositions, type JournalPosition } from "../position.ts";
import { ModelJournal } from "./journal-model.ts";

/** One member's volume. */
export class MemberDisk {
  configuration: MirrorConfiguration | undefined;
  local: LocalMembership | undefined;
  /** What is wrong with the volume: nothing more goes onto the journal's disk; what is written does
   *  not get through to it; a database that a primary needs cannot be mounted; the site's routine,
   *  which is there too, does not let the member be primary. */
  fault: "full" | "cannotSync" | "cannotMount" | "siteSaysNo" | undefined;
  readonly journal = new ModelJournal();
  /** The mirrored database: how far it is, and the hash of what is in it. */
  copy: { readonly position: JournalPosition; readonly hash: number | undefined } = {
    position: beforeHistory,
    hash: 1,
  };

  /** A new volume in place of this one. */
  erase(): void {
    this.configuration = undefined;
    this.local = undefined;
    this.fault = undefined;
    this.journal.truncate(beforeHistory);
    this.copy = { position: beforeHistory, hash: 1 };
  }

  /** Applies the journal up to a position (dejournaling, or the primary's own write cycle). */
  apply(to: JournalPosition): void {
    if (comparePositions(to, this.copy.position) <= 0) return;
    this.copy = { position: to, hash: this.journal.hashAt(to) };
  }

  /** True when the database holds what lies behind a position. */
  copyIsBeyond(position: JournalPosition): boolean {
    return comparePositions(this.copy.position, position) > 0;
  }
}
