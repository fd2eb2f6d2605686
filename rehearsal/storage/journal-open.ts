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

/** Header of a mirror with very many databases. */
const longestHeader = 64 * 1024 * 1024;

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
  const { files, headless } = findFiles({ directory, prefix, mirrorGuid, flags: "r+" });
  for (const path of headless) removeFile(path);
  const last = files.at(-1);
  if (last === undefined) return { files, catalogue: [], cutBytes: 0 };
  const { end, catalogue } = scan(last);
  const cutBytes = last.size - end;
  if (cutBytes > 0) last.cut(end);
  return { files, catalogue, cutBytes };
}

/** Which files to look for, and whether they will be written to. */
export interface Wanted {
  readonly directory: string;
  readonly prefix: string;
  readonly mirrorGuid: string;
  readonly flags: "r" | "r+";
}

/** Opens the files that have a header.
 *  @returns them, oldest first, and the path of one that was begun but never got its header
 *  @throws JournalDamaged when they do not follow each other, or belong to another mirror */
export function findFiles(wanted: Wanted): { files: JournalFile[]; headless: string[] } {
  const files: JournalFile[] = [];
  const headless: string[] = [];
  for (const name of journalFileNames(wanted.directory, wanted.prefix)) {
    const path = `${wanted.directory}${name}`;
    const file = openFile(path, wanted.flags);
    if (file === undefined) headless.push(path);
    else files.push(file);
  }
  files.sort((left, right) => left.header.file - right.header.file);
  const foreign = files.find((file) => file.header.mirrorGuid !== wanted.mirrorGuid);
  if (foreign !== undefined) {
    throw new JournalDamaged(foreign.path, `it belongs to ${foreign.header.mirrorGuid}`);
  }
  checkSequence(files);
  // A file gets its header before the next one is begun.
  if (headless.length > 1) throw new JournalDamaged(headless[0] ?? "", "it has no header");
  return { files, headless };
}

function openFile(path: string, flags: "r" | "r+"): JournalFile | undefined {
  const descriptor = openSync(path, flags);
  try {
    const header = readHeader(descriptor, path);
    if (header !== undefined) return new JournalFile(path, descriptor, header);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  closeSync(descriptor);
  return undefined;
}

/** @returns undefined when the file was begun but its first flush never ended */
function readHeader(descriptor: number, path: string): JournalFileHeader | undefined {
  const start = readAt(descriptor, 0, frameBytes);
  if (start.every((byte) => byte === 0)) return undefined;
  const wanted = start.length < frameBytes ? frameBytes : frameBytes + start.readUInt32LE(0);
  const frame = readFrame(readAt(descriptor, 0, Math.min(wanted, longestHeader)), 0);
  if (frame.kind === "damaged") throw new JournalDamaged(path, "its header is not readable");
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
