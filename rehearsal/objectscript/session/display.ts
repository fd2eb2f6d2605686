/** How errors look on the principal device. Source: GCOS, error display at the prompt. */

import type { ObjectScriptError } from "../errors.ts";
import { lineAround } from "../run/unit.ts";
import { parseTypedLine, type TypedLine } from "../syntax/program.ts";

/** A typed line as an error shows it: keywords in upper case, the rest as it was typed.
 *  Assumed: abbreviated keywords are not written out. */
function shownLine(text: string): string {
  let shown = "";
  let last = 0;
  for (const { start, end } of keywordsOf(text)) {
    shown += text.slice(last, start) + text.slice(start, end).toUpperCase();
    last = end;
  }
  return shown + text.slice(last);
}

function keywordsOf(text: string): TypedLine["keywords"] {
  try {
    return parseTypedLine(text).keywords;
  } catch {
    return [];
  }
}

/** The source line, a caret below the place, and the error; begins on a new line. */
export function errorDisplay(error: ObjectScriptError): string {
  const { source } = error;
  if (source === undefined) return `\n${error.text}`;
  if (source.isTyped) return shape(shownLine(source.text), source.at, error.text);
  const { line, column } = lineAround(source.text, source.at);
  return shape(line, column, error.text);
}

/** The display of a line that is no ObjectScript: the caret stands where reading it stopped. */
export function syntaxDisplay(line: string, at: number): string {
  return shape(shownLine(line), at, "<SYNTAX>");
}

function shape(line: string, column: number, text: string): string {
  const before = line.slice(0, column).replaceAll(/[^\t]/g, " ").padEnd(column, " ");
  return `\n${line}\n${before}^\n${text}`;
}
