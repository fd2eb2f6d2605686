/** Errors of operations on databases and mirrors, as a `%Status` carries them. */

/** Text of each error number used here. Source: ERR 2026.1. */
const texts = {
  20: "the file already exists",
  60: "the database must be dismounted to do this",
  73: "No such directory",
  314: "This is not a database file %1",
  318: "Deleting mirrored database %1 is not allowed.",
  350: "Failed to mount %1, the reason is %2",
  363: "Adding system database %1 to mirrored DB is not allowed",
  371: "Database %1 is dismounted",
  372: "Database %1 is read only",
  374: "Database %1 is not journaled",
  415: "Invalid or duplicate section name %1",
  420: "%1 %2 does not exist",
  2000: "Journal file #%1 for database '%2' not found in mirror journal log (%3)",
  2061: "Mirror Database Name '%1' is not unique, found in mirror member %2",
  2063: "Database '%1' is already being mirrored",
  2064: "Cannot remove database '%1' as is not currently being mirrored",
  2073: "Mirrored Database '%1' is not found on this system",
  2074: "This system has not been configured as a Mirror Member",
  2078: "Mirrored DB is already activated",
  2079: "Failed to activate mirrored DB reason: %1",
  2103: "Mirrored DB %1 not found in primary member",
  2105: "Matching mirrored DB %1 in member %2 was not created as mirrored DB",
  2113: "Operation can only be performed on the primary mirror member",
  2167: "Invalid Mirror Database Name",
  2172: "Non-FailoverDB mirrored database is not allowed to be configured in DR member",
  5001: "%1",
} as const;

/** Numbers the storage reports. */
export type StatusNumber = keyof typeof texts;

/** `ERROR #<number>: <text>`, to be turned into a `%Status` by the class that was called. */
export class StatusError extends Error {
  readonly number: StatusNumber;
  readonly parameters: readonly string[];

  constructor(number: StatusNumber, ...parameters: readonly string[]) {
    super(`ERROR #${number}: ${fill(texts[number], parameters)}`);
    this.name = "StatusError";
    this.number = number;
    this.parameters = parameters;
  }
}

function fill(text: string, parameters: readonly string[]): string {
  return text.replace(/%(\d)/g, (_, digit: string) => parameters[Number(digit) - 1] ?? "");
}
