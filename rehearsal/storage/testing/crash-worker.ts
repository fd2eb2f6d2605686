/** A program that writes until it is killed, and says what it was promised. Started by the crash
 *  test with the data directory as its argument. One line on standard output for each promise:
 *  `ack <file> <offset>` before an acknowledgement, `own <n>` or `mirrored <n>` behind a commit. */

import { writeSync } from "node:fs";
import { nextTurn } from "../clock.ts";
import { comparePositions, startOfHistory } from "../position.ts";
import type { JournalPosition } from "../types.ts";
import { addDatabases, openInstance, TestProcess } from "./instances.ts";
import { firstFile } from "./places.ts";

const directory = process.argv[2] ?? "";
const say = (text: string): void => {
  writeSync(1, `${text}\n`);
};

const { store } = await openInstance(directory);
if (store.configuration.namespace("OWN") === undefined) {
  await addDatabases(store, directory, "OWN", "MIRRORED");
}
const journal = store.mirror.openJournal(firstFile.mirror, firstFile.mirrorGuid);
let last: JournalPosition = startOfHistory;
const acknowledge = async (position: JournalPosition): Promise<void> => {
  await nextTurn();
  if (comparePositions(position, last) > 0) {
    last = position;
    say(`ack ${position.file} ${position.offset}`);
  }
};
await journal.flush();
journal.beginFile({ ...firstFile, lineage: String(journal.end.file), createdEpochMs: Date.now() });
await store.mirror.rollbackOpenTransactions();
await store.mirror.setAccess({ kind: "primary", acknowledge });
const place = `${directory}db/mirrored/`;
if (store.databases.require(place).label.mirror === undefined) {
  await store.mirroredDatabases.add(place, "MIRRORED");
}
say(`ack ${journal.durable.file} ${journal.durable.offset}`);
say("ready");

/** Commits one transaction after another: two nodes that must always be equal. */
async function commitAll(namespace: string, jobNumber: number): Promise<void> {
  const writer = new TestProcess(store, namespace, jobNumber);
  writer.store.synchronousCommit = true;
  const session = [String(jobNumber)];
  for (let next = Number(writer.get("count", ...session) ?? 0) + 1; ; next++) {
    writer.begin();
    await writer.set("count", session, String(next));
    if (next % 3 === 0) await nextTurn();
    await writer.set("twin", session, String(next));
    await writer.set("ledger", [...session, String(next)], "committed");
    if (next % 7 === 0) {
      // Undone and done again: a rollback must leave nothing behind.
      await writer.rollback();
      writer.begin();
      await writer.set("count", session, String(next));
      await writer.set("twin", session, String(next));
      await writer.set("ledger", [...session, String(next)], "committed");
    }
    await writer.commit();
    say(`${namespace.toLowerCase()} ${jobNumber} ${next}`);
  }
}

/** Plain sets in order, never awaited. */
async function setAll(namespace: string): Promise<void> {
  const writer = new TestProcess(store, namespace, 99);
  let next = Number(
    writer.store.globals.order({ name: "plain", subscripts: [""] }, -1)?.value ?? 0,
  );
  for (;;) {
    next += 1;
    await writer.set("plain", [String(next)], String(next));
    if (next % 20 === 0) await nextTurn();
  }
}

await Promise.all([
  commitAll("OWN", 1),
  commitAll("OWN", 2),
  commitAll("MIRRORED", 3),
  commitAll("MIRRORED", 4),
  setAll("OWN"),
  setAll("MIRRORED"),
]);
