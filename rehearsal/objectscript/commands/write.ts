/** `write`. Source: RCOS, WRITE. */

import { compileExpression } from "../compile/parts.ts";
import { isImmediate, map, runCode, type Code } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";
import type { CommandContext, Execute } from "../compile/statement.ts";
import { toInteger, toText } from "../numbers.ts";
import type { Frame } from "../run/frame.ts";
import { normal } from "../run/signal.ts";
import type { Action, WriteItem } from "../syntax/statements.ts";
import type { Value } from "../value.ts";
import { runIndirect } from "./indirect.ts";
import { inSequence } from "./sequence.ts";
import { variableLines } from "./zwrite.ts";

/** Compiles `write` with or without arguments. */
export function compileWrite(
  action: Extract<Action, { command: "write" | "writeall" }>,
  context: CommandContext,
): Execute {
  if (action.command === "writeall") return writeVariables;
  return inSequence(action.items.map((item) => compileWriteItem(item, context)));
}

/** Compiles one thing to write. */
export function compileWriteItem(item: WriteItem, context: CommandContext): Execute {
  if (item.kind === "indirect") return runIndirect("write", item, context);
  return asExecute(compileOutput(item, context.scope));
}

/** Code for its effect alone, as a command. */
function asExecute(code: Code<unknown>): Execute {
  if (isImmediate(code)) {
    return (frame) => {
      code.now(frame);
      return normal;
    };
  }
  return function* (frame) {
    yield* runCode(code, frame);
    return normal;
  };
}

function compileOutput(
  item: Exclude<WriteItem, { kind: "indirect" }>,
  scope: Scope,
): Code<unknown> {
  switch (item.kind) {
    case "newLine":
      return { now: ({ process }) => process.output.newLine() };
    case "newPage":
      return { now: ({ process }) => process.output.newPage() };
    case "column":
      return onValue(item.expression, scope, (value, { process }) => {
        process.output.moveTo(toInteger(value));
        process.chargeText(process.output.current.column);
      });
    case "character":
      return onValue(item.expression, scope, (value, { process }) =>
        process.output.write(String.fromCharCode(toInteger(value) & 0xffff)),
      );
    case "value":
      return onValue(item.expression, scope, (value, { process }) => {
        const text = toText(value);
        process.output.write(text);
        process.chargeText(text.length);
      });
  }
}

function onValue(
  expression: Parameters<typeof compileExpression>[0],
  scope: Scope,
  use: (value: Value, frame: Frame) => void,
): Code<void> {
  return map(compileExpression(expression, scope), use);
}

/** All variables, each on a line of its own. At an error prompt those of the failing procedure
 *  come first under a heading.
 *  Assumed: the layout; only the heading was seen. */
function writeVariables(frame: Frame): typeof normal {
  const { output, publics } = frame.process;
  if (frame.variables !== publics) {
    output.write("\n<Private variables>");
    for (const line of variableLines(frame.variables)) output.write(`\n${line}`);
    output.newLine();
  }
  for (const line of variableLines(publics)) output.write(`\n${line}`);
  return normal;
}
