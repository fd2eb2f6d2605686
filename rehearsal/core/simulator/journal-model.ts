/** A mirror journal as numbers: each record is one unit long, a file's header too. Behind each unit
 *  stands a hash of everything before, so that "is a prefix of" is one comparison. */

import type { FileMark, History } from "../history.ts";
import { comparePositions, type JournalPosition } from "../position.ts";
import { chained, chainedText } from "./random.ts";

interface ModelFile {
  readonly mark: FileMark;
  readonly records: number[];
  /** `hashes[n]`: hash of the history up to offset n + 1. */
  readonly hashes: number[];
}

/** A stretch of journal on its way to another member. */
export interface Stretch {
  readonly file: number;
  /** Set when it begins the file. */
  readonly mark: FileMark | undefined;
  /** Offset of the first record in it. */
  readonly from: number;
  readonly records: readonly number[];
}

const emptyHash = 1;

/** One member's journal: a disk and a buffer. */
export class ModelJournal {
  private files: ModelFile[] = [];
  private synced: JournalPosition = { file: 0, offset: 0 };

  get end(): JournalPosition {
    const last = this.files.at(-1);
    return last === undefined
      ? { file: 0, offset: 0 }
      : { file: last.mark.file, offset: last.hashes.length };
  }

  get durable(): JournalPosition {
    return this.synced;
  }

  /** What the other members are told of it. */
  history(): History {
    const { synced } = this;
    const files = this.files.filter(({ mark }) => mark.file <= synced.file);
    return { files: files.map(({ mark }) => mark), end: synced };
  }

  /** The primary begins a file. */
  beginFile(lineage: string, primary: string): void {
    const { file, offset } = this.end;
    this.add({ file: file + 1, lineage, previousEnd: offset, primary });
  }

  private add(mark: FileMark): void {
    const hash = chainedText(this.hashAt(this.end) ?? emptyHash, `${mark.file} ${mark.lineage}`);
    this.files.push({ mark, records: [], hashes: [hash] });
  }

  /** The primary appends. */
  append(record: number): JournalPosition {
    const last = this.files.at(-1);
    if (last === undefined) throw new Error("No journal file has begun");
    last.records.push(record);
    last.hashes.push(chained(last.hashes.at(-1) ?? emptyHash, record));
    return this.end;
  }

  flush(): JournalPosition {
    this.synced = this.end;
    return this.synced;
  }

  /** The process dies: of what was not synced some may be on disk all the same, a beginning of it.
   *  @param share  of the last file's unsynced records, 0 to 1 */
  crash(share: number): void {
    const { synced, end } = this;
    const isOneFile = end.file === synced.file;
    const offset = synced.offset + Math.round(share * (end.offset - synced.offset));
    this.truncate(isOneFile ? { file: end.file, offset } : synced);
    this.flush();
  }

  truncate(to: JournalPosition): void {
    this.files = this.files.filter(({ mark }) => mark.file <= to.file);
    const last = this.files.at(-1);
    if (last?.mark.file === to.file) {
      last.hashes.length = Math.min(last.hashes.length, to.offset);
      last.records.length = Math.min(last.records.length, to.offset - 1);
      if (last.hashes.length === 0) this.files.pop();
    }
    if (comparePositions(this.synced, this.end) > 0) this.synced = this.end;
  }

  /** The next stretch of what is on disk; `undefined` at the end.
   *  @param until  not behind what is on disk. @default all that is */
  read(from: JournalPosition, limit: number, until = this.synced): Stretch | undefined {
    const current = this.files.find(({ mark }) => mark.file === from.file);
    const isOver = current === undefined || from.offset >= current.hashes.length;
    const file = isOver ? this.files.find(({ mark }) => mark.file > from.file) : current;
    if (file === undefined || file.mark.file > until.file) return undefined;
    const isNew = file !== current || from.offset === 0;
    const start = isNew ? 1 : from.offset;
    const { mark } = file;
    const length = mark.file === until.file ? until.offset : file.hashes.length;
    if (!isNew && start >= length) return undefined;
    const records = file.records.slice(start - 1, Math.min(length - 1, start - 1 + limit));
    return { file: mark.file, mark: isNew ? mark : undefined, from: start, records };
  }

  /** Takes what another member sent.
   *  @throws Error when it does not continue what is here */
  receive(stretch: Stretch): JournalPosition {
    if (stretch.mark !== undefined && stretch.file > this.end.file) {
      const isNext =
        this.files.length === 0 ||
        (stretch.file === this.end.file + 1 && stretch.mark.previousEnd === this.end.offset);
      if (!isNext) throw new Error(`File #${stretch.file} does not continue this journal`);
      this.add(stretch.mark);
    }
    const { end } = this;
    if (end.file !== stretch.file || end.offset !== stretch.from) {
      throw new Error(`A gap: ${stretch.from} in #${stretch.file} after ${end.offset}`);
    }
    for (const record of stretch.records) this.append(record);
    return this.end;
  }

  /** Hash of the history up to a position; `undefined` where this journal does not reach. */
  hashAt(position: JournalPosition): number | undefined {
    if (position.file === 0) return emptyHash;
    // Files count from 1 without a gap.
    return this.files[position.file - 1]?.hashes[position.offset - 1];
  }
}

/** Behind a stretch. */
export function endOf(stretch: Stretch): JournalPosition {
  return { file: stretch.file, offset: stretch.from + stretch.records.length };
}
