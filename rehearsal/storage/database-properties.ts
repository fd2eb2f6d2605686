/** What `SYS.Database` keeps inside a database file, with the product's defaults.
 *  Source: class reference SYS.Database, Config.Databases; RACS_createdatabase. */

/** Properties as text, as the classes hand them out. */
export type DatabaseProperties = Readonly<Record<string, string>>;

/** Properties of a new database. Sizes in MB; 0 as maximum means none; journal state 3 = yes,
 *  2 = no. */
export const defaultProperties: DatabaseProperties = {
  Size: "1",
  MaxSize: "0",
  ExpansionSize: "0",
  BlockSize: "8192",
  ResourceName: "%DB_%DEFAULT",
  GlobalJournalState: "3",
  NewGlobalCollation: "5",
  NewGlobalIsKeep: "0",
  ReadOnly: "0",
};

/** True when plain changes go into a journal. Source: GCDI_journal_overview. */
export function isJournaled(properties: DatabaseProperties): boolean {
  return properties["GlobalJournalState"] !== "2";
}

/** True when the database was set read only. */
export function isReadOnly(properties: DatabaseProperties): boolean {
  return properties["ReadOnly"] === "1";
}

/** Largest size in bytes; `undefined` without limit. */
export function largestBytes(properties: DatabaseProperties): number | undefined {
  const megabytes = Number(properties["MaxSize"] ?? 0);
  return megabytes > 0 ? megabytes * 1024 * 1024 : undefined;
}
