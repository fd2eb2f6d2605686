/** `set`. Source: RCOS, SET. */

import { compileExpression, compilePlace } from "../compile/parts.ts";
import { setProperty } from "../classes/members.ts";
import { compileOwner } from "../compile/member-place.ts";
import { all, combine, isImmediate, map, runCode, type Code } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";
import type { CommandContext, Execute } from "../compile/statement.ts";
import { compileQuickSet } from "../compile/variable.ts";
import { SyntaxFault } from "../errors.ts";
import { compileArgument, FromEnd, type FunctionArgument } from "../functions/plain.ts";
import { withElements } from "../functions/list-functions.ts";
import { withExtract, withPiece } from "../functions/pieces.ts";
import { specialWriter } from "../functions/special-variables.ts";
import type { Running } from "../host.ts";
import { toInteger, toText } from "../numbers.ts";
import type { Frame } from "../run/frame.ts";
import type { Place } from "../run/place.ts";
import { normal } from "../run/signal.ts";
import type { MemberNode } from "../syntax/nodes.ts";
import type { SetItem, SetTarget } from "../syntax/statements.ts";
import type { Value } from "../value.ts";
import { runIndirect } from "./indirect.ts";
import { awaitWritable, inSequence, whenWritable } from "./sequence.ts";

/** Stores a value where a target says; a coroutine where that may wait. */
type Store = (value: Value) => void | Running<void>;

/** Compiles all assignments of one `set`. */
export function compileSet(items: readonly SetItem[], context: CommandContext): Execute {
  return inSequence(items.map((item) => compileItem(item, context)));
}

function compileItem(item: SetItem, context: CommandContext): Execute {
  const { scope } = context;
  if (item.kind === "indirect") return runIndirect("set", item, context);
  const value = compileExpression(item.value, scope);
  const [target] = item.targets;
  if (item.targets.length === 1 && target?.kind === "variable") {
    const quick = compileQuick(target.variable, value, scope);
    if (quick !== undefined) return quick;
  }
  return compileStores(
    item.targets.map((one) => compileTarget(one, scope)),
    value,
  );
}

/** One variable, and a value that needs no waiting. */
function compileQuick(
  variable: Extract<SetTarget, { kind: "variable" }>["variable"],
  value: Code<Value>,
  scope: Scope,
): Execute | undefined {
  if (!isImmediate(value) || variable.type === "member") return undefined;
  const set = compileQuickSet(variable, scope);
  if (set !== undefined) {
    return (frame) => {
      set(frame, value.now(frame));
      return normal;
    };
  }
  const place = compilePlace(variable, scope);
  if (!isImmediate(place)) return undefined;
  return (frame) => {
    const found = place.now(frame);
    const text = value.now(frame);
    return whenWritable(found, () => found.set(text));
  };
}

/** Targets are worked out from left to right, then the value. */
function compileStores(targets: readonly Code<Store>[], value: Code<Value>): Execute {
  return function* (frame) {
    const stores = yield* runCode(all(targets), frame);
    const found = yield* runCode(value, frame);
    for (const store of stores) {
      const waiting = store(found);
      if (waiting !== undefined) yield* waiting;
    }
    return normal;
  };
}

function compileTarget(target: SetTarget, scope: Scope): Code<Store> {
  switch (target.kind) {
    case "variable":
      if (target.variable.type === "member") return compileMemberTarget(target.variable, scope);
      return map(compilePlace(target.variable, scope), storeAt);
    case "special":
      return compileSpecialTarget(target.name, target.at);
    case "part":
      return compilePartTarget(target, scope);
  }
}

function storeAt(place: Place): Store {
  return function* (value) {
    yield* awaitWritable(place);
    place.set(value);
  };
}

function compileMemberTarget(node: MemberNode, scope: Scope): Code<Store> {
  if (node.args !== undefined) return map(compilePlace(node, scope), storeAt);
  return map(compileOwner(node.object, scope), (object, { process }) => {
    return (value) => setProperty(process, { object, name: node.name }, value);
  });
}

function compileSpecialTarget(name: string, at: number): Code<Store> {
  const write = specialWriter(name);
  if (write === undefined) throw new SyntaxFault(at);
  return { now: (frame: Frame) => (value) => write(frame, value) };
}

/** `set $piece(x,…)=…` reads the variable, changes the part, and sets the variable. */
function compilePartTarget(
  target: Extract<SetTarget, { kind: "part" }>,
  scope: Scope,
): Code<Store> {
  const args = all(target.args.map((argument) => compileArgument(argument, scope)));
  if (target.part === "bit") throw new SyntaxFault(target.at);
  const isProperty = target.variable.type === "member" && target.variable.args === undefined;
  if (isProperty) throw new SyntaxFault(target.at, "a part of a property cannot be set");
  return combine(compilePlace(target.variable, scope), args, (place, found, { process }) => {
    return function* (value) {
      yield* awaitWritable(place);
      const text = changedPart(target.part, toText(place.get() ?? ""), found, value);
      process.chargeText(text.length);
      place.set(text);
    };
  });
}

function changedPart(
  part: string,
  text: string,
  args: readonly FunctionArgument[],
  value: Value,
): string {
  if (part === "list") {
    const from = positionOf(args[0]);
    const to = args[1] === undefined ? undefined : positionOf(args[1]);
    return withElements(text, { from, to }, value);
  }
  if (part === "extract") {
    const from = counted(args[0], text.length);
    const to = args[1] === undefined ? from : counted(args[1], text.length);
    return withExtract(text, from, to, toText(value));
  }
  const [delimiter] = args;
  const separator =
    delimiter === undefined || delimiter instanceof FromEnd ? "" : toText(delimiter);
  const pieces = separator === "" ? 0 : text.split(separator).length;
  const from = counted(args[1], pieces);
  const to = args[2] === undefined ? from : counted(args[2], pieces);
  return withPiece(text, separator, { from, to }, toText(value));
}

function positionOf(argument: FunctionArgument): number | FromEnd {
  if (argument instanceof FromEnd) return argument;
  return argument === undefined ? 1 : toInteger(argument);
}

/** A position from 1 on; without argument the first. */
function counted(argument: FunctionArgument, length: number): number {
  const position = positionOf(argument);
  return position instanceof FromEnd ? length + position.offset : position;
}
