import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readMirrorJournal } from "./journal-reader.ts";
import { firstFile, openMirrorJournal, temporaryDirectory } from "./testing/places.ts";

test("the journal of a dead instance is read as far as it is whole, and not changed", async () => {
  const data = temporaryDirectory();
  const directory = `${data}mgr/journal/`;
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${data}iris.cpf`, "[ConfigFile]\r\nProduct=IRIS\r\n");
  const journal = openMirrorJournal(directory);
  journal.beginFile(firstFile);
  journal.append({ type: "begin", transaction: 1 });
  journal.beginFile(firstFile);
  journal.append({ type: "commit", transaction: 1 });
  const end = await journal.flush();
  const path = journal.pathOf(2) ?? "";
  const whole = readFileSync(path);
  appendFileSync(path, whole.subarray(0, 11));

  const reader = readMirrorJournal(data, "DEV", firstFile.mirrorGuid);
  expect(reader.durable).toEqual(end);
  expect(reader.headers().map(({ file }) => file)).toEqual([1, 2]);
  const first = reader.read({ file: 0, offset: 0 }, 100_000);
  const second = reader.read({ file: 1, offset: first.bytes.length }, 100_000);
  expect(second.at).toEqual({ file: 2, offset: 0 });
  expect(Buffer.from(second.bytes)).toEqual(whole);
  expect(reader.read(end, 100).bytes).toHaveLength(0);
  reader.close();
  expect(readFileSync(path)).toHaveLength(whole.length + 11);
  expect(() => readMirrorJournal(data, "DEV", "OTHER")).toThrow("belongs to");
});
