/** Arguments of calls. */

import { parseExpression, parseOperand } from "./expression.ts";
import type { Argument } from "./nodes.ts";
import type { Parser } from "./parser.ts";

/** Arguments in parentheses; the opening one has been taken. */
export function parseArguments(parser: Parser): Argument[] {
  const list = parser.listUntil(")", () => parseArgument(parser));
  return list;
}

/** One argument: a value, `.name`, `name...`, or nothing before the next comma. */
export function parseArgument(parser: Parser): Argument {
  const next = parser.peek();
  if (next === "," || next === ")") return { kind: "omitted" };
  if (next === "." && !/[.\d]/.test(parser.peek(1))) return parseReference(parser);
  return parseSpread(parser) ?? { kind: "value", expression: parseExpression(parser) };
}

/** `.name`: only an unsubscripted local can be passed by reference; a global cannot.
 *  Source: GCOS, passing arguments by reference. */
function parseReference(parser: Parser): Argument {
  const at = parser.at;
  parser.expect(".");
  if (parser.accept("@")) {
    return { kind: "indirectReference", at, reference: parseOperand(parser) };
  }
  return { kind: "reference", at, name: parser.needName() };
}

function parseSpread(parser: Parser): Argument | undefined {
  const at = parser.at;
  const name = parser.name();
  if (name !== undefined && parser.accept("...")) return { kind: "spread", at, name };
  parser.at = at;
  return undefined;
}
