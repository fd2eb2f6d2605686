/** What is wrong with a wish: where, what was given, what is allowed, what to change. Faults are
 *  collected, never thrown one by one, so that a person mends them all in one go. */

/** One fault of the topology, or of the topology against what runs on this engine. */
export interface Fault {
  /** Place in the configuration, such as `failover.mirrorA.webPort`. */
  readonly path: string;
  /** What stands there, as a person would write it. */
  readonly given: string;
  /** What may stand there. */
  readonly allowed: string;
  /** The change to make, as a sentence without a full stop. */
  readonly remedy: string;
}

/** Values longer than this are cut: the path says where the rest is. */
const longestGiven = 60;

/** A value as a person would write it in the configuration; objects are only named. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "an empty value";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "an object";
  const text = JSON.stringify(value);
  return text.length > longestGiven ? `${text.slice(0, longestGiven)}…` : text;
}

/** A path of keys as text; a key with a dot or a blank in it is quoted. */
export function pathText(keys: readonly PropertyKey[]): string {
  return keys.map((key) => (/^[\w%-]+$/.test(String(key)) ? String(key) : shown(key))).join(".");
}

/** All faults as one report: every line a person needs, no line more. */
export function faultReport(faults: readonly Fault[]): string {
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  const lines = faults.flatMap(({ path, given, allowed, remedy }) => [
    "",
    `  ${path === "" ? "(the whole)" : path}`,
    `    given:   ${given}`,
    `    allowed: ${allowed}`,
    `    change:  ${remedy}`,
  ]);
  return [`The mirror is not deployed, nothing was touched: ${count}.`, ...lines, ""].join("\n");
}
