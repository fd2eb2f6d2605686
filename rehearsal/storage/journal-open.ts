/** Finding the journal files of a directory after whatever happened before. */

import { closeSync, openSync, readdirSync } from "node:fs";
import { foldCatalogue } from "./catalogue.ts";
import { JournalDamaged } from "./journal-errors.ts";
import { framesOf, JournalFile, readAt, removeFile } from "./journal-file.ts";
import {
  concernsCatalogue,
  decodeHeader,
  decodeRecord,
  frameBytes,
  readFrame,
} from "./journal-record.ts";
import type { CatalogueEntry, JournalFileHeader } from "./types.ts";

/** What was found. */
export interface FoundFiles {
  /** Oldest first, without gaps. */
  readonly files: JournalFile[];
  readonly catalogue: readonly CatalogueEntry[];
  /** Bytes of a record that was being written when the power went. */
  readonly cutBytes: number;
}

/** Names of the journal files with this prefix. */
export function journalFileNames(directory: string, prefix: string): string[] {
  const shape = /^\d{8}\.\d{3,6}$/;
  return readdirSync(directory)
    .filter((name) => name.startsWith(prefix) && shape.test(name.slice(prefix.length)))
    .sort();
}

/** Opens the files, removes a last one that never got its header, cuts a torn record off the end.
 *  @throws JournalDamaged when a file in between is not whole, or one belongs to another mirror */
export function openJournalFiles(
  directory: string,
  prefix: string,
  mirrorGuid: string,
): FoundFiles {
  const files = journalFileNames(directory, prefix)
    .map((name) => openFile(`${directory}${name}`))
    .filter((file) => file !== undefined)
    .sort((left, right) => left.header.file - right.header.file);
  const foreign = files.find((file) => file.header.mirrorGuid !== mirrorGuid);
  if (foreign !== undefined) {
    throw new JournalDamaged(foreign.path, `it belongs to ${foreign.header.mirrorGuid}`);
  }
  checkSequence(files);
  const last = files.at(-1);
  if (last === undefined) return { files, catalogue: [], cutBytes: 0 };
  const { end, catalogue } = scan(last);
  const cutBytes = last.size - end;
  if (cutBytes > 0) last.cut(end);
  return { files, catalogue, cutBytes };
}

function openFile(path: string): JournalFile | undefined {
  const descriptor = openSync(path, "r+");
  const header = readHeader(descriptor, path);
  if (header !== undefined) return new JournalFile(path, descriptor, header);
  // Begun, but its first flush never ended: nothing in it was ever relied on.
  closeSync(descriptor);
  removeFile(path);
  return undefined;
}

function readHeader(descriptor: number, path: string): JournalFileHeader | undefined {
  const start = readAt(descriptor, 0, frameBytes);
  const wanted = start.length < frameBytes ? frameBytes : frameBytes + start.readUInt32LE(0);
  const frame = readFrame(readAt(descriptor, 0, Math.min(wanted, 64 * 1024 * 1024)), 0);
  return frame.kind === "whole" ? decodeHeader(frame.body, path) : undefined;
}

function checkSequence(files: readonly JournalFile[]): void {
  for (const [index, file] of files.entries()) {
    const previous = files[index - 1];
    if (previous === undefined) continue;
    if (file.header.file !== previous.header.file + 1) {
      throw new JournalDamaged(file.path, `the file before it is #${previous.header.file}`);
    }
    if (file.header.previousEnd !== previous.size) {
      throw new JournalDamaged(
        previous.path,
        `it has ${previous.size} bytes, the next file says ${file.header.previousEnd}`,
      );
    }
  }
}

/** Where the whole records of a file end, and the databases of the mirror as it tells them. */
export function scan(file: JournalFile): { end: number; catalogue: readonly CatalogueEntry[] } {
  let catalogue = file.header.catalogue;
  const frames = framesOf(file, 0, file.durableSize);
  for (;;) {
    const next = frames.next();
    if (next.done === true) return { end: next.value, catalogue };
    const { body, after } = next.value;
    if (!concernsCatalogue(body)) continue;
    const record = decodeRecord(body, file.path);
    catalogue = foldCatalogue(catalogue, record, { file: file.header.file, offset: after });
  }
}
