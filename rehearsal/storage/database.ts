/** One IRIS.DAT: a SQLite file with the nodes of its globals and its label. One write transaction
 *  is open between two journal cycles; only the end of a cycle commits it. */

import { closeSync, existsSync, fstatSync, openSync, read, renameSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { DatabaseFile, databaseFileName, pageBytes, sqliteCode } from "./database-file.ts";
import { comparePositions } from "./position.ts";
import { labelRows, labelTable, type Label, type Mark } from "./label.ts";
import { baseStatements, newBaseId } from "./mounting.ts";
import { NodeTable, nodeTable } from "./node-table.ts";
import { syncDirectory, syncFile } from "./journal-file.ts";
import { StatusError } from "./status-error.ts";

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
  private readonly file: DatabaseFile;
  private readonly sqlite: DatabaseSync;
  private known: Label;
  private committed: Label;
  private isOpen = false;
  private descriptor: number | undefined;

  private constructor(directory: string, file: DatabaseFile) {
    openedFiles += 1;
    this.serial = openedFiles;
    this.directory = directory;
    this.file = file;
    this.sqlite = file.sqlite;
    this.known = file.label;
    this.committed = this.known;
    this.nodes = new NodeTable(this.sqlite);
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
    sqlite.exec(baseStatements({ id: newBaseId(), isWhole: true }));
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
   *  @throws StatusError 350, 314 as `DatabaseFile.open` */
  static open(directory: string): Database {
    return new Database(directory, DatabaseFile.open(directory));
  }

  /** Bytes of a log that lay beside the file when it was opened, and belonged to another one. */
  get removedLogBytes(): number {
    return this.file.removedLogBytes;
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
    this.file.committed();
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

  /** Writes everything committed into the one file. */
  checkpoint(): void {
    this.file.checkpoint();
  }

  /** From now on until `thaw` the file stays as it is and may be copied. */
  freeze(): void {
    this.file.freeze();
  }

  thaw(): void {
    this.file.thaw();
  }

  /** Counts how often the file itself was written: bytes read from it belong together as long as
   *  this stays. */
  get rewrites(): number {
    return this.file.rewrites;
  }

  /** The file itself, without the log beside it. It stays open as long as the database: closing
   *  any descriptor of a file gives up all locks that this process has on it. */
  private get ownDescriptor(): number {
    this.descriptor ??= openSync(`${this.directory}${databaseFileName}`, "r");
    return this.descriptor;
  }

  /** Bytes of the file itself. */
  get fileBytes(): number {
    return fstatSync(this.ownDescriptor).size;
  }

  /** Reads from the file itself; nobody waits meanwhile. Fewer bytes at its end. */
  async readFile(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await readAsync(this.ownDescriptor, buffer, 0, length, offset);
    return buffer.subarray(0, bytesRead);
  }

  /** Closes: afterwards the database is one complete file. */
  close(): void {
    this.file.close();
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}

/** True for an error of SQLite with this primary result code. */
export function isSqliteError(error: unknown, code: number): boolean {
  return sqliteCode(error) === code;
}
