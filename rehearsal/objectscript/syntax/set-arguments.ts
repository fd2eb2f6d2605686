/** Arguments of `set`: variables, several at once, special variables, and parts of a value. */

import { SyntaxFault } from "../errors.ts";
import { parseIndirectItem } from "./command-arguments.ts";
import { parseExpression, parseOperand } from "./expression.ts";
import { functionNames, specialNames } from "./names.ts";
import type { Expression } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import type { SetItem, SetTarget } from "./statements.ts";
import { isVariable, parseVariable } from "./variable.ts";

/** `target=value`, `(target,target)=value`, `@text`. */
export function parseSetItem(parser: Parser): SetItem {
  const indirect = parseIndirectAssignment(parser);
  if (indirect !== undefined) return indirect;
  const targets = parser.accept("(")
    ? parser.listUntil(")", () => parseTarget(parser))
    : [parseTarget(parser)];
  parser.skipFree();
  parser.expect("=");
  parser.skipFree();
  return { kind: "assign", targets, value: parseExpression(parser) };
}

/** `set @x` reads the text as assignments; `set @x = 1` names the variable. */
function parseIndirectAssignment(parser: Parser): SetItem | undefined {
  const start = parser.at;
  const indirect = parseIndirectItem(parser);
  if (indirect === undefined) return undefined;
  parser.skipFree();
  if (parser.peek() !== "=") return indirect;
  parser.at = start;
  return undefined;
}

const parts: ReadonlySet<string> = new Set(["piece", "extract", "list", "bit"]);

function parseTarget(parser: Parser): SetTarget {
  const at = parser.at;
  if (parser.peek() !== "$" || /[$]/.test(parser.peek(1))) {
    return { kind: "variable", variable: parseVariable(parser) };
  }
  const operand = parseExpressionTarget(parser);
  if (operand.type === "special") return { kind: "special", at, name: operand.name };
  if (operand.type === "function" && parts.has(operand.name)) {
    const [variable, ...args] = operand.args;
    if (variable !== undefined && isVariable(variable)) {
      return { kind: "part", at, part: operand.name, variable, args };
    }
  }
  if (isVariable(operand)) return { kind: "variable", variable: operand };
  throw new SyntaxFault(at);
}

/** A target that begins with `$`: a special variable, a function, or `$this.Name`. */
function parseExpressionTarget(parser: Parser): Expression {
  const at = parser.at;
  parser.at += 1;
  const name = (parser.name() ?? "").toLowerCase();
  const isCall = parser.peek() === "(";
  const isMember = parser.peek() === ".";
  parser.at = at;
  if (isCall ? !functionNames.has(name) : !specialNames.has(name)) throw new SyntaxFault(at);
  if (isCall || isMember) return parseOperand(parser);
  parser.at = at + 1 + name.length;
  return { type: "special", at, name: specialNames.get(name) ?? name };
}
