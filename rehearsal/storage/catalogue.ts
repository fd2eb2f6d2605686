/** The databases of a mirror, as a fold over its journal. Pure. */

import type { CatalogueEntry, JournalPosition, JournalRecord } from "./types.ts";

/** The catalogue after one more record.
 *  Adding a name again replaces it: it was removed and added anew with another GUID. */
export function foldCatalogue(
  catalogue: readonly CatalogueEntry[],
  record: JournalRecord,
  after: JournalPosition,
): readonly CatalogueEntry[] {
  if (record.type === "databaseRemoved") {
    return catalogue.filter((entry) => entry.database !== record.database);
  }
  if (record.type !== "databaseAdded") return catalogue;
  const { database, databaseGuid, directory, hadData } = record;
  const others = catalogue.filter((entry) => entry.database !== database);
  const added = { database, databaseGuid, directory, hadData, added: after };
  return [...others, added].sort((left, right) => (left.database < right.database ? -1 : 1));
}

/** The entry of a mirror database name. Names of mirror databases do not differ by case.
 *  Source: GHA_mirror_set_configdbs. */
export function findEntry(
  catalogue: readonly CatalogueEntry[],
  database: string,
): CatalogueEntry | undefined {
  const wanted = database.toUpperCase();
  return catalogue.find((entry) => entry.database.toUpperCase() === wanted);
}
