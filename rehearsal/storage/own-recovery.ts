/** Recovery of databases that are not mirrored, from the instance's own journal.
 *  Source: GCDI_journal_rollback (recovery as part of startup). */

import { applyChange, isChange } from "./apply.ts";
import { nextTurn } from "./clock.ts";
import type { Database } from "./database.ts";
import type { JournalFiles } from "./journal-files.ts";
import { markAt } from "./label.ts";
import { OpenTransactions } from "./open-transactions.ts";
import { comparePositions, earlierOf, isBefore } from "./position.ts";
import type { JournalPosition } from "./types.ts";
import { undoOpenTransactions } from "./undo.ts";

/** What recovery did, for the message in the log. */
export interface Recovered {
  readonly records: number;
  readonly transactions: number;
}

const recordsPerTurn = 2000;

/** Brings files that were not closed in order to the end of the journal and undoes what was open.
 *  Files closed in order need nothing: all their data is in them. */
export async function recoverOwn(
  databases: readonly Database[],
  journal: JournalFiles,
  transactions: OpenTransactions,
): Promise<Recovered> {
  const unclean = databases.filter((database) => database.label.own !== undefined);
  const records = await replay(unclean, journal, transactions);
  const undone = await undoOpenTransactions({
    journal,
    transactions,
    databaseOf: (name) => databases.find((database) => database.directory === name),
  });
  const position = await journal.flush();
  for (const database of unclean) {
    database.mark("own", markAt(position));
    database.commit();
  }
  for (const database of databases) database.commit();
  return { records, transactions: undone };
}

/** Applies what came after each file's own position. */
async function replay(
  databases: readonly Database[],
  journal: JournalFiles,
  transactions: OpenTransactions,
): Promise<number> {
  const byName = new Map(databases.map((database) => [database.directory, database]));
  const starts = databases.flatMap(({ label }) => (label.own ? [label.own.transactionsFrom] : []));
  const first = starts.reduce<JournalPosition | undefined>(
    (earliest, start) => (earliest === undefined ? start : earlierOf(earliest, start)),
    undefined,
  );
  if (first === undefined) return 0;
  // Files older than the journal were closed with all their data when the journal was purged.
  let before = journal.reaches(first) ? first : journal.oldest;
  let applied = 0;
  let seen = 0;
  for (const { after, record } of journal.records(before)) {
    transactions.note(record, before);
    before = after;
    const database = isChange(record) ? byName.get(record.database) : undefined;
    const position = database?.label.own?.position;
    if (isChange(record) && database && position && isBefore(position, after)) {
      applyChange(database, record);
      applied += 1;
    }
    seen += 1;
    if (seen % recordsPerTurn === 0) await nextTurn();
  }
  return applied;
}

/** Brings one file that is mounted later to the end of the journal. What was open was undone when
 *  the instance started, and stands in the journal as done. */
export async function recoverOne(database: Database, journal: JournalFiles): Promise<void> {
  const { own } = database.label;
  if (own === undefined || comparePositions(own.position, journal.durable) >= 0) return;
  await replay([database], journal, new OpenTransactions());
  database.mark("own", markAt(journal.durable));
  database.commit();
}
