/** Which log belongs to which IRIS.DAT. SQLite applies whatever log lies beside a file, also to one
 *  that somebody copied over another. So each state of a file that a log may go on from, its base,
 *  has a number: inside the file, where only a checkpoint changes it, and beside it in iris.lck. A
 *  log is applied when the file is of a base that iris.lck names, and never otherwise.
 *  Assumed: that a copy of a mounted file is refused; the documentation says dismount or freeze. */

import { randomInt } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { readAt, syncDirectory } from "./journal-file.ts";

/** A state of a file. */
export interface Base {
  /** 1 … 2³¹ − 1, drawn anew for each; 0 in a file an older version of this engine left. */
  readonly id: number;
  /** False while a mounted database may change the file: a copy of it may be of two moments. */
  readonly isWhole: boolean;
}

/** A number for the next base. */
export const newBaseId = (): number => randomInt(1, 2 ** 31);

/** Writes a base into a file; the header of SQLite has room for two numbers of the application. */
export const baseStatements = ({ id, isWhole }: Base): string =>
  `pragma user_version = ${id}; pragma application_id = ${isWhole ? 0 : 1}`;

/** Source of these: the file format of SQLite. */
const headerBytes = 100;
const magic = "SQLite format 3\0";
const userVersionAt = 60;
const applicationIdAt = 68;

/** The base of a file nobody has open, as it is without its log.
 *  @returns `undefined` when it is no database */
export function readBase(path: string): Base | undefined {
  const descriptor = openSync(path, "r");
  try {
    const header = readAt(descriptor, 0, headerBytes);
    if (header.length < headerBytes) return undefined;
    if (header.toString("latin1", 0, magic.length) !== magic) return undefined;
    const isWhole = header.readInt32BE(applicationIdAt) === 0;
    return { id: header.readInt32BE(userVersionAt), isWhole };
  } finally {
    closeSync(descriptor);
  }
}

/** What happens to the log beside a file that is to be mounted. `apply`: the file was mounted here
 *  and not dismounted. `drop`: it is a whole file from elsewhere or before, the log is not its.
 *  `refuse`: it lacks a log that is not here. */
export function fateOfLog(base: Base, mountedHere: readonly number[]): "apply" | "drop" | "refuse" {
  if (mountedHere.includes(base.id)) return "apply";
  return base.isWhole ? "drop" : "refuse";
}

const lockText = /^([0-9a-f]{8}) ([0-9a-f]{8})\n$/;
/** Older versions wrote the number of the process; their files have no base. */
const olderLockText = /^\d+\n$/;

/** iris.lck beside a mounted database. That it is there says "in use, do not move" (Source: GSA);
 *  what stands in it is this engine's own: the base of the file, and the one that takes its place,
 *  between the two of which a kill leaves it open which one the file has. */
export class LockFile {
  private readonly path: string;

  constructor(directory: string) {
    this.path = `${directory}iris.lck`;
  }

  /** The bases the file of the mounting that left this may have; empty without one. */
  read(): readonly number[] {
    if (!existsSync(this.path)) return [];
    const text = readFileSync(this.path, "utf8");
    if (olderLockText.test(text)) return [0];
    return [...(lockText.exec(text) ?? [])].slice(1).map((id) => Number.parseInt(id, 16));
  }

  /** Survives a loss of power. Written over in place: at no moment is it empty. */
  write(current: number, next: number): void {
    const isNew = !existsSync(this.path);
    const text = [current, next].map((id) => id.toString(16).padStart(8, "0")).join(" ");
    const descriptor = openSync(this.path, constants.O_RDWR | constants.O_CREAT, 0o640);
    try {
      ftruncateSync(descriptor, writeSync(descriptor, `${text}\n`, 0));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (isNew) syncDirectory(this.path.slice(0, this.path.lastIndexOf("/")));
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** Bytes of the log beside a file. */
export const logBytes = (path: string): number =>
  statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;

/** A log that is kept from SQLite while a file is opened that it does not belong to. */
export class LogAside {
  /** 0 when there was none. */
  readonly bytes: number;
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
    this.bytes = logBytes(path);
    if (this.bytes > 0) renameSync(`${path}-wal`, this.name);
  }

  private get name(): string {
    return `${this.path}-wal.aside`;
  }

  /** The file could not be mounted, perhaps because another process has it open. */
  putBack(): void {
    if (this.bytes > 0) renameSync(this.name, `${this.path}-wal`);
  }

  /** The file is mounted; without the file it belonged to, the log is of no use to anybody. */
  remove(): void {
    rmSync(this.name, { force: true });
  }
}
