/** JSON literals: `{"name":value}`, `[value]`, with expressions in parentheses. */

import { SyntaxFault } from "../errors.ts";
import { parseNumber } from "../numbers.ts";
import { parseExpression } from "./expression.ts";
import type { JsonNode, JsonValueNode } from "./nodes.ts";
import type { Parser } from "./parser.ts";

const textPattern = /"(?:[^"\\\r\n]|\\.)*"/y;
const numberPattern = /-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;

/** A literal that begins with `{` or `[`.
 *  @throws SyntaxFault */
export function parseJson(parser: Parser): JsonNode {
  const at = parser.at;
  if (parser.accept("[")) {
    return { type: "jsonArray", at, items: parser.listUntil("]", () => parseValue(parser)) };
  }
  parser.expect("{");
  const entries = parser.listUntil("}", () => {
    const name = parseText(parser);
    parser.skipFree();
    parser.expect(":");
    parser.skipFree();
    return { name, value: parseValue(parser) };
  });
  return { type: "jsonObject", at, entries };
}

function parseValue(parser: Parser): JsonValueNode {
  const at = parser.at;
  for (const kind of ["true", "false", "null"] as const) {
    if (!parser.startsWith(kind)) continue;
    parser.at += kind.length;
    return { kind };
  }
  const next = parser.peek();
  if (next === "{" || next === "[") return { kind: "expression", expression: parseJson(parser) };
  if (next === "(") return { kind: "expression", expression: parseInParentheses(parser) };
  const value = next === '"' ? parseText(parser) : parseJsonNumber(parser);
  return { kind: "expression", expression: { type: "literal", at, value } };
}

function parseInParentheses(parser: Parser): ReturnType<typeof parseExpression> {
  parser.expect("(");
  return parser.inside(() => {
    parser.skipFree();
    const expression = parseExpression(parser);
    parser.skipFree();
    parser.expect(")");
    return expression;
  });
}

function parseText(parser: Parser): string {
  textPattern.lastIndex = parser.at;
  const match = textPattern.exec(parser.text);
  if (match === null) throw new SyntaxFault(parser.at);
  try {
    const value: unknown = JSON.parse(match[0]);
    parser.at += match[0].length;
    return String(value);
  } catch {
    throw new SyntaxFault(parser.at);
  }
}

function parseJsonNumber(parser: Parser): ReturnType<typeof parseNumber> {
  numberPattern.lastIndex = parser.at;
  const match = numberPattern.exec(parser.text);
  if (match === null) throw new SyntaxFault(parser.at);
  parser.at += match[0].length;
  return parseNumber(match[0]);
}
