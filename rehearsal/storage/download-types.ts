/** What a download of a mirrored database is made of: who may give it, and what is given. */

import type { Mark } from "./label.ts";
import type { CatalogueEntry } from "./types.ts";

/** Other members, as far as they may have a valid copy. Absent in a release that downloads nothing.
 *  Source: release notes 2025.1, "Download mirror database". */
export interface DownloadSources {
  /** True when a member that can be reached now has a valid copy. */
  isThere(entry: CatalogueEntry): Promise<boolean>;
  /** A copy here waits for its download. */
  soon(): void;
}

/** A copy that waits for its download. */
export interface WaitingCopy {
  /** Name in the mirror. */
  readonly database: string;
  readonly databaseGuid: string;
  /** With closing slash. */
  readonly directory: string;
}

/** What a file stands for: all of the mirror's journal up to its mark, and nothing behind it. */
export interface Standing {
  readonly mark: Mark;
  /** Lineage of the journal file of the position: it tells histories apart that use the same
   *  numbers. */
  readonly lineage: string;
}

/** The file of a copy, kept as it is until it is released. */
export interface HeldCopy {
  readonly standing: Standing;
  readonly bytes: number;
  /** Bytes of the file. @throws CopyChanged when it could not be kept as it was */
  read(offset: number, length: number): Promise<Buffer>;
  release(): void;
}

/** The file had to change while it was being read, as by a freeze or a dismount. */
export class CopyChanged extends Error {}

/** A download that cannot go on, with the reason. */
export class DownloadFailure extends Error {}
