/** What begins with `$`: functions, special variables, `$$label^routine()`, `$system.X.M()`. */

import { SyntaxFault } from "../errors.ts";
import { parseArgument, parseArguments } from "./arguments.ts";
import { parseEntry } from "./entry.ts";
import { parseExpression } from "./expression.ts";
import { functionNames, specialNames } from "./names.ts";
import type { CaseNode, Expression, FunctionNode, SelectNode } from "./nodes.ts";
import { parseSystemCall } from "./object.ts";
import type { Parser } from "./parser.ts";

/** Parses from the `$` on. Macros are no part of the language: `$$$X` is a fault here.
 *  @throws SyntaxFault */
export function parseFunction(parser: Parser): Expression {
  const at = parser.at;
  if (parser.startsWith("$$$")) throw new SyntaxFault(at);
  if (parser.accept("$$")) return parseExtrinsic(parser, at);
  parser.expect("$");
  const name = parser.needName().toLowerCase();
  if (name === "system" && parser.peek() === ".") return parseSystemCall(parser, at);
  if (parser.peek() !== "(") {
    const special = specialNames.get(name);
    if (special === undefined) throw new SyntaxFault(at);
    return { type: "special", at, name: special };
  }
  const canonical = functionNames.get(name);
  if (canonical === undefined) throw new SyntaxFault(at);
  parser.at += 1;
  return parseCall(parser, at, canonical);
}

function parseExtrinsic(parser: Parser, at: number): Expression {
  const entry = parseEntry(parser);
  const args = parser.accept("(") ? parseArguments(parser) : [];
  return { type: "extrinsic", at, entry, args };
}

function parseCall(parser: Parser, at: number, name: string): Expression {
  if (name === "select") return parseSelect(parser, at);
  if (name === "case") return parseCase(parser, at);
  if (name === "text") return parseText(parser, at);
  if (name === "classmethod" || name === "method") return parseDispatch(parser, at, name);
  const args = parser.listUntil(")", () => parseFunctionArgument(parser));
  return { type: "function", at, name, args, callArguments: [] };
}

/** An argument of a function; `*` and `*-1` mean the last element and those before it. */
function parseFunctionArgument(parser: Parser): Expression | undefined {
  const at = parser.at;
  const next = parser.peek();
  if (next === "," || next === ")") return undefined;
  if (next !== "*") return parseExpression(parser);
  parser.at += 1;
  const sign = parser.peek();
  const offset: Expression =
    sign === "-" || sign === "+" ? parseExpression(parser) : { type: "literal", at, value: 0 };
  return { type: "function", at, name: "*", args: [offset], callArguments: [] };
}

/** `$classmethod(class,method,args)`, `$method(object,method,args)`. */
function parseDispatch(parser: Parser, at: number, name: string): FunctionNode {
  const all = parseArguments(parser);
  const args = all.slice(0, 2).map((argument) => {
    if (argument.kind === "value") return argument.expression;
    if (argument.kind === "omitted") return undefined;
    throw new SyntaxFault(at);
  });
  return { type: "function", at, name, args, callArguments: all.slice(2) };
}

function parseSelect(parser: Parser, at: number): SelectNode {
  const choices = parser.listUntil(")", () => {
    const condition = parseExpression(parser);
    parser.skipFree();
    parser.expect(":");
    parser.skipFree();
    return { condition, value: parseExpression(parser) };
  });
  if (choices.length === 0) throw new SyntaxFault(parser.at - 1);
  return { type: "select", at, choices };
}

function parseCase(parser: Parser, at: number): CaseNode {
  let subject: Expression | undefined;
  const choices: CaseNode["choices"][number][] = [];
  parser.listUntil(")", () => {
    if (subject === undefined) {
      subject = parseExpression(parser);
      return;
    }
    const match = parser.peek() === ":" ? undefined : parseExpression(parser);
    parser.skipFree();
    parser.expect(":");
    parser.skipFree();
    choices.push({ match, value: parseExpression(parser) });
  });
  if (subject === undefined) throw new SyntaxFault(parser.at - 1);
  return { type: "case", at, subject, choices };
}

/** `$text(label+n^routine)` names a line, not a value; the reference is kept as a literal. */
function parseText(parser: Parser, at: number): FunctionNode {
  const start = parser.at;
  if (parser.peek() === "@") {
    const argument = parseArgument(parser);
    parser.expect(")");
    const value = argument.kind === "value" ? argument.expression : undefined;
    return { type: "function", at, name: "text", args: [value], callArguments: [] };
  }
  parser.inside(() => parseEntry(parser));
  const value = parser.text.slice(start, parser.at);
  parser.expect(")");
  const literal: Expression = { type: "literal", at: start, value };
  return { type: "function", at, name: "text", args: [literal], callArguments: [] };
}
