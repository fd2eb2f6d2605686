/** Who may write where, and into which journal it goes. */

import { ObjectScriptError } from "../objectscript/errors.ts";
import type { Database } from "./database.ts";
import { isJournaled, isReadOnly, largestBytes } from "./database-properties.ts";
import { pageBytes } from "./database-file.ts";
import type { JournalStream } from "./journal-stream.ts";

/** Where the records of a change go. */
export interface Destination {
  readonly stream: JournalStream;
  /** Name of the database in that journal; `undefined` when plain changes are not journaled. */
  readonly journaledAs: string | undefined;
  /** The same inside a transaction; `undefined` for IRISTEMP, which is never rolled back.
   *  Source: GCDI_journal_overview. */
  readonly inTransaction: string | undefined;
}

/** Decides for mirrored databases. */
export interface MirrorWriting {
  /** The journal of a mirrored database, and its name there.
   *  @returns undefined when it must not be written to */
  destination(database: Database): { stream: JournalStream; name: string } | undefined;
}

/** Decides where a change of a database goes. */
export class Writers {
  private readonly own: JournalStream;
  private readonly mirror: MirrorWriting;
  private readonly isTemporary: (database: Database) => boolean;

  constructor(
    own: JournalStream,
    mirror: MirrorWriting,
    isTemporary: (database: Database) => boolean,
  ) {
    this.own = own;
    this.mirror = mirror;
    this.isTemporary = isTemporary;
  }

  /** Where changes go, if they are allowed now. */
  find(database: Database): Destination | undefined {
    if (isReadOnly(database.label.properties)) return undefined;
    if (database.label.mirror !== undefined) {
      const mirrored = this.mirror.destination(database);
      if (mirrored === undefined) return undefined;
      const { stream, name } = mirrored;
      return { stream, journaledAs: name, inTransaction: name };
    }
    if (this.isTemporary(database)) {
      return { stream: this.own, journaledAs: undefined, inTransaction: undefined };
    }
    const name = database.directory;
    const journaledAs = isJournaled(database.label.properties) ? name : undefined;
    return { stream: this.own, journaledAs, inTransaction: name };
  }

  /** Where changes of a global go.
   *  @throws ObjectScriptError `<PROTECT>`, `<FILEFULL>` */
  require(database: Database, global: string): Destination {
    const destination = this.find(database);
    if (destination === undefined) throw protectError(database, global);
    return destination;
  }
}

/** `<PROTECT> ^x,/dir/`. Source: RCOS, $ZERROR (global and directory). */
export function protectError(database: Database, global: string): ObjectScriptError {
  return new ObjectScriptError("<PROTECT>", `^${global},${database.directory}`);
}

/** Refuses a change that would make a database larger than its maximum.
 *  Assumed: space freed inside the file may be used again before the limit counts. */
export function checkRoom(database: Database): void {
  const limit = largestBytes(database.label.properties);
  if (limit === undefined) return;
  if (database.size + pageBytes > limit && database.freeBytes < 4 * pageBytes) {
    throw new ObjectScriptError("<FILEFULL>");
  }
}
