/** One IRIS.DAT: a SQLite file with the nodes of its globals and its label. One write transaction
 *  is open between two journal cycles; only the end of a cycle commits it. */

import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  read,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { comparePositions } from "./position.ts";
import { labelRows, labelTable, readLabel, type Label, type Mark } from "./label.ts";
import { NodeTable, nodeTable } from "./node-table.ts";
import { syncDirectory, syncFile } from "./journal-file.ts";
import { StatusError } from "./status-error.ts";

/** Name of the file in its directory. */
export const databaseFileName = "IRIS.DAT";
/** Says "in use, do not move". Source: GSA. */
const lockFileName = "iris.lck";

/** Pages of a file. Source: GSA, block size 8 KB. */
export const pageBytes = 8192;
/** Cached pages of one file, in KiB. */
const cacheKib = 8000;
/** Changed pages beyond this many are written to the log before their commit: bounds memory. */
const spillPages = 16384;
/** Pages in the write-ahead log that make a commit write them into the file. */
const checkpointPages = 1000;

/** Why a file cannot be opened, by SQLite's primary result code. */
const reasons: ReadonlyMap<number, string> = new Map([
  [5, "it is in use by another process"],
  // It has fewer pages than it says it has, or pages that are none.
  [11, "the file is not whole: a copy that was cut off or was made while it was written to"],
]);

/** The journals a database can be changed by. */
export type Journaled = "own" | "mirrored";

const readAsync = promisify(read);

let openedFiles = 0;

/** An open database file. */
export class Database {
  /** Different each time a file is opened: with `codeChanges` the key of compiled code. */
  readonly serial: number;
  /** With closing slash. */
  readonly directory: string;
  readonly nodes: NodeTable;
  /** True when SQLite itself gave up the open transaction: its work must be done again. */
  hasLostWork = false;
  /** Counts changes of stored code: key of what was compiled from it. */
  codeChanges = 0;
  /** Counts when the file itself may have been written while checkpoints were held: bytes read from
   *  it belong together as long as this stays. */
  rewrites = 0;
  private readonly sqlite: DatabaseSync;
  private known: Label;
  private committed: Label;
  private isOpen = false;
  private descriptor: number | undefined;

  private constructor(directory: string, sqlite: DatabaseSync) {
    openedFiles += 1;
    this.serial = openedFiles;
    this.directory = directory;
    this.sqlite = sqlite;
    this.known = readLabel(sqlite, `${directory}${databaseFileName}`);
    this.committed = this.known;
    this.nodes = new NodeTable(sqlite);
  }

  /** Creates an empty database; the directory must exist. Either all of it is there afterwards, or
   *  nothing.
   *  @throws StatusError 20 when there is one */
  static create(directory: string, label: Label): void {
    const path = `${directory}${databaseFileName}`;
    if (existsSync(path)) throw new StatusError(20);
    const unfinished = `${path}.new`;
    rmSync(unfinished, { force: true });
    const sqlite = new DatabaseSync(unfinished);
    // Nothing is synced on the way: the file counts only from its new name on.
    sqlite.exec(`pragma page_size = ${pageBytes}; pragma synchronous = off; begin`);
    sqlite.exec(`${labelTable}; ${nodeTable}`);
    const insert = sqlite.prepare("insert into label values (?, ?)");
    for (const [name, value] of labelRows(label)) insert.run(name, value);
    sqlite.exec("commit; pragma journal_mode = wal");
    sqlite.close();
    syncFile(unfinished);
    renameSync(unfinished, path);
    syncDirectory(directory);
  }

  /** Opens a database for this process alone.
   *  @throws StatusError 350 when another process has it open, 314 when it is no database */
  static open(directory: string): Database {
    const path = `${directory}${databaseFileName}`;
    if (!existsSync(path)) throw new StatusError(350, path, "it does not exist");
    const sqlite = new DatabaseSync(path);
    try {
      // Exclusive: two instances on one directory would destroy each other's data.
      sqlite.exec(
        `pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = normal;
         pragma cache_size = -${cacheKib}; pragma cache_spill = ${spillPages};
         pragma wal_autocheckpoint = ${checkpointPages}; begin immediate; commit`,
      );
      const database = new Database(directory, sqlite);
      writeFileSync(`${directory}${lockFileName}`, `${process.pid}\n`);
      return database;
    } catch (cause) {
      sqlite.close();
      if (cause instanceof StatusError) throw cause;
      const reason = reasons.get(sqliteCode(cause)) ?? String(cause);
      const number = isSqliteError(cause, 26) ? 314 : 350;
      throw Object.assign(new StatusError(number, path, reason), { cause });
    }
  }

  get label(): Label {
    return this.known;
  }

  /** True when something was changed that is not committed. */
  get isDirty(): boolean {
    return this.isOpen;
  }

  /** What a crash would leave. */
  committedMark(journal: Journaled): Mark | undefined {
    return this.committed[journal];
  }

  /** Called before every change. Never outside of a transaction, also when SQLite ended one. */
  beginChange(): void {
    this.noticeLoss();
    if (this.sqlite.isTransaction) return;
    this.sqlite.exec("begin immediate");
    this.isOpen = true;
  }

  /** Changes the label; durable with the next commit. */
  relabel(change: Partial<Label>): void {
    this.known = { ...this.known, ...change };
  }

  /** Notes how far the data goes; durable with the next commit. */
  mark(journal: Journaled, mark: Mark): void {
    this.known = { ...this.known, [journal]: mark };
  }

  /** How far the committed mark lies behind the known one: bytes, or infinite over files. */
  lag(journal: Journaled): number {
    const known = this.known[journal]?.position;
    const committed = this.committed[journal]?.position;
    if (known === undefined || committed === undefined) return known === committed ? 0 : Infinity;
    return known.file === committed.file ? comparePositions(known, committed) : Infinity;
  }

  /** Commits changes and label together.
   *  @throws Error of SQLite; the work of the open transaction may then be lost, and nothing is
   *    committed until it was taken back */
  commit(): void {
    if (this.hasLostWork) throw new Error(`Work in ${this.directory} was lost and is not redone`);
    if (this.known !== this.committed) this.writeLabel();
    if (!this.isOpen) return;
    this.run("commit");
    this.isOpen = false;
    this.committed = this.known;
  }

  private writeLabel(): void {
    const before = new Map(labelRows(this.committed));
    this.change(() => {
      const update = this.sqlite.prepare("update label set value = ? where name = ?");
      for (const [name, value] of labelRows(this.known)) {
        if (before.get(name) !== value) update.run(value, name);
      }
    });
  }

  /** Takes back everything since the last commit, the label too. */
  rollback(): void {
    if (this.sqlite.isTransaction) this.sqlite.exec("rollback");
    this.isOpen = false;
    this.hasLostWork = false;
    this.known = this.committed;
  }

  /** Runs a change; notices when SQLite ended the transaction because of an error. */
  change(action: () => void): void {
    this.beginChange();
    try {
      action();
    } catch (error) {
      this.noticeLoss();
      throw error;
    }
  }

  private run(statement: string): void {
    try {
      this.sqlite.exec(statement);
    } catch (error) {
      this.noticeLoss();
      throw error;
    }
  }

  private noticeLoss(): void {
    if (this.isOpen && !this.sqlite.isTransaction) this.hasLostWork = true;
  }

  /** Size of the file in bytes, pages not yet written into it included. */
  get size(): number {
    return this.pragma("page_count") * pageBytes;
  }

  /** Bytes inside the file that hold nothing. */
  get freeBytes(): number {
    return this.pragma("freelist_count") * pageBytes;
  }

  private pragma(name: "page_count" | "freelist_count"): number {
    return Number(this.sqlite.prepare(`pragma ${name}`).get()?.[name] ?? 0);
  }

  /** Writes everything committed into the one file.
   *  @returns false when a part had to stay in the log beside it */
  checkpoint(): boolean {
    this.rewrites += 1;
    return this.sqlite.prepare("pragma wal_checkpoint(truncate)").get()?.["busy"] === 0;
  }

  /** While held, commits go to the log beside the file and the file itself stays as it is. */
  holdCheckpoints(isHeld: boolean): void {
    if (!isHeld) this.rewrites += 1;
    this.sqlite.exec(`pragma wal_autocheckpoint = ${isHeld ? 0 : checkpointPages}`);
  }

  /** The file itself, without the log beside it. It stays open as long as the database: closing
   *  any descriptor of a file gives up all locks that this process has on it. */
  private get file(): number {
    this.descriptor ??= openSync(`${this.directory}${databaseFileName}`, "r");
    return this.descriptor;
  }

  /** Bytes of the file itself. */
  get fileBytes(): number {
    return fstatSync(this.file).size;
  }

  /** Reads from the file itself; nobody waits meanwhile. Fewer bytes at its end. */
  async readFile(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await readAsync(this.file, buffer, 0, length, offset);
    return buffer.subarray(0, bytesRead);
  }

  /** Closes: afterwards the database is one complete file. */
  close(): void {
    this.checkpoint();
    this.sqlite.close();
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
    rmSync(`${this.directory}${lockFileName}`, { force: true });
  }
}

/** Primary result code of an error of SQLite; -1 for any other error. */
function sqliteCode(error: unknown): number {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : -1;
}

/** True for an error of SQLite with this primary result code. */
export function isSqliteError(error: unknown, code: number): boolean {
  return sqliteCode(error) === code;
}
