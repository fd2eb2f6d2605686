import { copyFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { slowMs } from "./testing/budgets.ts";
import { JournalFiles } from "./journal-files.ts";
import { encodeRecord } from "./journal-record.ts";
import {
  firstFile,
  mirrorPlace,
  noon,
  openMirrorJournal,
  setRecord,
  temporaryDirectory,
  valuesFrom,
} from "./testing/places.ts";

const start = { file: 0, offset: 0 };
const firstName = "MIRROR-DEV-20251124.001";

describe("a journal", () => {
  test("what was flushed is there after opening again, what was not is gone", async () => {
    const directory = temporaryDirectory();
    const journal = openMirrorJournal(directory);
    journal.beginFile(firstFile);
    journal.append(setRecord("kept"));
    const durable = await journal.flush();
    const end = journal.append(setRecord("lost"));

    expect(durable).toEqual(journal.durable);
    expect(journal.end).toEqual(end);
    expect(valuesFrom(journal, start)).toEqual(["kept"]);
    journal.close();

    const again = openMirrorJournal(directory);
    expect(again.end).toEqual(durable);
    expect(valuesFrom(again, start)).toEqual(["kept"]);
    expect(again.header?.name).toBe(firstName);
    expect(readFileSync(`${directory}mirrorjrn-DEV.log`, "utf8")).toBe(
      `1 ${directory}${firstName}\n`,
    );
  });

  test(
    "a torn end is cut off, at whatever byte the power went",
    async () => {
      const directory = temporaryDirectory();
      const journal = openMirrorJournal(directory);
      const headerEnd = journal.beginFile(firstFile).offset;
      const ends = ["a", "b", "c"].map((value) => journal.append(setRecord(value)).offset);
      await journal.flush();
      journal.close();
      const path = `${directory}${firstName}`;
      copyFileSync(path, `${directory}whole`);

      for (let size = headerEnd; size <= (ends[2] ?? 0); size++) {
        copyFileSync(`${directory}whole`, path);
        truncateSync(path, size);
        const again = new JournalFiles(mirrorPlace(directory));
        const whole = ends.filter((end) => end <= size).length;
        expect(valuesFrom(again, start)).toEqual(["a", "b", "c"].slice(0, whole));
        expect(again.end.offset).toBe(ends[whole - 1] ?? headerEnd);
        again.append(setRecord("next"));
        await again.flush();
        expect(valuesFrom(again, start)).toEqual([...["a", "b", "c"].slice(0, whole), "next"]);
        again.close();
      }
    },
    slowMs,
  );

  test("a file whose header never reached the disk is removed and begun again", async () => {
    const directory = temporaryDirectory();
    const journal = openMirrorJournal(directory);
    journal.beginFile(firstFile);
    journal.append(setRecord("a"));
    await journal.flush();
    journal.close();
    writeFileSync(`${directory}MIRROR-DEV-20251124.002`, "\x20\x01");

    const again = openMirrorJournal(directory);
    expect(again.headers().map((header) => header.file)).toEqual([1]);
    again.beginFile({ ...firstFile, lineage: "second" });
    await again.flush();
    expect(again.headers().map((header) => header.name)).toEqual([
      firstName,
      "MIRROR-DEV-20251124.002",
    ]);
    expect(again.header?.previousEnd).toBe(again.headers()[0] && journalSize(directory));
  });

  test("a file in between that is not whole stops the journal", async () => {
    const directory = temporaryDirectory();
    const journal = openMirrorJournal(directory);
    journal.beginFile(firstFile);
    const end = journal.append(setRecord("a"));
    journal.beginFile(firstFile);
    await journal.flush();
    journal.close();

    truncateSync(`${directory}${firstName}`, end.offset - 1);
    expect(() => openMirrorJournal(directory)).toThrow("damaged");
  });

  test("a header that was once whole and is not readable any more stops the journal", async () => {
    const directory = temporaryDirectory();
    const journal = openMirrorJournal(directory);
    journal.beginFile(firstFile);
    await journal.flush();
    journal.close();
    const path = `${directory}${firstName}`;
    const bytes = readFileSync(path);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(() => openMirrorJournal(directory)).toThrow("header is not readable");
    expect(readFileSync(path)).toEqual(bytes);
  });

  test("the journal of another mirror of the same name is refused", async () => {
    const directory = temporaryDirectory();
    const journal = openMirrorJournal(directory);
    journal.beginFile(firstFile);
    await journal.flush();
    const bytes = journal.read(start, 10_000).bytes;
    expect(() => new JournalFiles({ ...mirrorPlace(directory), mirrorGuid: "OTHER" })).toThrow(
      "belongs to GUID-DEV",
    );
    const other = new JournalFiles({ ...mirrorPlace(temporaryDirectory()), mirrorGuid: "OTHER" });
    expect(() => other.receive({ file: 1, offset: 0 }, bytes)).toThrow("another mirror");
  });

  test("a full file is followed by the next, whose name counts up", async () => {
    const journal = openMirrorJournal(temporaryDirectory(), 600);
    journal.beginFile(firstFile);
    for (let index = 0; index < 30; index++) journal.append(setRecord(String(index)));
    await journal.flush();
    expect(journal.headers().length).toBeGreaterThan(2);
    expect(journal.headers().map((header) => header.name)).toEqual(
      journal.headers().map((_, index) => `MIRROR-DEV-20251124.00${index + 1}`),
    );
    expect(valuesFrom(journal, start)).toEqual(
      Array.from({ length: 30 }, (_, index) => String(index)),
    );
  });

  test("the databases of the mirror are known from any newest file", async () => {
    const directory = temporaryDirectory();
    const journal = openMirrorJournal(directory);
    journal.beginFile(firstFile);
    const added = { database: "PERSONAL", databaseGuid: "g", directory: "/d/", hadData: true };
    journal.append({ type: "databaseAdded", ...added, database: "COMPANY" });
    const after = journal.append({ type: "databaseAdded", ...added });
    journal.append({ type: "databaseRemoved", database: "COMPANY" });
    const expected = [{ ...added, added: after }];
    expect(journal.catalogue).toEqual(expected);
    journal.beginFile({ ...firstFile, createdEpochMs: noon });
    await journal.flush();
    journal.purge(journal.end);
    journal.close();

    const again = openMirrorJournal(directory);
    expect(again.headers().map((header) => header.file)).toEqual([2]);
    expect(again.catalogue).toEqual(expected);
  });

  test("purge keeps what lies behind a position; reading before it names the file", async () => {
    const journal = openMirrorJournal(temporaryDirectory());
    journal.beginFile(firstFile);
    const early = journal.append(setRecord("a"));
    journal.beginFile(firstFile);
    journal.append(setRecord("b"));
    await journal.flush();

    expect(journal.purge({ file: 1, offset: early.offset - 1 })).toEqual([]);
    expect(journal.purge(early)).toHaveLength(1);
    expect(journal.oldest).toEqual({ file: 2, offset: 0 });
    expect(valuesFrom(journal, early)).toEqual(["b"]);
    expect(() => valuesFrom(journal, { file: 1, offset: 3 })).toThrow(
      "Journal file #1 is not here",
    );
  });

  test("truncate forgets what lies behind, files and list of databases included", async () => {
    const directory = temporaryDirectory();
    const journal = openMirrorJournal(directory);
    journal.beginFile(firstFile);
    const keep = journal.append(setRecord("a"));
    const added = { databaseGuid: "g", directory: "/d/", hadData: false };
    journal.append({ type: "databaseAdded", database: "COMPANY", ...added });
    journal.beginFile(firstFile);
    journal.append(setRecord("b"));
    await journal.flush();
    journal.append(setRecord("never flushed"));

    journal.truncate(keep);
    expect(journal.end).toEqual(keep);
    expect(journal.catalogue).toEqual([]);
    journal.beginFile({ ...firstFile, lineage: "other" });
    journal.append(setRecord("c"));
    await journal.flush();
    expect(valuesFrom(journal, start)).toEqual(["a", "c"]);
    journal.close();
    expect(valuesFrom(openMirrorJournal(directory), start)).toEqual(["a", "c"]);
  });

  test("appending does not wait for a flush, and each flush covers what was there", async () => {
    const journal = openMirrorJournal(temporaryDirectory());
    journal.beginFile(firstFile);
    journal.append(setRecord("a"));
    const first = journal.flush();
    const behind = journal.append(setRecord("b"));
    const second = journal.flush();
    await Promise.all([first, second]);
    expect(await second).toEqual(behind);
    expect(valuesFrom(journal, start)).toEqual(["a", "b"]);
  });
});

function journalSize(directory: string): number {
  return readFileSync(`${directory}${firstName}`).length;
}

test("a record's size is its frame and body", () => {
  expect(encodeRecord(setRecord("")).length).toBe(8 + '["s","COMPANY","x",["1"],""]'.length);
});
