/** A program that mounts COMPANY, commits what it is told and then waits to be killed: its log is
 *  left beside the file. Arguments: data directory, first and last number to write. */

import { writeSync } from "node:fs";
import { addDatabases, openInstance, TestProcess } from "./instances.ts";

const [directory = "", first = "1", last = "1"] = process.argv.slice(2);
const { store } = await openInstance(directory);
if (store.configuration.namespace("COMPANY") === undefined) {
  await addDatabases(store, directory, "COMPANY");
}
const writer = new TestProcess(store, "COMPANY");
writer.store.synchronousCommit = true;
for (let number = Number(first); number <= Number(last); number++) {
  writer.begin();
  await writer.set("x", [String(number)], `${number} ${"v".repeat(5000)}`);
  await writer.commit();
}
writeSync(1, "ready\n");
setInterval(() => undefined, 60_000);
