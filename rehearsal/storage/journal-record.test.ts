import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeHeader,
  decodeRecord,
  encodeHeader,
  encodeRecord,
  readFrame,
} from "./journal-record.ts";
import { anyText } from "./testing/arbitraries.ts";
import type { JournalFileHeader, JournalRecord } from "./types.ts";

const place = {
  database: fc.constantFrom("COMPANY", "/data/mgr/user/"),
  global: fc.constantFrom("x", "%demo.A"),
  subscripts: fc.array(anyText, { maxLength: 3 }),
};
const transaction = fc.nat();

const anyRecord: fc.Arbitrary<JournalRecord> = fc.oneof(
  fc.record(
    { type: fc.constant("set" as const), ...place, value: anyText },
    { noNullPrototype: true },
  ),
  fc.record(
    { type: fc.constant("set" as const), ...place, value: anyText, transaction, before: anyText },
    {
      noNullPrototype: true,
      requiredKeys: ["type", "database", "global", "subscripts", "value", "transaction"],
    },
  ),
  fc.record(
    {
      type: fc.constant("kill" as const),
      ...place,
      nodeOnly: fc.constant(true as const),
      transaction,
    },
    { noNullPrototype: true, requiredKeys: ["type", "database", "global", "subscripts"] },
  ),
  fc.record(
    {
      type: fc.constant("kill" as const),
      ...place,
      transaction,
      before: fc.array(
        fc.record({ subscripts: fc.array(anyText), value: anyText }, { noNullPrototype: true }),
      ),
    },
    { noNullPrototype: true },
  ),
  fc.record(
    {
      type: fc.constantFrom("begin" as const, "commit" as const, "rolledBack" as const),
      transaction,
    },
    { noNullPrototype: true },
  ),
  fc.record(
    {
      type: fc.constant("databaseAdded" as const),
      database: anyText,
      databaseGuid: anyText,
      directory: anyText,
      hadData: fc.boolean(),
    },
    { noNullPrototype: true },
  ),
  fc.record(
    { type: fc.constant("databaseRemoved" as const), database: anyText },
    { noNullPrototype: true },
  ),
);

const header: JournalFileHeader = {
  name: "MIRROR-DEV-20251124.001",
  mirror: "DEV",
  mirrorGuid: "F92B993E-29FD-11F1-8185-16C03D64F702",
  file: 7,
  previousEnd: 200088,
  lineage: "a",
  primary: "MIRRORA",
  createdEpochMs: 1764000000000,
  catalogue: [
    {
      database: "COMPANY",
      databaseGuid: "g",
      directory: "/d/",
      hadData: false,
      added: { file: 1, offset: 900 },
    },
  ],
};

describe("journal records", () => {
  test("a record read back is the record written, whatever characters it holds", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const bytes = encodeRecord(record);
        const frame = readFrame(bytes, 0);
        if (frame.kind !== "whole") throw new Error(frame.kind);
        expect(frame.next).toBe(bytes.length);
        expect(decodeRecord(frame.body, "here")).toEqual(record);
      }),
      { numRuns: 2000 },
    );
  });

  test("a header read back is the header written", () => {
    const frame = readFrame(encodeHeader(header), 0);
    if (frame.kind !== "whole") throw new Error(frame.kind);
    expect(decodeHeader(frame.body, "here")).toEqual(header);
  });

  test("a file name that leaves its directory is refused", () => {
    const frame = readFrame(encodeHeader({ ...header, name: "../../etc/passwd" }), 0);
    if (frame.kind !== "whole") throw new Error(frame.kind);
    expect(() => decodeHeader(frame.body, "here")).toThrow("journal header");
  });

  test("a record cut at any byte is partial, and one changed byte is damage", () => {
    fc.assert(
      fc.property(
        anyRecord,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (record, place, change) => {
          const bytes = encodeRecord(record);
          const at = place % bytes.length;
          expect(readFrame(bytes.subarray(0, at), 0).kind).toBe("partial");
          const changed = Buffer.from(bytes);
          changed[at] = (changed[at] ?? 0) ^ change;
          expect(readFrame(changed, 0).kind).not.toBe("whole");
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("a list of another form is damage, not a record", () => {
    for (const list of [["s", "D", "x", ["1"]], ["s", "D", "x", [1], "v"], ["z"], ["b", "1"]]) {
      expect(() => decodeRecord(Buffer.from(JSON.stringify(list)), "here")).toThrow("damaged");
    }
    expect(() => decodeRecord(Buffer.from("{}"), "here")).toThrow("no list");
  });
});
