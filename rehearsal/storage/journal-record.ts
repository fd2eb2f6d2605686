/** Journal records as bytes: a length (4 bytes, little endian), a CRC-32 of the body (4 bytes), and
 *  the body, a JSON list in UTF-8. JSON because it holds every 16-bit character, halves of
 *  surrogate pairs included, and can be read by a person. */

import { crc32 } from "node:zlib";
import { z } from "zod";
import { JournalDamaged } from "./journal-errors.ts";
import type { JournalFileHeader, JournalRecord } from "./types.ts";

/** Length and checksum. */
export const frameBytes = 8;
/** No record is longer: a `set` of the longest string over another one, all of it escaped. */
const longestBody = 128 * 1024 * 1024;

type RecordOf<T extends JournalRecord["type"]> = Extract<JournalRecord, { type: T }>;

/** The kind of a record, first in its list. */
const letters = {
  set: "s",
  kill: "k",
  begin: "b",
  commit: "c",
  rolledBack: "r",
  databaseAdded: "+",
  databaseRemoved: "-",
} as const satisfies Record<JournalRecord["type"], string>;

/** The bytes of a record. */
export function encodeRecord(record: JournalRecord): Buffer {
  return frame(toList(record));
}

/** The bytes of the record that begins a file. */
export function encodeHeader(header: JournalFileHeader): Buffer {
  return frame(["h", 1, header]);
}

function frame(list: readonly unknown[]): Buffer {
  const text = JSON.stringify(list);
  const length = Buffer.byteLength(text, "utf8");
  const bytes = Buffer.allocUnsafe(frameBytes + length);
  bytes.write(text, frameBytes, "utf8");
  bytes.writeUInt32LE(length, 0);
  bytes.writeUInt32LE(crc32(bytes.subarray(frameBytes)), 4);
  return bytes;
}

function toList(record: JournalRecord): readonly unknown[] {
  switch (record.type) {
    case "set":
      return setList(record);
    case "kill":
      return killList(record);
    case "begin":
    case "commit":
    case "rolledBack":
      return [letters[record.type], record.transaction];
    case "databaseAdded":
      return ["+", record.database, record.databaseGuid, record.directory, record.hadData];
    case "databaseRemoved":
      return ["-", record.database];
  }
}

function setList(record: RecordOf<"set">): readonly unknown[] {
  const list: unknown[] = ["s", record.database, record.global, record.subscripts, record.value];
  if (record.transaction !== undefined) list.push(record.transaction);
  if (record.before !== undefined) list.push(record.before);
  return list;
}

function killList(record: RecordOf<"kill">): readonly unknown[] {
  const scope = record.nodeOnly === true ? 1 : 0;
  const list: unknown[] = ["k", record.database, record.global, record.subscripts, scope];
  if (record.transaction !== undefined) list.push(record.transaction);
  if (record.before !== undefined) {
    list.push(record.before.map((node) => [node.subscripts, node.value]));
  }
  return list;
}

/** One record in a stretch of bytes. */
export type Frame =
  /** The record's body, and the offset behind it. */
  | { readonly kind: "whole"; readonly body: Buffer; readonly next: number }
  /** The bytes end inside it; `wanted` is how many it has in all, or at least. */
  | { readonly kind: "partial"; readonly wanted: number }
  | { readonly kind: "damaged" };

/** Looks at the record that begins at an offset. */
export function readFrame(bytes: Buffer, at: number): Frame {
  if (bytes.length - at < frameBytes) return { kind: "partial", wanted: frameBytes };
  const length = bytes.readUInt32LE(at);
  if (length < 4 || length > longestBody) return { kind: "damaged" };
  const next = at + frameBytes + length;
  if (next > bytes.length) return { kind: "partial", wanted: frameBytes + length };
  const body = bytes.subarray(at + frameBytes, next);
  if (crc32(body) !== bytes.readUInt32LE(at + 4)) return { kind: "damaged" };
  return { kind: "whole", body, next };
}

/** True for the records that change the list of the mirror's databases. */
export function concernsCatalogue(body: Buffer): boolean {
  // The body begins with `["`, then the letter.
  return body[2] === 0x2b || body[2] === 0x2d;
}

/** True for the record that begins a file. */
export function isHeader(body: Buffer): boolean {
  return body[2] === 0x68;
}

const positionSchema = z.strictObject({
  file: z.int().nonnegative(),
  offset: z.int().nonnegative(),
});

/** A name that stays inside its directory. */
const fileName = z.string().regex(/^(MIRROR-[A-Z0-9]{1,15}-)?\d{8}\.\d{3,6}$/);

const headerSchema = z.strictObject({
  name: fileName,
  mirror: z.string(),
  mirrorGuid: z.string(),
  file: z.int().positive(),
  previousEnd: z.int().nonnegative(),
  lineage: z.string(),
  primary: z.string(),
  createdEpochMs: z.number(),
  catalogue: z.array(
    z.strictObject({
      database: z.string(),
      databaseGuid: z.string(),
      directory: z.string(),
      hadData: z.boolean(),
      added: positionSchema,
    }),
  ),
});

/** Reads the record that begins a file.
 *  @throws JournalDamaged naming what is wrong */
export function decodeHeader(body: Buffer, where: string): JournalFileHeader {
  const list = parseList(body, where);
  const parsed = headerSchema.safeParse(list[2]);
  if (list[0] !== "h" || list[1] !== 1 || !parsed.success) {
    throw new JournalDamaged(where, "it does not begin with a journal header of format 1");
  }
  return parsed.data;
}

/** Reads any other record.
 *  @throws JournalDamaged naming what is wrong */
export function decodeRecord(body: Buffer, where: string): JournalRecord {
  const record = fromList(parseList(body, where));
  if (record === undefined) throw new JournalDamaged(where, "a record has an unknown form");
  return record;
}

function parseList(body: Buffer, where: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(body.toString("utf8"));
    if (Array.isArray(list)) return list;
  } catch {
    // Falls through to the error that names the place.
  }
  throw new JournalDamaged(where, "a record is no list");
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(isText);
const isNumber = (value: unknown): value is number => typeof value === "number";

function fromList(list: readonly unknown[]): JournalRecord | undefined {
  const [letter, first, second, third, fourth] = list;
  if (letter === "s" || letter === "k") return changeFrom(list);
  if (letter === "b" && isNumber(first)) return { type: "begin", transaction: first };
  if (letter === "c" && isNumber(first)) return { type: "commit", transaction: first };
  if (letter === "r" && isNumber(first)) return { type: "rolledBack", transaction: first };
  if (letter === "-" && isText(first)) return { type: "databaseRemoved", database: first };
  const isAdded = letter === "+" && isText(first) && isText(second) && isText(third);
  if (!isAdded || typeof fourth !== "boolean") return undefined;
  return {
    type: "databaseAdded",
    database: first,
    databaseGuid: second,
    directory: third,
    hadData: fourth,
  };
}

function changeFrom(list: readonly unknown[]): JournalRecord | undefined {
  const [letter, database, global, subscripts, content, transaction, before] = list;
  if (!isText(database) || !isText(global) || !isTextList(subscripts)) return undefined;
  if (transaction !== undefined && !isNumber(transaction)) return undefined;
  const place = {
    database,
    global,
    subscripts,
    ...(transaction === undefined ? {} : { transaction }),
  };
  if (letter === "s") {
    if (!isText(content) || !(before === undefined || isText(before))) return undefined;
    return { type: "set", ...place, value: content, ...(before === undefined ? {} : { before }) };
  }
  const nodes = before === undefined ? undefined : nodesFrom(before);
  if ((content !== 0 && content !== 1) || (before !== undefined && !nodes)) return undefined;
  return {
    type: "kill",
    ...place,
    ...(content === 1 ? { nodeOnly: true as const } : {}),
    ...(nodes === undefined ? {} : { before: nodes }),
  };
}

function nodesFrom(
  value: unknown,
): { readonly subscripts: readonly string[]; readonly value: string }[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const nodes = [];
  for (const node of value as unknown[]) {
    if (!Array.isArray(node) || !isTextList(node[0]) || !isText(node[1])) return undefined;
    nodes.push({ subscripts: node[0], value: node[1] });
  }
  return nodes;
}
