/** Where a report goes: options of the commands that report. */

import { writeFileSync } from "node:fs";
import { Fault, messageOf } from "../ground/fault.mjs";
import { markdownOf } from "./markdown.mjs";

/** For `readOptions`. */
export const reportOptions = /** @type {const} */ ({
  stack: { type: "string", short: "s" },
  json: { type: "string" },
  markdown: { type: "string" },
});

/** As the help of a command has them. */
export const reportHelp = `  --json <file>        writes a report as JSON (see toolchain/README.md)
  --markdown <file>    writes it as a comment on a change
  --stack, -s <stack>  the same as naming it
  --help, -h           this text`;

/**
 * Writes a report where the command line says so.
 * @param {import("./report.mjs").Report} report
 * @param {Readonly<Record<string, string | boolean | undefined>>} flags
 */
export function writeReport(report, flags) {
  write(flags["json"], `${JSON.stringify(report, null, 2)}\n`);
  write(flags["markdown"], markdownOf(report));
}

/**
 * @param {string | boolean | undefined} file
 * @param {string} text
 */
function write(file, text) {
  if (typeof file !== "string") {
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (problem) {
    throw new Fault(`The report could not be written: ${messageOf(problem)}.`);
  }
}
