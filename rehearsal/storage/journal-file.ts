/** One journal file on disk. */

import {
  closeSync,
  fdatasync,
  fsyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  unlinkSync,
  write,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { readFrame } from "./journal-record.ts";
import type { JournalFileHeader } from "./types.ts";

const writeAsync = promisify(write);
const syncAsync = promisify(fdatasync);

/** Bytes read at once when records are looked at. */
const chunkBytes = 1024 * 1024;

/** An open journal file: what of it is on disk, and what will be. */
export class JournalFile {
  readonly header: JournalFileHeader;
  readonly path: string;
  /** Bytes that survive a loss of power. */
  durableSize: number;
  /** Bytes including those that wait to be written. */
  size: number;
  private readonly descriptor: number;

  constructor(path: string, descriptor: number, header: JournalFileHeader) {
    this.path = path;
    this.descriptor = descriptor;
    this.header = header;
    this.durableSize = fstatSync(descriptor).size;
    this.size = this.durableSize;
  }

  /** Creates the file, empty.
   *  @throws Error when there is one */
  static create(path: string, header: JournalFileHeader): JournalFile {
    const descriptor = openSync(path, "wx+", 0o640);
    syncDirectory(dirname(path));
    return new JournalFile(path, descriptor, header);
  }

  read(at: number, length: number): Buffer {
    return readAt(this.descriptor, at, Math.max(0, Math.min(length, this.durableSize - at)));
  }

  /** Writes at an offset, without waiting for the disk. Writing the same again does no harm. */
  async write(at: number, bytes: Buffer): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const length = bytes.length - done;
      const { bytesWritten } = await writeAsync(this.descriptor, bytes, done, length, at + done);
      done += bytesWritten;
    }
  }

  /** Waits until what was written survives a loss of power. */
  async sync(): Promise<void> {
    await syncAsync(this.descriptor);
  }

  /** Forgets everything behind an offset. */
  cut(to: number): void {
    ftruncateSync(this.descriptor, to);
    fsyncSync(this.descriptor);
    this.durableSize = to;
    this.size = to;
  }

  close(): void {
    closeSync(this.descriptor);
  }

  remove(): void {
    this.close();
    removeFile(this.path);
  }
}

/** Removes a file so that it stays removed. */
export function removeFile(path: string): void {
  unlinkSync(path);
  syncDirectory(dirname(path));
}

/** Makes names in a directory survive a loss of power. */
export function syncDirectory(directory: string): void {
  syncFile(directory);
}

/** Makes the content of a file survive a loss of power. */
export function syncFile(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** At most `length` bytes. */
export function readAt(descriptor: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(descriptor, bytes, done, length - done, at + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

/** The bodies of the whole records between two offsets, each with the offset behind it.
 *  @returns the offset where the whole records end */
export function* framesOf(
  file: { read(at: number, length: number): Buffer },
  from: number,
  end: number,
): Generator<{ body: Buffer; after: number }, number, void> {
  let base = from;
  let wanted = 0;
  while (base < end) {
    const length = Math.min(Math.max(chunkBytes, wanted), end - base);
    const chunk = file.read(base, length);
    // Cut off by somebody else meanwhile.
    if (chunk.length < length) return base;
    let at = 0;
    let frame = readFrame(chunk, at);
    while (frame.kind === "whole") {
      at = frame.next;
      yield { body: frame.body, after: base + at };
      frame = readFrame(chunk, at);
    }
    base += at;
    if (frame.kind === "damaged" || base + frame.wanted > end) return base;
    wanted = frame.wanted;
  }
  return base;
}
