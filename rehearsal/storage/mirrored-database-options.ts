/** What the operations on mirrored databases take and give. */

import type { DatabaseProperties } from "./database-properties.ts";
import type { Databases } from "./databases.ts";
import type { DatabaseDownloads } from "./downloads.ts";
import type { JournalStream } from "./journal-stream.ts";
import type { Mirroring } from "./mirroring.ts";
import type { Mutex } from "./mutex.ts";
import type { StatusError } from "./status-error.ts";

/** What the operations need from the store. */
export interface MirroredDatabasesSurroundings {
  readonly mirroring: Mirroring;
  readonly databases: Databases;
  readonly mutex: Mutex;
  readonly downloads: Pick<DatabaseDownloads, "sources">;
  readonly own: JournalStream;
  readonly newGuid: () => string;
  /** True for databases of the system, which are never mirrored. */
  isSystem(directory: string): boolean;
}

/** Choices for a new mirrored database. */
export interface NewMirroredDatabase {
  /** Existing directory. */
  readonly directory: string;
  /** Name in the mirror. */
  readonly name: string;
  readonly properties?: DatabaseProperties;
  /** False on a read-write reporting async: it may be written to, and never becomes the primary's.
   *  @default true */
  readonly failoverDatabase?: boolean;
}

/** Why a copy could not be caught up. */
export interface CatchUpFailure {
  readonly directory: string;
  readonly error: StatusError;
}
