/** Expressions: operands and operators, strictly from left to right. */

import { SyntaxFault } from "../errors.ts";
import { scanPattern } from "../pattern.ts";
import { parseFunction } from "./function.ts";
import { parseJson } from "./json.ts";
import type { BinaryNode, Expression, LogicNode, PatternNode } from "./nodes.ts";
import { parseHash, parseMembers, parseOwnMember } from "./object.ts";
import type { Parser } from "./parser.ts";
import { parseGlobal, parseIndirection, parseLocal } from "./variable.ts";

/** Binary operators, longest first; those with `'` are spelt out because the rest may follow. */
const operators = [
  "'=", "'<", "'>", "']]", "']", "'[", "'&", "'!", "'?",
  "**", "<=", ">=", "]]", "&&", "||",
  "+", "-", "*", "/", "\\", "#", "_", "=", "<", ">", "[", "]", "&", "!", "?",
] as const; // prettier-ignore

/** Parses one expression.
 *  @throws SyntaxFault */
export function parseExpression(parser: Parser): Expression {
  let left = parseOperand(parser);
  for (;;) {
    const start = parser.at;
    parser.skipFree();
    const operator = acceptOperator(parser);
    if (operator === undefined) {
      parser.at = start;
      return left;
    }
    left = parseRightSide(parser, left, operator);
    parser.deepen();
  }
}

function acceptOperator(parser: Parser): string | undefined {
  if (parser.isAtComment) return undefined;
  const found = operators.find((operator) => parser.startsWith(operator));
  if (found !== undefined) parser.at += found.length;
  return found;
}

function parseRightSide(
  parser: Parser,
  left: Expression,
  operator: string,
): BinaryNode | LogicNode | PatternNode {
  const at = left.at;
  if (operator === "?" || operator === "'?") {
    return {
      type: "pattern",
      at,
      subject: left,
      pattern: parsePattern(parser),
      negated: operator === "'?",
    };
  }
  parser.skipFree();
  const right = parseOperand(parser);
  if (operator === "&&" || operator === "||") return { type: "logic", at, operator, left, right };
  return { type: "binary", at, operator, left, right };
}

function parsePattern(parser: Parser): RegExp | Expression {
  parser.skipFree();
  if (parser.peek() === "@") {
    parser.at += 1;
    return parseOperand(parser);
  }
  const scanned = scanPattern(parser.text, parser.at);
  parser.at = scanned.end;
  return scanned.expression;
}

/** Parses one operand with everything that hangs on it (members, unary operators before it).
 *  @throws SyntaxFault */
export function parseOperand(parser: Parser): Expression {
  return parser.nested(() => {
    const at = parser.at;
    const first = parser.peek();
    if (first === "+" || first === "-" || first === "'") return parseUnary(parser, first);
    const literal = parser.quotedText() ?? parser.number();
    if (literal !== undefined) return { type: "literal", at, value: literal };
    return parseMembers(parser, parsePrimary(parser, first));
  });
}

function parseUnary(parser: Parser, operator: string): Expression {
  const at = parser.at;
  parser.at += 1;
  parser.skipFree();
  return { type: "unary", at, operator, operand: parseOperand(parser) };
}

function parsePrimary(parser: Parser, first: string): Expression {
  switch (first) {
    case "(":
      return parseParenthesized(parser);
    case "$":
      return parseFunction(parser);
    case "^":
      return parseGlobal(parser);
    case "@":
      return parseIndirection(parser);
    case "#":
      return parseHash(parser);
    case ".":
      return parseOwnMember(parser);
    case "{":
    case "[":
      return parseJson(parser);
    default:
      return parseLocal(parser);
  }
}

function parseParenthesized(parser: Parser): Expression {
  parser.at += 1;
  return parser.inside(() => {
    parser.skipFree();
    const inner = parseExpression(parser);
    parser.skipFree();
    if (!parser.accept(")")) throw new SyntaxFault(parser.at);
    return inner;
  });
}
