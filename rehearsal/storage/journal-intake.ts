/** Bytes of another member's journal on their way into ours: cut into whole records, checked, and
 *  the beginning of a record kept until its rest arrives. */

import { JournalGap } from "./journal-errors.ts";
import {
  concernsCatalogue,
  decodeHeader,
  decodeRecord,
  isHeader,
  readFrame,
} from "./journal-record.ts";
import { comparePositions, formatPosition } from "./position.ts";
import type { JournalFileHeader, JournalPosition, JournalRecord } from "./types.ts";

/** Whole records, as bytes. */
export interface TakenFrame {
  readonly bytes: Buffer;
  /** Set when they begin a file. */
  readonly header: JournalFileHeader | undefined;
  /** Set when the record changes the list of databases. */
  readonly record: JournalRecord | undefined;
}

/** Keeps the beginning of a record that was not received whole. */
export class JournalIntake {
  private rest: { at: JournalPosition; bytes: Buffer } | undefined;

  /** Behind the beginning that is kept; `undefined` when there is none. */
  get end(): JournalPosition | undefined {
    if (this.rest === undefined) return undefined;
    const { at, bytes } = this.rest;
    return { file: at.file, offset: at.offset + bytes.length };
  }

  forget(): void {
    this.rest = undefined;
  }

  /** The whole records in what was received.
   *  @throws JournalGap when the bytes do not continue at `boundary` */
  *take(
    at: JournalPosition,
    bytes: Uint8Array,
    boundary: JournalPosition,
  ): Generator<TakenFrame, void, void> {
    const { start, all } = this.joined(at, bytes, boundary);
    let done = 0;
    for (let frame = readFrame(all, 0); frame.kind !== "partial"; frame = readFrame(all, done)) {
      const place = { file: start.file, offset: start.offset + done };
      if (frame.kind === "damaged") throw new JournalGap(place, "the bytes are damaged");
      yield this.takenFrame(frame.body, all.subarray(done, frame.next), { place, boundary });
      done = frame.next;
      this.keep(start, all, done);
    }
  }

  private joined(
    at: JournalPosition,
    bytes: Uint8Array,
    boundary: JournalPosition,
  ): { start: JournalPosition; all: Buffer } {
    const end = this.end;
    if (this.rest !== undefined && end !== undefined && comparePositions(at, end) === 0) {
      const joined = { start: this.rest.at, all: Buffer.concat([this.rest.bytes, bytes]) };
      this.keep(joined.start, joined.all, 0);
      return joined;
    }
    const continues = comparePositions(at, boundary) === 0;
    const isNext = at.file === boundary.file + 1 || boundary.file === 0;
    if (!continues && !(at.offset === 0 && isNext)) {
      throw new JournalGap(at, `the journal ends at ${formatPosition(boundary)}`);
    }
    // A copy: the sender's buffer may be used again before this is written.
    const all = Buffer.from(bytes);
    this.keep(at, all, 0);
    return { start: at, all };
  }

  private keep(start: JournalPosition, all: Buffer, done: number): void {
    const left = all.subarray(done);
    const at = { file: start.file, offset: start.offset + done };
    this.rest = left.length === 0 ? undefined : { at, bytes: left };
  }

  private takenFrame(
    body: Buffer,
    bytes: Buffer,
    where: { place: JournalPosition; boundary: JournalPosition },
  ): TakenFrame {
    const { place, boundary } = where;
    const text = formatPosition(place);
    if (isHeader(body) !== (place.offset === 0)) {
      throw new JournalGap(place, "only the first record of a file is a header");
    }
    if (place.offset > 0) {
      const record = concernsCatalogue(body) ? decodeRecord(body, text) : undefined;
      return { bytes, header: undefined, record };
    }
    const header = decodeHeader(body, text);
    if (header.file !== place.file) throw new JournalGap(place, `its header says #${header.file}`);
    if (boundary.file > 0 && header.previousEnd !== boundary.offset) {
      throw new JournalGap(
        place,
        `the file before ended at ${header.previousEnd}, here at ${boundary.offset}`,
      );
    }
    return { bytes, header, record: undefined };
  }
}
