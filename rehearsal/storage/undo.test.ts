import { expect, test } from "vitest";
import type { Change } from "./apply.ts";
import { OpenTransactions } from "./open-transactions.ts";
import { firstFile, openMirrorJournal, temporaryDirectory } from "./testing/places.ts";
import type { JournalRecord } from "./types.ts";
import { undoOpenTransactions } from "./undo.ts";

const set = (node: string, value: string, transaction: number, before?: string): Change => ({
  type: "set",
  database: "COMPANY",
  global: "x",
  subscripts: [node],
  value,
  transaction,
  ...(before === undefined ? {} : { before }),
});

test("only what is open is undone, latest first, also where a number was used before", async () => {
  const journal = openMirrorJournal(temporaryDirectory());
  const transactions = new OpenTransactions();
  journal.beginFile(firstFile);
  const records: JournalRecord[] = [
    { type: "begin", transaction: 1 },
    set("a", "1", 1),
    { type: "begin", transaction: 2 },
    set("b", "committed", 2, "0"),
    { type: "commit", transaction: 2 },
    set("a", "2", 1, "1"),
    { type: "begin", transaction: 2 },
    set("c", "open", 2, "0"),
  ];
  for (const record of records) {
    transactions.note(record, journal.end);
    journal.append(record);
  }
  const end = await journal.flush();
  const databaseOf = () => undefined;
  expect(await undoOpenTransactions({ journal, transactions, databaseOf })).toBe(2);
  await journal.flush();

  expect([...journal.records(end)].map(({ record }) => record)).toEqual([
    set("c", "0", 2),
    set("a", "1", 1),
    {
      type: "kill",
      database: "COMPANY",
      global: "x",
      subscripts: ["a"],
      nodeOnly: true,
      transaction: 1,
    },
    { type: "rolledBack", transaction: 1 },
    { type: "rolledBack", transaction: 2 },
  ]);
  expect(transactions.count).toBe(0);
});
