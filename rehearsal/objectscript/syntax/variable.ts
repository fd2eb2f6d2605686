/** Variables: locals, globals in all their forms, and indirection. */

import { SyntaxFault } from "../errors.ts";
import { parseExpression, parseOperand } from "./expression.ts";
import type { Expression, GlobalVariable, IndirectVariable, VariableNode } from "./nodes.ts";
import type { Parser } from "./parser.ts";

/** Subscripts in parentheses, or none. */
function parseSubscripts(parser: Parser): Expression[] {
  if (!parser.accept("(")) return [];
  const subscripts = parser.listUntil(")", () => parseExpression(parser));
  if (subscripts.length === 0) throw new SyntaxFault(parser.at - 1);
  return subscripts;
}

/** `name(…)` or `i%Name(…)`. */
export function parseLocal(parser: Parser): VariableNode {
  const at = parser.at;
  const name = parser.needName();
  if (name === "i" && parser.peek() === "%") {
    parser.at += 1;
    const property = parser.needName();
    return { type: "instance", at, name: property, subscripts: parseSubscripts(parser) };
  }
  return { type: "local", at, name, subscripts: parseSubscripts(parser) };
}

/** `^name(…)`, `^|"NS"|name(…)`, `^["NS"]name(…)`, `^||name(…)`, `^(…)`. */
export function parseGlobal(parser: Parser): GlobalVariable {
  const at = parser.at;
  parser.expect("^");
  if (parser.peek() === "(") {
    return {
      type: "global",
      at,
      name: "",
      subscripts: parseSubscripts(parser),
      environment: undefined,
    };
  }
  const environment = parseEnvironment(parser);
  if (parser.peek() === "$") throw new SyntaxFault(parser.at);
  const name = parser.needDottedName();
  return { type: "global", at, name, subscripts: parseSubscripts(parser), environment };
}

function parseEnvironment(parser: Parser): GlobalVariable["environment"] {
  if (parser.accept("||")) return "processPrivate";
  if (parser.accept("|")) {
    const environment = parser.inside(() => parseOperand(parser));
    parser.expect("|");
    return isCaret(environment) ? "processPrivate" : environment;
  }
  if (!parser.accept("[")) return undefined;
  const parts = parser.listUntil("]", () => parseOperand(parser));
  const [environment] = parts;
  if (environment === undefined || parts.length > 2) throw new SyntaxFault(parser.at);
  return isCaret(environment) ? "processPrivate" : environment;
}

/** `^|"^"|x` is another way to write `^||x`. */
function isCaret(environment: Expression): boolean {
  return environment.type === "literal" && environment.value === "^";
}

/** `@expression` or `@expression@(subscripts)`. */
export function parseIndirection(parser: Parser): IndirectVariable {
  const at = parser.at;
  parser.expect("@");
  const reference = parseOperand(parser);
  if (!parser.startsWith("@(")) return { type: "indirect", at, reference, subscripts: undefined };
  parser.at += 1;
  return { type: "indirect", at, reference, subscripts: parseSubscripts(parser) };
}

/** A variable, where nothing else will do (`kill`, `for`, by-reference functions).
 *  @throws SyntaxFault */
export function parseVariable(parser: Parser): VariableNode {
  const at = parser.at;
  const operand = parseOperand(parser);
  if (isVariable(operand)) return operand;
  throw new SyntaxFault(at);
}

/** True for an expression that can be set. */
export function isVariable(expression: Expression): expression is VariableNode {
  return ["local", "global", "indirect", "instance", "member"].includes(expression.type);
}
