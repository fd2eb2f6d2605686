/** Keywords in brackets, and declarations that end with a semicolon. */

import { SyntaxFault } from "../errors.ts";
import { Parser } from "../syntax/parser.ts";
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

/** `MAXLEN = 50, VALUELIST = ",a,b"`: names in upper case, values without their quotes.
 *  @throws SyntaxFault for anything else */
export function parseTypeParameters(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const parser = new Parser(text);
  const isAtEnd = (): boolean => parser.isAtEnd;
  for (;;) {
    parser.skipLayout();
    if (isAtEnd()) return found;
    const name = parser.needName().toUpperCase();
    parser.skipLayout();
    parser.expect("=");
    parser.skipLayout();
    found.set(name, parser.quotedText() ?? textUntil(parser, [","], true).trim());
    parser.skipLayout();
    if (isAtEnd()) return found;
    parser.expect(",");
  }
}

/** The text of a declaration up to its semicolon (or `end`), which is taken.
 *  @throws SyntaxFault when it does not end */
export function restOfDeclaration(parser: Parser, end = ";"): string {
  const text = textUntil(parser, [end]);
  parser.at += 1;
  return text;
}

/** Text up to one of the ends that stands outside quotes and brackets; the end is not taken.
 *  @param mayEnd the end of the text ends it too */
export function textUntil(parser: Parser, ends: readonly string[], mayEnd = false): string {
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
  if (mayEnd && open.length === 0) return parser.text.slice(start);
  throw new SyntaxFault(parser.at);
}
