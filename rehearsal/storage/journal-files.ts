/** A journal: a sequence of files that is only appended to, on the primary by `append`, elsewhere
 *  by `receive`. The instance's own journal is one too, with no mirror name in its header. */

import { writeFileSync } from "node:fs";
import { foldCatalogue } from "./catalogue.ts";
import { FileSequence } from "./file-sequence.ts";
import { JournalGap } from "./journal-errors.ts";
import { JournalFile } from "./journal-file.ts";
import { JournalIntake } from "./journal-intake.ts";
import { nextFileName } from "./journal-name.ts";
import { openJournalFiles, scan } from "./journal-open.ts";
import { encodeHeader, encodeRecord } from "./journal-record.ts";
import { startOfHistory } from "./position.ts";
import type {
  CatalogueEntry,
  JournalFileHeader,
  JournalPosition,
  JournalRecord,
  MirrorJournal,
  NewJournalFile,
} from "./types.ts";

/** Where a journal lies and what it is called. */
export interface JournalPlace {
  /** With closing slash. */
  readonly directory: string;
  /** `MIRROR-<NAME>-` or empty. */
  readonly prefix: string;
  /** Log of the journal's files: `mirrorjrn-<NAME>.log`, `journal.log`. */
  readonly listPath: string;
  /** A file that has grown to this is followed by the next. */
  readonly fileBytesLimit: number;
  readonly now: () => number;
  /** Whose history it is: the mirror's GUID, or the instance's. */
  readonly mirrorGuid: string;
}

/** Bytes that wait to be written. */
interface Pending {
  readonly file: JournalFile;
  readonly offset: number;
  readonly bytes: Buffer;
}

/** Files of one journal. */
export class JournalFiles implements MirrorJournal {
  /** Bytes of a torn record that was cut off when the journal was opened. */
  readonly cutBytes: number;
  /** Counts truncations: what was worked out from the journal before is then void. */
  truncations = 0;
  private readonly place: JournalPlace;
  private readonly files: FileSequence;
  private readonly intake = new JournalIntake();
  private pending: Pending[] = [];
  private flushing: Promise<unknown> = Promise.resolve();
  private flushesUnderWay = 0;
  private known: readonly CatalogueEntry[];

  /** Opens what is there; a torn end is cut off.
   *  @throws JournalDamaged when a file in between is not whole, or of another mirror */
  constructor(place: JournalPlace) {
    this.place = place;
    const found = openJournalFiles(place.directory, place.prefix, place.mirrorGuid);
    this.files = new FileSequence(found.files);
    this.known = found.catalogue;
    this.cutBytes = found.cutBytes;
  }

  /** Whose history it is. */
  get mirrorGuid(): string {
    return this.place.mirrorGuid;
  }

  get header(): JournalFileHeader | undefined {
    return this.files.last?.header;
  }

  headers(): readonly JournalFileHeader[] {
    return this.files.all.map((file) => file.header);
  }

  get catalogue(): readonly CatalogueEntry[] {
    return this.known;
  }

  get end(): JournalPosition {
    return this.intake.end ?? this.files.end;
  }

  get durable(): JournalPosition {
    return this.files.durable;
  }

  get oldest(): JournalPosition {
    return this.files.oldest;
  }

  /** True when everything behind a position is still here. */
  reaches(from: JournalPosition): boolean {
    return this.files.reaches(from);
  }

  /** True when a position lies in this history and everything behind it is here. */
  contains(position: JournalPosition): boolean {
    return this.files.contains(position);
  }

  /** Path of a file, for messages; `undefined` when it is not here. */
  pathOf(number: number): string | undefined {
    return this.files.byNumber(number)?.path;
  }

  append(record: JournalRecord): JournalPosition {
    const { last } = this.files;
    if (last === undefined) throw new Error("A journal without a file cannot be appended to.");
    if (last.size >= this.place.fileBytesLimit) this.switchFile();
    this.intake.forget();
    return this.add(encodeRecord(record), record);
  }

  /** Goes on in a new file. */
  switchFile(): void {
    const { last } = this.files;
    if (last !== undefined) this.beginFile({ ...last.header, createdEpochMs: this.place.now() });
  }

  beginFile(begun: NewJournalFile): JournalPosition {
    this.intake.forget();
    const { mirror, mirrorGuid, lineage, primary, createdEpochMs } = begun;
    const { end } = this.files;
    const header = {
      name: nextFileName(this.place.prefix, this.headers(), createdEpochMs),
      mirror,
      mirrorGuid,
      file: end.file + 1,
      previousEnd: end.offset,
      lineage,
      primary,
      createdEpochMs,
      catalogue: this.known,
    };
    return this.startFile(header, encodeHeader(header));
  }

  receive(at: JournalPosition, bytes: Uint8Array): void {
    for (const frame of this.intake.take(at, bytes, this.files.end)) {
      if (frame.header === undefined) this.add(frame.bytes, frame.record);
      else this.startFile(frame.header, frame.bytes);
    }
  }

  private startFile(header: JournalFileHeader, bytes: Buffer): JournalPosition {
    if (header.mirrorGuid !== this.place.mirrorGuid) {
      const at = { file: header.file, offset: 0 };
      throw new JournalGap(at, `it belongs to another mirror, ${header.mirrorGuid}`);
    }
    this.files.push(JournalFile.create(`${this.place.directory}${header.name}`, header));
    this.known = header.catalogue;
    this.writeList();
    return this.add(bytes, undefined);
  }

  private add(bytes: Buffer, record: JournalRecord | undefined): JournalPosition {
    const file = this.files.last;
    if (file === undefined) throw new JournalGap(startOfHistory, "no file has begun");
    this.pending.push({ file, offset: file.size, bytes });
    file.size += bytes.length;
    const after = { file: file.header.file, offset: file.size };
    if (record !== undefined) this.known = foldCatalogue(this.known, record, after);
    return after;
  }

  async flush(): Promise<JournalPosition> {
    this.flushesUnderWay += 1;
    const mine = this.flushing.then(() => this.writePending());
    this.flushing = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      this.flushesUnderWay -= 1;
    }
  }

  /** Writes file by file, so that a file is whole on disk before the next one has a header. What
   *  fails stays pending and is written again at the same place. */
  private async writePending(): Promise<JournalPosition> {
    for (;;) {
      const file = this.pending[0]?.file;
      if (file === undefined) return this.durable;
      const batch = this.pending.filter((entry) => entry.file === file);
      const bytes = Buffer.concat(batch.map((entry) => entry.bytes));
      await file.write(batch[0]?.offset ?? 0, bytes);
      await file.sync();
      file.durableSize += bytes.length;
      this.pending = this.pending.slice(batch.length);
    }
  }

  read(from: JournalPosition, limit: number): { at: JournalPosition; bytes: Uint8Array } {
    return this.files.read(from, limit);
  }

  records(
    from: JournalPosition,
  ): Generator<{ after: JournalPosition; record: JournalRecord }, void, void> {
    return this.files.records(from);
  }

  /** Whatever is not flushed is forgotten too.
   *  @throws Error during a flush */
  truncate(to: JournalPosition): void {
    if (this.flushesUnderWay > 0) throw new Error("A journal is truncated during a flush.");
    this.intake.forget();
    this.pending = [];
    this.truncations += 1;
    this.files.truncate(to);
    const { last } = this.files;
    this.known = last === undefined ? [] : scan(last).catalogue;
    this.writeList();
  }

  /** Removes the files that lie wholly before a position; the newest always stays.
   *  @returns paths of what was removed */
  purge(before: JournalPosition): string[] {
    const removed = this.files.purge(before);
    if (removed.length > 0) this.writeList();
    return removed;
  }

  /** The product's log of journal files is a plain list; its format is not documented.
   *  Assumed: number and path of each file. */
  private writeList(): void {
    const lines = this.files.all.map((file) => `${file.header.file} ${file.path}\n`);
    writeFileSync(this.place.listPath, lines.join(""));
  }

  /** Closes the files. What was not flushed is lost. */
  close(): void {
    this.files.close();
    this.pending = [];
  }
}
