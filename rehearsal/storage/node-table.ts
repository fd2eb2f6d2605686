/** The table of nodes inside an IRIS.DAT: statements over ranges of keys. */

import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A stored node. */
export interface StoredNode {
  readonly key: Buffer;
  readonly value: string;
}

/** Table of the nodes. A value is TEXT, or, where it holds half a surrogate pair, which no UTF-8
 *  has, a BLOB of its 16-bit characters. */
export const nodeTable = "create table node (key blob primary key, value not null) without rowid";

const encodeValue = (value: string): string | Uint8Array =>
  value.isWellFormed() ? value : Buffer.from(value, "utf16le");

function decodeValue(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return asBuffer(value).toString("utf16le");
  throw new Error("A stored node has a value that is neither text nor bytes.");
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function decodeRow(row: Record<string, unknown> | undefined): StoredNode | undefined {
  if (row === undefined) return undefined;
  const key = row["key"];
  if (!(key instanceof Uint8Array)) throw new Error("A stored node has a key that is no bytes.");
  return { key: asBuffer(key), value: decodeValue(row["value"]) };
}

/** Reading and changing nodes of one open file. */
export class NodeTable {
  private readonly reading: StatementSync;
  private readonly existing: StatementSync;
  private readonly writing: StatementSync;
  private readonly removing: StatementSync;
  private readonly removingRange: StatementSync;
  private readonly findingFirst: StatementSync;
  private readonly findingLast: StatementSync;
  private readonly findingAny: StatementSync;
  private readonly listing: StatementSync;

  constructor(sqlite: DatabaseSync) {
    const range = "from node where key >= ? and key < ?";
    this.reading = sqlite.prepare("select value from node where key = ?");
    this.existing = sqlite.prepare("select 1 from node where key = ?");
    this.writing = sqlite.prepare(
      "insert into node values (?, ?) on conflict do update set value = excluded.value",
    );
    this.removing = sqlite.prepare("delete from node where key = ?");
    this.removingRange = sqlite.prepare(`delete ${range}`);
    this.findingFirst = sqlite.prepare(`select key, value ${range} order by key limit 1`);
    this.findingLast = sqlite.prepare(`select key, value ${range} order by key desc limit 1`);
    this.findingAny = sqlite.prepare(`select 1 ${range} limit 1`);
    this.listing = sqlite.prepare(`select key, value ${range} order by key`);
  }

  get(key: Buffer): string | undefined {
    const row = this.reading.get(key);
    return row === undefined ? undefined : decodeValue(row["value"]);
  }

  has(key: Buffer): boolean {
    return this.existing.get(key) !== undefined;
  }

  set(key: Buffer, value: string): void {
    this.writing.run(key, encodeValue(value));
  }

  remove(key: Buffer): void {
    this.removing.run(key);
  }

  /** Removes keys from `from` up to, not including, `end`. */
  removeRange(from: Buffer, end: Buffer): void {
    this.removingRange.run(from, end);
  }

  first(from: Buffer, end: Buffer): StoredNode | undefined {
    return decodeRow(this.findingFirst.get(from, end));
  }

  last(from: Buffer, end: Buffer): StoredNode | undefined {
    return decodeRow(this.findingLast.get(from, end));
  }

  hasAny(from: Buffer, end: Buffer): boolean {
    return this.findingAny.get(from, end) !== undefined;
  }

  /** All nodes of a range in order. Nothing may change the table meanwhile. */
  *range(from: Buffer, end: Buffer): Generator<StoredNode, void, void> {
    for (const row of this.listing.iterate(from, end)) {
      const node = decodeRow(row);
      if (node !== undefined) yield node;
    }
  }
}
