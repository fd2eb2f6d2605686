/** `zwrite`: variables with their names, in a form that could be read back. Source: RCOS. */

import { compileExpression, compilePlace } from "../compile/parts.ts";
import { ObjectInstance } from "../classes/instance.ts";
import { runCode } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";
import type { CommandContext, Execute } from "../compile/statement.ts";
import type { Running } from "../host.ts";
import type { Frame, Variables } from "../run/frame.ts";
import type { Place } from "../run/place.ts";
import { referenceText } from "../run/place.ts";
import { normal } from "../run/signal.ts";
import type { Expression } from "../syntax/nodes.ts";
import type { Action } from "../syntax/statements.ts";
import { isVariable } from "../syntax/variable.ts";
import { isObject, type Value } from "../value.ts";
import { inSequence } from "./sequence.ts";
import { displayText, objectLines } from "./zwrite-text.ts";

/** Compiles `zwrite` with or without arguments. */
export function compileZwrite(
  action: Extract<Action, { command: "zwrite" | "zwriteall" }>,
  { scope }: CommandContext,
): Execute {
  if (action.command === "zwriteall") return zwriteAll;
  return inSequence(action.items.map((item) => compileItem(item, scope)));
}

function compileItem(item: Expression, scope: Scope): Execute {
  const isPlace = isVariable(item) && item.type !== "member";
  if (!isPlace) {
    const value = compileExpression(item, scope);
    return function* (frame) {
      writeLines(frame, [...valueLines("", yield* runCode(value, frame))]);
      return normal;
    };
  }
  const place = compilePlace(item, scope);
  return function* (frame) {
    const found: Place = yield* runCode(place, frame);
    yield* writePlace(found, frame);
    return normal;
  };
}

/** The node and everything below; nothing for what does not exist. */
function* writePlace(place: Place, frame: Frame): Running<void> {
  for (const [subscripts, value] of place.entries()) {
    if (frame.process.step()) yield frame.process.slicePause;
    const name = referenceText(place.name, [...place.subscripts, ...subscripts]);
    writeLines(frame, [...valueLines(name, value)]);
  }
}

function writeLines(frame: Frame, lines: readonly string[]): void {
  for (const line of lines) frame.process.output.write(`${line}\n`);
}

function* valueLines(name: string, value: Value): Generator<string> {
  const prefix = name === "" ? "" : `${name}=`;
  if (isObject(value) && value instanceof ObjectInstance) {
    yield* objectLines(prefix, value);
  } else yield prefix + displayText(value);
}

/** Every variable with its nodes, one line each. */
export function* variableLines(variables: Variables): Generator<string> {
  for (const name of [...variables.keys()].sort()) {
    for (const [subscripts, value] of variables.get(name)?.entries() ?? []) {
      yield* valueLines(referenceText(name, subscripts), value);
    }
  }
}

function zwriteAll(frame: Frame): typeof normal {
  const { publics } = frame.process;
  if (frame.variables !== publics) writeLines(frame, [...variableLines(frame.variables)]);
  writeLines(frame, [...variableLines(publics)]);
  return normal;
}
