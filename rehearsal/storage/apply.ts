/** Doing in a database file what a journal record says. */

import type { Database } from "./database.ts";
import { encodeKey, subtreeEnd } from "./key.ts";
import type { JournalRecord } from "./types.ts";

/** A record that changes nodes. */
export type Change = Extract<JournalRecord, { type: "set" | "kill" }>;

/** Globals that hold source code of classes and routines. */
const codeGlobals: ReadonlySet<string> = new Set(["oddDEF", "rMAC"]);

/** True for records that change nodes. */
export function isChange(record: JournalRecord): record is Change {
  return record.type === "set" || record.type === "kill";
}

/** Changes the nodes; doing it twice is doing it once. */
export function applyChange(database: Database, change: Change): void {
  const key = encodeKey(change.global, change.subscripts);
  noticeCode(database, change.global);
  database.change(() => {
    if (change.type === "set") database.nodes.set(key, change.value);
    else if (change.nodeOnly === true) database.nodes.remove(key);
    else database.nodes.removeRange(key, subtreeEnd(key));
  });
}

/** What compiled code depends on has changed. */
export function noticeCode(database: Database, global: string): void {
  if (codeGlobals.has(global)) database.codeChanges += 1;
}

/** The changes that undo one change inside a transaction, in the order to do them. */
export function inverseOf(change: Change): Change[] {
  const { database, global } = change;
  if (change.type === "set") {
    const node = { database, global, subscripts: change.subscripts };
    return change.before === undefined
      ? [{ type: "kill", ...node, nodeOnly: true }]
      : [{ type: "set", ...node, value: change.before }];
  }
  return (change.before ?? []).map((node) => ({ type: "set", database, global, ...node }));
}

/** A change with what its own undoing needs. */
export function withBefore(change: Change, before: string | undefined): Change {
  if (before === undefined) return change;
  if (change.type === "set") return { ...change, before };
  return { ...change, before: [{ subscripts: change.subscripts, value: before }] };
}
