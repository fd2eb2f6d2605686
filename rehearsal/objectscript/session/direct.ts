/** The direct form: one call given on the command line. Source: GSA, `iris terminal` arguments. */

import { compiler } from "../compile/compiler.ts";
import { publicScope } from "../compile/scope.ts";
import { NotSimulated, ObjectScriptError, SyntaxFault } from "../errors.ts";
import type { Running } from "../host.ts";
import { currentFrame } from "../run/base-frame.ts";
import { runSteps } from "../run/block.ts";
import type { Process } from "../run/process.ts";
import { typedUnit } from "../run/unit.ts";
import { parseCallItem } from "../syntax/call-arguments.ts";
import type { Argument, Expression } from "../syntax/nodes.ts";
import { Parser } from "../syntax/parser.ts";
import type { CallItem, Statement } from "../syntax/statements.ts";

/** Exit status after an error nobody handled.
 *  Assumed: the product's is not documented; 1 keeps a failed call from looking like success. */
const failedStatus = 1;

/** Runs the call. Without a handler an error prints its text and ends the process.
 *  Source: GCOS, application mode.
 *  @returns the exit status */
export function* runDirect(process: Process, entry: string): Running<number> {
  const frame = currentFrame(process);
  frame.unit = typedUnit(entry);
  process.directStatus = 0;
  try {
    const steps = compiler.steps([callStatement(entry)], publicScope(compiler, frame.unit));
    yield* runSteps(steps, frame);
    return process.directStatus;
  } catch (error) {
    process.output.usePrincipal();
    process.output.write(`\n${messageOf(error)}\n`);
    return failedStatus;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof ObjectScriptError) return error.text;
  if (error instanceof NotSimulated) return error.message;
  if (error instanceof SyntaxFault) return "<SYNTAX>";
  throw error;
}

/** The entry as a `do`.
 *  @throws SyntaxFault for anything but one call with constants */
function callStatement(entry: string): Statement {
  const parser = new Parser(entry.trim());
  const item = routineFirst(parseCallItem(parser));
  if (!parser.isAtEnd || item.kind === "indirect") throw new SyntaxFault(parser.at);
  requireConstants(item);
  return { at: 0, keywordEnd: 0, condition: undefined, action: { command: "do", items: [item] } };
}

/** A name alone is a routine, not a label. */
function routineFirst(item: CallItem): CallItem {
  if (item.kind !== "entry" || item.entry.routine !== "") return item;
  const { label, ...entry } = item.entry;
  return { ...item, entry: { ...entry, label: "", routine: label } };
}

function requireConstants(item: CallItem): void {
  const args = item.kind === "entry" ? (item.args ?? []) : argumentsOf(item);
  for (const argument of args) {
    const isConstant = argument.kind === "value" && isConstantNode(argument.expression);
    if (argument.kind !== "omitted" && !isConstant) throw new SyntaxFault(0);
  }
}

function argumentsOf(item: CallItem): readonly Argument[] {
  if (item.kind !== "expression" || item.expression.type !== "classMethod")
    throw new SyntaxFault(0);
  return item.expression.args;
}

function isConstantNode(node: Expression): boolean {
  if (node.type === "unary") return isConstantNode(node.operand);
  return node.type === "literal";
}
