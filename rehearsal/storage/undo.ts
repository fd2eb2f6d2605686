/** Undoing the transactions that were open when their journal's writer ended. */

import { applyChange, inverseOf, isChange, withBefore, type Change } from "./apply.ts";
import { nextTurn } from "./clock.ts";
import type { Database } from "./database.ts";
import { encodeKey } from "./key.ts";
import type { JournalFiles } from "./journal-files.ts";
import type { OpenTransactions } from "./open-transactions.ts";

/** Where to undo. */
export interface UndoPlace {
  readonly journal: JournalFiles;
  readonly transactions: OpenTransactions;
  /** The copy of a database here; `undefined` when there is none. */
  databaseOf(name: string): Database | undefined;
}

/** Changes undone before others get their turn. */
const changesPerTurn = 500;

/** Undoes them in the databases, latest change first, and in the journal, so that everybody who
 *  reads it comes to the same end. The caller flushes and commits.
 *  Source: GCDI_journal_rollback.
 *  @returns how many transactions were undone */
export async function undoOpenTransactions(place: UndoPlace): Promise<number> {
  const { journal, transactions } = place;
  const from = transactions.oldest;
  if (from === undefined) return 0;
  const changes: Change[] = [];
  const numbers = new Set<number>();
  for (const { record } of journal.records(from)) {
    if (record.type === "begin" && transactions.has(record.transaction)) {
      numbers.add(record.transaction);
    } else if (isChange(record) && numbers.has(record.transaction ?? NaN)) {
      changes.push(record);
    } else if (record.type === "commit" || record.type === "rolledBack") {
      // An earlier transaction of the same number.
      forget(changes, numbers, record.transaction);
    }
  }
  for (const [done, change] of changes.reverse().entries()) {
    if (done % changesPerTurn === changesPerTurn - 1) await nextTurn();
    for (const inverse of inverseOf(change)) undoOne(place, inverse, change.transaction);
  }
  for (const transaction of numbers) {
    const record = { type: "rolledBack", transaction } as const;
    transactions.note(record, journal.end);
    journal.append(record);
  }
  return numbers.size;
}

function forget(changes: Change[], numbers: Set<number>, transaction: number): void {
  if (!numbers.delete(transaction)) return;
  const kept = changes.filter((change) => change.transaction !== transaction);
  changes.splice(0, changes.length, ...kept);
}

/** A compensating change is a change of the transaction: undone itself if this is interrupted. */
function undoOne(place: UndoPlace, inverse: Change, transaction: number | undefined): void {
  const database = place.databaseOf(inverse.database);
  const key = encodeKey(inverse.global, inverse.subscripts);
  const before = database?.nodes.get(key);
  if (database !== undefined) applyChange(database, inverse);
  const kept = withBefore(inverse, before);
  place.journal.append(transaction === undefined ? kept : { ...kept, transaction });
}
