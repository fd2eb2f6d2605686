/** The border between what is stored and who uses it: positions, journal files, databases. */

/** Where in a mirror's journal history: number of the file (`#7`), and the byte offset behind the
 *  last record meant. The order of positions is the order of history. */
export interface JournalPosition {
  readonly file: number;
  readonly offset: number;
}

/** First thing in every mirror journal file; the same bytes on every member. */
export interface JournalFileHeader {
  /** Name of the file, the same on every member: `MIRROR-DEV-20251124.001`. */
  readonly name: string;
  readonly mirror: string;
  readonly mirrorGuid: string;
  /** Counts up by one from 1 over the whole history of the mirror. */
  readonly file: number;
  /** Where the file before ended: whoever holds more of it left the history there. */
  readonly previousEnd: number;
  /** Drawn anew each time a member becomes primary; a file belongs to one primary's time. */
  readonly lineage: string;
  /** Member name of the primary that began the file. */
  readonly primary: string;
  readonly createdEpochMs: number;
  /** The databases of the mirror when the file began, so that a member who never saw the older
   *  files, or purged them, still knows them all. */
  readonly catalogue: readonly CatalogueEntry[];
}

/** What whoever begins a journal file must say; the journal itself adds the rest. */
export type NewJournalFile = Omit<JournalFileHeader, "name" | "file" | "previousEnd" | "catalogue">;

/** A database the mirror has, as its journal tells. */
export interface CatalogueEntry {
  /** Mirror database name. */
  readonly database: string;
  readonly databaseGuid: string;
  /** Directory on the primary that added it, a proposal for the others. */
  readonly directory: string;
  /** True when it held data that no journal has: others need a copy, not only journals. */
  readonly hadData: boolean;
  /** Behind the record that added it: what comes later is in the journal. */
  readonly added: JournalPosition;
}

/** What one journal record says. Databases are named by their mirror database name in a mirror
 *  journal, by their directory in the instance's own journal. */
export type JournalRecord =
  | {
      readonly type: "set";
      readonly database: string;
      readonly global: string;
      readonly subscripts: readonly string[];
      readonly value: string;
      readonly transaction?: number;
      /** Value before, kept inside transactions for their rollback; absent where there was none. */
      readonly before?: string;
    }
  | {
      readonly type: "kill";
      readonly database: string;
      readonly global: string;
      readonly subscripts: readonly string[];
      /** True where only this node goes and its descendants stay: how a first `set` is undone. */
      readonly nodeOnly?: true;
      readonly transaction?: number;
      /** What was there, kept inside transactions for their rollback. */
      readonly before?: readonly {
        readonly subscripts: readonly string[];
        readonly value: string;
      }[];
    }
  | { readonly type: "begin" | "commit" | "rolledBack"; readonly transaction: number }
  | {
      readonly type: "databaseAdded";
      readonly database: string;
      readonly databaseGuid: string;
      /** Directory on the primary, a proposal for the others. */
      readonly directory: string;
      /** True when it held data that no journal has: others need a copy, not only journals. */
      readonly hadData: boolean;
    }
  | { readonly type: "databaseRemoved"; readonly database: string };

/** The mirror journal of one instance: append on the primary, received bytes elsewhere. */
export interface MirrorJournal {
  readonly header: JournalFileHeader | undefined;
  /** End of what was appended or received, still partly in the buffer; a sender goes on here. It
   *  may lie inside a record whose rest was not received yet. File 0 where there is none. */
  readonly end: JournalPosition;
  /** End of what is on disk and survives a loss of power; never inside a record. */
  readonly durable: JournalPosition;
  /** Oldest position that is still there. */
  readonly oldest: JournalPosition;
  /** The databases of the mirror as told up to `end`. */
  readonly catalogue: readonly CatalogueEntry[];
  /** Primary only. The record is in the buffer afterwards, not yet on disk. */
  append(record: JournalRecord): JournalPosition;
  /** Writes the buffer and syncs it; resolves with the new durable end. */
  flush(): Promise<JournalPosition>;
  /** Begins the next file (on becoming primary: with a new lineage). */
  beginFile(header: NewJournalFile): JournalPosition;
  /** Bytes as another member sent them; `at` must be `end` or `durable` (what came behind it is
   *  then forgotten). Bytes at offset 0 of the next file begin it; where there is no file yet, the
   *  first may have any number.
   *  @throws JournalGap when they do not continue what is here */
  receive(at: JournalPosition, bytes: Uint8Array): void;
  /** At most `limit` raw bytes that follow `from`, only durable ones, so that nobody is ever ahead
   *  of the primary's own disk; empty at the end; moves on to the next file.
   *  @throws JournalMissing when that file is not here (any more) */
  read(from: JournalPosition, limit: number): { at: JournalPosition; bytes: Uint8Array };
  /** Durable records that follow `from` (which lies between records), each with the position
   *  behind it.
   *  @throws JournalMissing when that file is not here (any more) */
  records(from: JournalPosition): Iterable<{ after: JournalPosition; record: JournalRecord }>;
  headers(): readonly JournalFileHeader[];
  /** Forgets everything behind `to`: this member left the history there. */
  truncate(to: JournalPosition): void;
  close(): void;
}

/** How far a mirrored copy is: stored inside its IRIS.DAT, in one commit with the data. */
export interface MirrorLabel {
  readonly mirror: string;
  readonly mirrorGuid: string;
  readonly database: string;
  readonly databaseGuid: string;
  readonly activated: boolean;
  readonly caughtUp: boolean;
  /** Everything up to here is in the file. */
  readonly position: JournalPosition;
  /** The copy may become the primary's (false: read-write reporting). */
  readonly failoverDatabase: boolean;
  /** True for an empty file in the place of a copy that another member has to send. */
  readonly needsDownload?: boolean | undefined;
}

/** What mirroring lets the instance do with mirrored databases right now. */
export type MirrorAccess =
  /** Not decided, or another member is primary: a write gives `<PROTECT>`. */
  | { readonly kind: "readOnly" }
  /** This member is primary. `acknowledge` resolves when what is durable here up to `position`
   *  may be called safe (the active backup has it, or there is none); until then no copy of the
   *  data goes into a database file and no synchronous commit returns. */
  | {
      readonly kind: "primary";
      acknowledge(position: JournalPosition): Promise<void>;
    };

/** The part of the instance's store that mirroring drives. */
export interface MirroredStore {
  /** The mirror's journal; opened when the instance becomes or is a member. */
  openJournal(mirror: string, mirrorGuid: string): MirrorJournal;
  readonly journal: MirrorJournal | undefined;
  readonly access: MirrorAccess;
  /** `isHalted` while the member is inconsistent with the mirror: nothing is dejournaled. */
  readonly copies: { isHalted: boolean };
  /** Takes effect before it resolves: a journal cycle on its way ends first. */
  setAccess(access: MirrorAccess): Promise<void>;
  /** Applies the journal up to its end to every activated, caught-up copy (dejournaling). */
  dejournal(): Promise<void>;
  /** Lowest position of the mirrored copies here: data before it needs no journal any more. */
  readonly dejournaled: JournalPosition | undefined;
  /** Undoes transactions that were open when the former primary ended; writes what it undid into
   *  the journal. Called by a new primary before anybody else may write. */
  rollbackOpenTransactions(): Promise<void>;
  /** Copies whose data goes beyond `position`: they left the history and must be rebuilt. */
  copiesBeyond(position: JournalPosition): readonly string[];
}
