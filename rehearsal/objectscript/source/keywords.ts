/** Keywords in brackets, and declarations that end with a semicolon. */

import { SyntaxFault } from "../errors.ts";
import type { Parser } from "../syntax/parser.ts";
import type { Keywords } from "./class-definition.ts";

const closers: Readonly<Record<string, string>> = { "(": ")", "{": "}", "[": "]" };

/** `[ Kw, Not Kw, Kw = value ]`, or nothing. */
export function parseKeywords(parser: Parser): Keywords {
  parser.skipLayout();
  const found = new Map<string, string>();
  if (!parser.accept("[")) return found;
  for (;;) {
    parser.skipLayout();
    if (parser.accept("]")) return found;
    parseKeyword(parser, found);
    parser.skipLayout();
    if (!parser.accept(",") && parser.peek() !== "]") throw new SyntaxFault(parser.at);
  }
}

function parseKeyword(parser: Parser, found: Map<string, string>): void {
  const isNegated = parser.accept("not ");
  const name = parser.needName().toLowerCase();
  parser.skipLayout();
  const hasValue = !isNegated && parser.accept("=");
  found.set(name, hasValue ? textUntil(parser, [",", "]"]).trim() : isNegated ? "0" : "1");
}

/** The text of a declaration up to its semicolon (or `end`), which is taken.
 *  @throws SyntaxFault when it does not end */
export function restOfDeclaration(parser: Parser, end = ";"): string {
  const text = textUntil(parser, [end]);
  parser.at += 1;
  return text;
}

/** Text up to one of the ends that stands outside quotes and brackets; the end is not taken. */
function textUntil(parser: Parser, ends: readonly string[]): string {
  const start = parser.at;
  const open: string[] = [];
  while (!parser.isAtEnd) {
    const next = parser.peek();
    if (open.length === 0 && ends.includes(next)) return parser.text.slice(start, parser.at);
    if (parser.quotedText() !== undefined) continue;
    const closer = closers[next];
    if (closer !== undefined) open.push(closer);
    if (next === open.at(-1)) open.pop();
    parser.at += 1;
  }
  throw new SyntaxFault(parser.at);
}
