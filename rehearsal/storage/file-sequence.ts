/** The files of one journal, oldest first, numbered without gaps. */

import { JournalDamaged, JournalGap, JournalMissing } from "./journal-errors.ts";
import { framesOf, type JournalFile } from "./journal-file.ts";
import { decodeRecord, isHeader } from "./journal-record.ts";
import { comparePositions, startOfHistory } from "./position.ts";
import type { JournalPosition, JournalRecord } from "./types.ts";

/** Files in order, and what is durable in them. */
export class FileSequence {
  private readonly files: JournalFile[];

  constructor(files: readonly JournalFile[]) {
    this.files = [...files];
  }

  get all(): readonly JournalFile[] {
    return this.files;
  }

  get last(): JournalFile | undefined {
    return this.files.at(-1);
  }

  /** End of the last whole record. */
  get end(): JournalPosition {
    return this.last === undefined
      ? startOfHistory
      : { file: this.last.header.file, offset: this.last.size };
  }

  /** End of what survives a loss of power. */
  get durable(): JournalPosition {
    const file = this.files.findLast((candidate) => candidate.durableSize > 0);
    return file === undefined
      ? startOfHistory
      : { file: file.header.file, offset: file.durableSize };
  }

  get oldest(): JournalPosition {
    const first = this.files[0];
    return first === undefined ? startOfHistory : { file: first.header.file, offset: 0 };
  }

  push(file: JournalFile): void {
    this.files.push(file);
  }

  byNumber(number: number): JournalFile | undefined {
    const first = this.files[0];
    return first === undefined ? undefined : this.files[number - first.header.file];
  }

  /** True when everything behind a position is still here. */
  reaches(from: JournalPosition): boolean {
    const first = this.files[0];
    if (first === undefined || from.file >= first.header.file) return first !== undefined;
    return from.file + 1 === first.header.file && from.offset === first.header.previousEnd;
  }

  /** True when a position lies in this history and everything behind it is here. */
  contains(position: JournalPosition): boolean {
    const file = this.byNumber(position.file);
    if (file === undefined) return position.file < this.end.file && this.reaches(position);
    return position.offset <= file.size;
  }

  /** The file that holds what follows a position; `undefined` at the end.
   *  @throws JournalMissing when it is not here, JournalGap when the position lies in no file */
  after(from: JournalPosition): JournalFile | undefined {
    const file = this.byNumber(from.file);
    if (file !== undefined) {
      if (from.offset < file.durableSize) return file;
      const next = this.byNumber(from.file + 1);
      if (next !== undefined && from.offset > file.durableSize) {
        throw new JournalGap(from, `that file ended at ${file.durableSize}`);
      }
      return next !== undefined && next.durableSize > 0 ? next : undefined;
    }
    const first = this.files[0];
    if (first === undefined || from.file > this.end.file) return undefined;
    if (!this.reaches(from)) throw new JournalMissing(from.file === 0 ? 1 : from.file);
    return first.durableSize > 0 ? first : undefined;
  }

  /** At most `limit` durable bytes that follow a position. */
  read(from: JournalPosition, limit: number): { at: JournalPosition; bytes: Uint8Array } {
    const file = this.after(from);
    if (file === undefined) return { at: from, bytes: Buffer.alloc(0) };
    const offset = file.header.file === from.file ? from.offset : 0;
    return { at: { file: file.header.file, offset }, bytes: file.read(offset, limit) };
  }

  /** The durable records behind a position, each with the position behind it. */
  *records(
    from: JournalPosition,
  ): Generator<{ after: JournalPosition; record: JournalRecord }, void, void> {
    let position = from;
    for (let file = this.after(position); file !== undefined; file = this.after(position)) {
      const number = file.header.file;
      const end = file.durableSize;
      const frames = framesOf(file, number === position.file ? position.offset : 0, end);
      let next = frames.next();
      for (; next.done !== true; next = frames.next()) {
        const { body, after } = next.value;
        if (isHeader(body)) continue;
        yield { after: { file: number, offset: after }, record: decodeRecord(body, file.path) };
      }
      if (next.value < end) throw new JournalDamaged(file.path, `at offset ${next.value}`);
      position = { file: number, offset: end };
    }
  }

  /** Removes what lies behind a position, from the disk too. */
  truncate(to: JournalPosition): void {
    for (let last = this.last; last !== undefined; last = this.last) {
      const isWhollyBehind = last.header.file > to.file || to.offset === 0;
      if (last.durableSize > 0 && (last.header.file < to.file || !isWhollyBehind)) break;
      this.files.pop()?.remove();
    }
    const { last } = this;
    const wanted = last?.header.file === to.file ? to.offset : Infinity;
    last?.cut(Math.min(wanted, last.durableSize));
  }

  /** Removes the files that lie wholly before a position; the newest always stays.
   *  @returns paths of what was removed */
  purge(before: JournalPosition): string[] {
    const removed: string[] = [];
    for (;;) {
      const [first, second] = this.files;
      if (first === undefined || second === undefined || second.durableSize === 0) return removed;
      const end = { file: first.header.file, offset: second.header.previousEnd };
      if (comparePositions(end, before) > 0) return removed;
      this.files.shift()?.remove();
      removed.push(first.path);
    }
  }

  close(): void {
    for (const file of this.files) file.close();
    this.files.length = 0;
  }
}
