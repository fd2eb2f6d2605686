/** What `do` and `job` call: a label, a method, or text. */

import { parseArguments } from "./arguments.ts";
import { parseCondition } from "./command-arguments.ts";
import { parseEntry } from "./entry.ts";
import { parseOperand } from "./expression.ts";
import type { Expression } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import type { CallItem, JobItem } from "./statements.ts";
import { SyntaxFault } from "../errors.ts";

/** One argument of `do`. */
export function parseCallItem(parser: Parser): CallItem {
  const at = parser.at;
  if (isExpression(parser)) {
    const expression = parseOperand(parser);
    if (expression.type === "indirect" && expression.subscripts === undefined) {
      return {
        kind: "indirect",
        at,
        text: expression.reference,
        condition: parseCondition(parser),
      };
    }
    if (!isCall(expression)) throw new SyntaxFault(at);
    return { kind: "expression", at, expression, condition: parseCondition(parser) };
  }
  const entry = parseEntry(parser);
  const args = parser.accept("(") ? parseArguments(parser) : undefined;
  return { kind: "entry", at, entry, args, condition: parseCondition(parser) };
}

function isCall(expression: ReturnType<typeof parseOperand>): boolean {
  if (expression.type === "member") return expression.args !== undefined;
  if (expression.type === "function") return ["classmethod", "method"].includes(expression.name);
  return expression.type === "classMethod" || expression.type === "super";
}

/** True unless a label or routine stands here: only a member behind the name tells `a(1).M()`,
 *  a method of what `a(1)` holds, from the label `a(1)`. */
function isExpression(parser: Parser): boolean {
  const first = parser.peek();
  if (first === "." || first === "#" || first === "$" || first === "@") return true;
  const start = parser.at;
  const name = parser.name();
  let end = parser.at;
  if (name !== undefined && parser.peek() === "(") end = matchingEnd(parser.text, parser.at);
  parser.at = start;
  return name !== undefined && /^\.[\p{L}%"]/u.test(parser.text.slice(end, end + 2));
}

/** Offset behind the parenthesis that closes the one at `start`. */
function matchingEnd(text: string, start: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** One argument of `job`; process parameters behind a colon are not simulated.
 *  Source: RCOS, JOB. */
export function parseJobItem(parser: Parser): JobItem {
  const { at } = parser;
  if (!["#", ".", "$"].includes(parser.peek())) {
    const entry = parseEntry(parser);
    return { kind: "entry", entry, args: parser.accept("(") ? parseArguments(parser) : [] };
  }
  const call = parseOperand(parser);
  const text = (value: string): Expression => ({ type: "literal", at, value });
  if (call.type === "classMethod") {
    const { className, name, args } = call;
    return { kind: "method", className: text(className), name: text(name), args };
  }
  if (call.type === "member" && call.object === undefined && call.args !== undefined) {
    return { kind: "method", className: undefined, name: text(call.name), args: call.args };
  }
  const isDispatch = call.type === "function" && call.name === "classmethod";
  const [className, name] = isDispatch ? call.args : [];
  if (!isDispatch || name === undefined) throw new SyntaxFault(at);
  return { kind: "method", className, name, args: call.callArguments };
}
