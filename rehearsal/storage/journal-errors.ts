/** What may be wrong with a journal. */

import type { JournalPosition } from "./types.ts";
import { formatPosition } from "./position.ts";

/** A journal file that is not here: purged, or never received. */
export class JournalMissing extends Error {
  /** Number of the file. */
  readonly file: number;

  constructor(file: number) {
    super(`Journal file #${file} is not here. Copy it here, or rebuild what needs it.`);
    this.name = "JournalMissing";
    this.file = file;
  }
}

/** Bytes that do not continue the journal. */
export class JournalGap extends Error {
  constructor(at: JournalPosition, reason: string) {
    super(`Journal data for ${formatPosition(at)} does not fit: ${reason}.`);
    this.name = "JournalGap";
  }
}

/** Bytes on disk that no journal ever wrote. */
export class JournalDamaged extends Error {
  constructor(where: string, reason: string) {
    super(`Journal ${where} is damaged: ${reason}.`);
    this.name = "JournalDamaged";
  }
}
