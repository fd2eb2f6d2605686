import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JournalFiles } from "./journal-files.ts";
import { slowMs } from "./testing/budgets.ts";
import {
  firstFile,
  mirrorPlace,
  openMirrorJournal,
  setRecord,
  temporaryDirectory,
  valuesFrom,
} from "./testing/places.ts";

const start = { file: 0, offset: 0 };

describe("a journal that is received", () => {
  test(
    "a follower fed in pieces of any size, with restarts, holds the same bytes",
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 12 }),
          fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 20 }),
          async (limits, texts) => {
            const [from, to] = [temporaryDirectory(), temporaryDirectory()];
            const primary = openMirrorJournal(from, 1500);
            primary.beginFile(firstFile);
            for (const text of texts) primary.append(setRecord(text));
            await primary.flush();

            let follower = new JournalFiles(mirrorPlace(to));
            for (let step = 0; ; step++) {
              const piece = primary.read(follower.end, limits[step % limits.length] ?? 1);
              if (piece.bytes.length === 0) break;
              follower.receive(piece.at, piece.bytes);
              if (step % 3 === 0) await follower.flush();
              if (step % 40 === 39) {
                follower.close();
                follower = new JournalFiles(mirrorPlace(to));
                limits.push(900);
              }
            }
            await follower.flush();
            expect(follower.durable).toEqual(primary.durable);
            expect(valuesFrom(follower, start)).toEqual(texts);
            for (const { name } of primary.headers()) {
              expect(readFileSync(`${to}${name}`)).toEqual(readFileSync(`${from}${name}`));
            }
            follower.close();
          },
        ),
        { numRuns: 40 },
      );
    },
    slowMs,
  );

  test("bytes that leave a gap, or are damaged, are refused", async () => {
    const primary = openMirrorJournal(temporaryDirectory());
    primary.beginFile(firstFile);
    primary.append(setRecord("a"));
    await primary.flush();
    const { bytes } = primary.read(start, 10_000);
    const follower = openMirrorJournal(temporaryDirectory());

    expect(() => follower.receive({ file: 1, offset: 5 }, bytes)).toThrow(
      "the journal ends at 0:0",
    );
    const damaged = Buffer.from(bytes);
    damaged[20] = (damaged[20] ?? 0) ^ 1;
    expect(() => follower.receive({ file: 1, offset: 0 }, damaged)).toThrow("damaged");
  });

  test("after a lost connection the sender may go on at the last whole record", async () => {
    const primary = openMirrorJournal(temporaryDirectory());
    const header = primary.beginFile(firstFile);
    primary.append(setRecord("a long enough value"));
    await primary.flush();
    const follower = openMirrorJournal(temporaryDirectory());
    const { bytes } = primary.read(start, 10_000);
    follower.receive({ file: 1, offset: 0 }, bytes.subarray(0, bytes.length - 5));
    await follower.flush();

    expect(follower.durable).toEqual(header);
    expect(follower.end.offset).toBe(bytes.length - 5);
    follower.receive(header, bytes.subarray(header.offset));
    await follower.flush();
    expect(valuesFrom(follower, start)).toEqual(["a long enough value"]);
  });
});
