/** Arguments of a method in an export file: `a:%String="x",&b,*c:%Status,rest...`. */

import { SyntaxFault } from "../../errors.ts";
import { Parser } from "../../syntax/parser.ts";
import { textUntil } from "../keywords.ts";

/** The same as a class file writes it: `a As %String = "x", ByRef b, Output c As %Status`.
 *  @throws SyntaxFault for what is no list of arguments */
export function formalsText(spec: string): string {
  const parser = new Parser(spec.trim());
  const formals: string[] = [];
  const isAtEnd = (): boolean => parser.isAtEnd;
  while (!isAtEnd()) {
    formals.push(formalText(parser));
    parser.skipLayout();
    if (!isAtEnd()) parser.expect(",");
    parser.skipLayout();
  }
  return formals.join(", ");
}

function formalText(parser: Parser): string {
  const passed = parser.accept("&") ? "ByRef " : parser.accept("*") ? "Output " : "";
  const name = parser.needName() + (parser.accept("...") ? "..." : "");
  const type = parser.accept(":") ? ` As ${textUntil(parser, [",", "="], true).trim()}` : "";
  const initial = parser.accept("=") ? ` = ${initialText(parser)}` : "";
  return passed + name + type + initial;
}

function initialText(parser: Parser): string {
  const text = textUntil(parser, [","], true).trim();
  if (text === "") throw new SyntaxFault(parser.at);
  return text;
}
