/** Classes and objects: `##class(C).M()`, `##super()`, `object.Name`, `..Name`, `..#P`. */

import { SyntaxFault } from "../errors.ts";
import { parseArguments } from "./arguments.ts";
import { parseOperand } from "./expression.ts";
import type { Argument, Expression, MemberNode } from "./nodes.ts";
import type { Parser } from "./parser.ts";

/** `##class(…)…` or `##super(…)`. */
export function parseHash(parser: Parser): Expression {
  const at = parser.at;
  if (parser.accept("##super(")) return { type: "super", at, args: parseArguments(parser) };
  parser.expect("##class(");
  parser.skipBlanks();
  const className = parser.needDottedName();
  parser.skipBlanks();
  parser.expect(")");
  if (parser.peek() !== ".") {
    return { type: "cast", at, className, object: parseOperand(parser) };
  }
  parser.at += 1;
  if (parser.accept("#")) return { type: "classParameter", at, className, name: parser.needName() };
  const name = parseMemberName(parser);
  if (!parser.accept("(")) throw new SyntaxFault(parser.at);
  return { type: "classMethod", at, className, name, args: parseArguments(parser) };
}

/** `..Name`, `..Name(…)`, `..#PARAMETER`. */
export function parseOwnMember(parser: Parser): Expression {
  const at = parser.at;
  parser.expect("..");
  if (parser.accept("#"))
    return { type: "parameter", at, object: undefined, name: parser.needName() };
  return parseMember(parser, at, undefined);
}

function parseMember(parser: Parser, at: number, object: Expression | undefined): MemberNode {
  const name = parseMemberName(parser);
  const args = parser.accept("(") ? parseArguments(parser) : undefined;
  return { type: "member", at, object, name, args };
}

/** Names of members may be quoted: `object."any name"`. */
function parseMemberName(parser: Parser): string {
  const quoted = parser.quotedText();
  return quoted !== undefined && quoted !== "" ? quoted : parser.needName();
}

/** Operands that can have members: `name.Member`, `##class(C).M().Member`. */
const havingMembers: ReadonlySet<string> = new Set([
  "local",
  "instance",
  "member",
  "classMethod",
  "cast",
  "super",
  "special",
  "indirect",
  "jsonObject",
  "jsonArray",
]);

/** Takes the chain of members behind an operand. */
export function parseMembers(parser: Parser, operand: Expression): Expression {
  let object = operand;
  while (havingMembers.has(object.type) && startsMember(parser)) {
    parser.at += 1;
    parser.deepen();
    object = parser.accept("#")
      ? { type: "parameter", at: operand.at, object, name: parser.needName() }
      : parseMember(parser, operand.at, object);
  }
  return object;
}

function startsMember(parser: Parser): boolean {
  return parser.peek() === "." && /[\p{L}%"#]/u.test(parser.peek(1));
}

/** `$system.A.M(…)` is `##class(%SYSTEM.A).M(…)`; the `$system` has been taken. */
export function parseSystemCall(parser: Parser, at: number): Expression {
  const names: string[] = [];
  while (parser.accept(".")) names.push(parser.needName());
  const name = names.pop();
  if (name === undefined || names.length === 0 || !parser.accept("(")) {
    throw new SyntaxFault(parser.at);
  }
  const args: readonly Argument[] = parseArguments(parser);
  return { type: "classMethod", at, className: `%SYSTEM.${names.join(".")}`, name, args };
}
