/** An IRIS.DAT that is open: SQLite's connection to it, its log, and when the log becomes part of
 *  the file. */

import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { readLabel, type Label } from "./label.ts";
import {
  baseStatements,
  fateOfLog,
  LockFile,
  LogAside,
  logBytes,
  newBaseId,
  readBase,
} from "./mounting.ts";
import { StatusError } from "./status-error.ts";

/** Name of the file in its directory. */
export const databaseFileName = "IRIS.DAT";

/** Pages of a file. Source: GSA, block size 8 KB. */
export const pageBytes = 8192;
/** Cached pages of one file, in KiB. */
const cacheKib = 8000;
/** Changed pages beyond this many are written to the log before their commit: bounds memory. */
const spillPages = 16384;
/** A log of this length is written into the file by the commit that made it so long. */
const checkpointBytes = 1000 * pageBytes;

/** Why a file cannot be opened, by SQLite's primary result code. */
const reasons: ReadonlyMap<number, string> = new Map([
  [5, "it is in use by another process"],
  // It has fewer pages than it says it has, or pages that are none.
  [11, "the file is not whole: a copy that was cut off or was made while it was written to"],
]);
const notDismounted =
  "it was not dismounted, and is not the file that was mounted here: " +
  "only the file of a dismounted or frozen database is a copy";

/** What is known of a file before SQLite sees it. */
interface Prepared {
  readonly path: string;
  readonly lock: LockFile;
  readonly base: number;
  readonly aside: LogAside | undefined;
}

/** The open file. */
export class DatabaseFile {
  readonly sqlite: DatabaseSync;
  /** As it was when the file was opened. */
  readonly label: Label;
  /** Bytes of a log that lay beside the file when it was opened, and belonged to another one. */
  readonly removedLogBytes: number;
  /** Counts how often the file was written. */
  rewrites = 0;
  private readonly path: string;
  private readonly lock: LockFile;
  /** What the file is without its log, and what it becomes with the checkpoint that was begun. */
  private base: number;
  private nextBase: number | undefined;
  /** True when the log holds commits. */
  private hasLog = false;
  private isFrozen = false;
  /** True from a freeze to the first commit behind it: copies of the file may have been taken. */
  private isWhole = false;

  private constructor(sqlite: DatabaseSync, { path, lock, base, aside }: Prepared) {
    this.sqlite = sqlite;
    this.label = readLabel(sqlite, path);
    this.removedLogBytes = aside?.bytes ?? 0;
    this.path = path;
    this.lock = lock;
    this.base = base;
  }

  /** Opens a file for this process alone. A log beside it is applied when it is its own.
   *  @throws StatusError 350 when another process has it open or it is a copy of a mounted file,
   *    314 when it is no database; nothing is changed then */
  static open(directory: string): DatabaseFile {
    const prepared = prepare(directory);
    const { path, aside } = prepared;
    const sqlite = new DatabaseSync(path);
    let file: DatabaseFile;
    try {
      // Exclusive: two instances on one directory would destroy each other's data.
      sqlite.exec(
        `pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = normal;
         pragma cache_size = -${cacheKib}; pragma cache_spill = ${spillPages};
         pragma wal_autocheckpoint = 0; begin immediate; commit`,
      );
      file = new DatabaseFile(sqlite, prepared);
    } catch (cause) {
      sqlite.close();
      aside?.putBack();
      throw asStatusError(cause, path);
    }
    aside?.remove();
    try {
      file.rebase(false);
    } catch (cause) {
      sqlite.close();
      throw asStatusError(cause, path);
    }
    return file;
  }

  /** To be called after each commit: writes a log that has become long into the file. */
  committed(): void {
    this.hasLog = true;
    if (this.isFrozen) return;
    // A copy taken of a frozen file ends here to be its base.
    if (!this.isWhole && logBytes(this.path) < checkpointBytes) return;
    try {
      this.rebase(false);
    } catch {
      // What was committed stays so. The log goes on growing until the file takes something again;
      // what keeps the disk from it, the next commit meets too.
    }
  }

  /** Writes everything committed into the one file. */
  checkpoint(): void {
    if (this.hasLog) this.rebase(false);
  }

  /** Writes everything committed into the one file, which may be copied from now on: until `thaw`
   *  commits go to the log beside it and the file stays as it is. */
  freeze(): void {
    this.rebase(true);
    this.isFrozen = true;
  }

  /** The file may change again, and does with the next commit. */
  thaw(): void {
    this.isFrozen = false;
  }

  /** The log becomes part of the file, which thereby is another base. In this order a kill at any
   *  moment leaves a file whose base is one of the two in iris.lck: SQLite writes the page with the
   *  number first of all, and empties the log last. Nothing is uncommitted.
   *  @param isWhole true when the file does not change any more */
  private rebase(isWhole: boolean): void {
    // One that was begun and failed may have reached the file.
    this.nextBase ??= newBaseId();
    this.rewrites += 1;
    this.lock.write(this.base, this.nextBase);
    // Fails inside of a transaction, which is somebody else's.
    this.sqlite.exec("begin immediate");
    try {
      this.sqlite.exec(`${baseStatements({ id: this.nextBase, isWhole })}; commit`);
    } catch (error) {
      if (this.sqlite.isTransaction) this.sqlite.exec("rollback");
      throw error;
    }
    const result = this.sqlite.prepare("pragma wal_checkpoint(truncate)").get();
    if (result?.["busy"] !== 0) throw new Error(`${this.path} is read while its log is written`);
    this.base = this.nextBase;
    this.nextBase = undefined;
    this.isWhole = isWhole;
    this.hasLog = false;
    this.lock.write(this.base, this.base);
  }

  /** Closes: afterwards the database is one complete file, or as gone as somebody made it. */
  close(): void {
    if (existsSync(this.path)) this.rebase(true);
    this.sqlite.close();
    this.lock.remove();
  }
}

function prepare(directory: string): Prepared {
  const path = `${directory}${databaseFileName}`;
  if (!existsSync(path)) throw new StatusError(350, path, "it does not exist");
  const base = readBase(path);
  if (base === undefined) throw new StatusError(314, path);
  const lock = new LockFile(directory);
  const fate = fateOfLog(base, lock.read());
  if (fate === "refuse") throw new StatusError(350, path, notDismounted);
  return { path, lock, base: base.id, aside: fate === "drop" ? new LogAside(path) : undefined };
}

function asStatusError(cause: unknown, path: string): StatusError {
  if (cause instanceof StatusError) return cause;
  const code = sqliteCode(cause);
  const reason = reasons.get(code) ?? String(cause);
  return Object.assign(new StatusError(code === 26 ? 314 : 350, path, reason), { cause });
}

/** Primary result code of an error of SQLite; -1 for any other error. */
export function sqliteCode(error: unknown): number {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : -1;
}
