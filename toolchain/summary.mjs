/** What `npm run up` says at its end: the members, what to type next, where the time went. */

import { spanInWords } from "./ground/time.mjs";

/**
 * What the stack gives, as far as it is shown.
 * @typedef {object} Outputs
 * @property {string} [mirrorName]
 * @property {string} [failoverMode]
 * @property {string[]} [checks]
 * @property {Record<string, { role?: string, url?: string, session?: string }>} [members]
 */

/** Phases shorter than this are not worth a line. */
const worthALineMs = 500;

/**
 * @param {Outputs} outputs
 * @returns {string[]} lines
 */
export function memberLines({ mirrorName, failoverMode, members }) {
  const mode = failoverMode === undefined ? "" : `, ${failoverMode}`;
  const title = `Mirror ${mirrorName ?? "?"}${mode}`;
  // A secret output is shown as a text.
  const shown = typeof members === "object" ? members : {};
  const rows = Object.entries(shown).map(([name, { role = "?", url = "", session = "" }]) => [
    name,
    role,
    url,
    session,
  ]);
  const alone =
    failoverMode === "single member"
      ? ["  A failover is impossible: there is one failover member."]
      : [];
  return [title, ...alone, ...columns(rows).map((line) => `  ${line}`)];
}

/**
 * What the last verification saw.
 * @param {Outputs} outputs
 * @returns {string[]} lines; none where there is nothing to tell
 */
export function checkLines({ checks }) {
  return Array.isArray(checks) && checks.length > 0
    ? ["", "Verified:", ...checks.map((check) => `  ${check}`)]
    : [];
}

/**
 * Texts below each other, two spaces between.
 * @param {readonly string[][]} rows
 * @returns {string[]}
 */
export function columns(rows) {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/**
 * @param {string} stack
 * @param {boolean} isDefault  the stack needs no naming
 * @param {boolean} isOwnEngine  the Docker engine was started by this project
 * @returns {string[]}
 */
export function nextLines(stack, isDefault, isOwnEngine) {
  const named = isDefault ? "" : ` -- ${stack}`;
  const rows = [
    ["npm run status", "who is what now"],
    ["npx pulumi preview", "what has changed since, by hand or in the topology"],
    [`npm run up${named}`, "repairs and changes; changes nothing when nothing differs"],
    [`npm run down${named}`, "removes the containers; data and mirror stay"],
    [`npm run down -- --delete-data ${stack}`, "removes everything, the data too"],
    ...(isOwnEngine ? [["npm run engine -- stop", "stops the Docker engine started here"]] : []),
  ];
  return ["Next:", ...columns(rows).map((line) => `  ${line}`)];
}

/**
 * @param {readonly { title: string, ms: number }[]} phases
 * @returns {string}
 */
export function timeLine(phases) {
  const long = phases.filter(({ ms }) => ms >= worthALineMs);
  const total = phases.reduce((sum, { ms }) => sum + ms, 0);
  const parts = long.map(({ title, ms }) => `${title} ${spanInWords(ms)}`);
  return `Time: ${[...parts, `together ${spanInWords(total)}`].join("; ")}`;
}
