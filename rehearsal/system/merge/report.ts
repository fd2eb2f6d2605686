/** What a merge prints and writes into the log. Pure.
 *  Source: captured log of a failing action at a start (2021.1): #503, then #507 with the method
 *  `Config.CPF:CreateOneDatabase()`. Assumed: the methods of the other actions by that example;
 *  that `iris merge` prints what the log has; the text for a success, and for a line that is no
 *  action. */

import { partMessage } from "../library/status.ts";
import type { MergeFailure } from "./merge.ts";
import type { MergeFault } from "./merge-file.ts";

/** Lines for something that failed while it was done. */
export function failureLines(file: string, { action, line, text }: MergeFailure): string[] {
  if (action === "") return faultLines(file, [{ line, text }]);
  const where = [action, String(line), methodOf(action), text];
  return [partMessage({ number: 503, args: [file] }), partMessage({ number: 507, args: where })];
}

/** Lines for what cannot be merged; nothing of the file was. */
export function faultLines(file: string, faults: readonly MergeFault[]): string[] {
  return faults.map(({ line, text }) => `${file}, line ${line}: ${text}`);
}

/** The line for a success. */
export function mergedLine(file: string, target: string): string {
  return `Merged ${file} into ${target}`;
}

function methodOf(action: string): string {
  return `Config.CPF:${action.replace(/^(Create|Modify|Delete)/, "$1One")}()`;
}
