/** Functions that work on a variable itself. Source: RCOS, each function's page. */

import { compileExpression, compilePlace, compileText } from "../compile/parts.ts";
import { fail, NotSimulated, SyntaxFault } from "../errors.ts";
import { combine, isImmediate, map, runCode, type Code } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";

import { toInteger, toText } from "../numbers.ts";
import { nameOf, type Place } from "../run/place.ts";
import type { Expression, FunctionNode, VariableNode } from "../syntax/nodes.ts";
import { isVariable } from "../syntax/variable.ts";
import type { Value } from "../value.ts";
import { parseReference } from "./reference-text.ts";
import { requireCount, type FunctionCompiler } from "./plain.ts";

/** The argument as a variable.
 *  @throws SyntaxFault when it is none */
function variableAt(node: FunctionNode, index: number): VariableNode {
  const argument = node.args[index];
  if (argument === undefined || !isVariable(argument)) throw new SyntaxFault(node.at);
  return argument;
}

/** The place a function asks about. */
function placeAt(node: FunctionNode, index: number, scope: Scope): Code<Place> {
  return compilePlace(variableAt(node, index), scope);
}

/** Sets the variable that a function may be given to put the value into. */
function optionalTarget(node: FunctionNode, index: number, scope: Scope): Code<Place | undefined> {
  return node.args[index] === undefined ? { now: () => undefined } : placeAt(node, index, scope);
}

function data(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 1, 2);
  return combine(placeAt(node, 0, scope), optionalTarget(node, 1, scope), (place, target) => {
    const value = target && place.get();
    if (value !== undefined) target?.set(value);
    return place.data;
  });
}

/** The default is evaluated only where the variable has no value.
 *  Assumed: the reference does not say when the product evaluates it. */
function get(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 1, 2);
  const place = placeAt(node, 0, scope);
  const otherwise = compileOptional(node.args[1], scope);
  if (isImmediate(place) && isImmediate(otherwise)) {
    return { now: (frame) => place.now(frame).get() ?? otherwise.now(frame) };
  }
  return {
    *later(frame) {
      return (yield* runCode(place, frame)).get() ?? (yield* runCode(otherwise, frame));
    },
  };
}

function compileOptional(argument: Expression | undefined, scope: Scope): Code<Value> {
  return argument === undefined ? { now: () => "" } : compileExpression(argument, scope);
}

function direction(value: Value): 1 | -1 {
  const number = toInteger(value === "" ? 1 : value);
  return number === 1 || number === -1 ? number : fail("<FUNCTION>");
}

/** Names of globals are not kept in order here; `$order(^x)` walks them in the product. */
function requireSubscripts(place: Place): void {
  if (place.subscripts.length === 0) throw new NotSimulated("$order over the names of variables");
}

function order(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 1, 3);
  const way = map(compileOptional(node.args[1], scope), direction);
  const target = optionalTarget(node, 2, scope);
  const found = combine(placeAt(node, 0, scope), way, (place, towards) => {
    requireSubscripts(place);
    return place.order(towards);
  });
  return combine(found, target, ({ key, value }, place) => {
    if (value !== undefined) place?.set(value);
    return key;
  });
}

function query(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 1, 3);
  const way = map(compileOptional(node.args[1], scope), direction);
  const target = optionalTarget(node, 2, scope);
  const found = combine(placeAt(node, 0, scope), way, (place, towards) => place.query(towards));
  return combine(found, target, (next, place) => {
    const value = place && next?.get();
    if (value !== undefined) place?.set(value);
    return next === undefined ? "" : nameOf(next);
  });
}

/** On a global it waits, as every change does, until the store may be written. */
function increment(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 1, 2);
  const by = node.args[1] === undefined ? { now: () => 1 } : compileOptional(node.args[1], scope);
  const variable = variableAt(node, 0);
  const place = compilePlace(variable, scope);
  if (variable.type === "local" && isImmediate(by)) {
    return combine(place, by, (found, amount) => found.increment(amount));
  }
  return {
    *later(frame) {
      const found = yield* runCode(place, frame);
      const amount = yield* runCode<Value>(by, frame);
      for (let until = found.barrier(); until !== undefined; until = found.barrier()) {
        yield { kind: "wait", until };
      }
      return found.increment(amount);
    },
  };
}

/** `$name(variable,levels)`. */
function name(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 1, 2);
  const levels = compileOptional(node.args[1], scope);
  return combine(placeAt(node, 0, scope), levels, (place, wanted) => {
    if (wanted === "") return nameOf(place);
    const count = Math.max(toInteger(wanted), 0);
    const shortened = place.subscripts.slice(0, count);
    return nameOf({ name: place.name, subscripts: shortened });
  });
}

/** `$qsubscript(reference,n)`: -1 environment, 0 name, n the n-th subscript. */
function qsubscript(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 2, 2);
  const [reference, position] = node.args;
  if (reference === undefined || position === undefined) throw new SyntaxFault(node.at);
  return combine(
    compileText(reference, scope),
    compileExpression(position, scope),
    (text, wanted) => {
      const parts = parseReference(text);
      const index = toInteger(wanted);
      if (index < -1) return fail("<FUNCTION>");
      if (index === -1) return parts.environment;
      return index === 0 ? parts.name : (parts.subscripts[index - 1] ?? "");
    },
  );
}

function qlength(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 1, 1);
  const [reference] = node.args;
  if (reference === undefined) throw new SyntaxFault(node.at);
  return map(
    compileExpression(reference, scope),
    (value) => parseReference(toText(value)).subscripts.length,
  );
}

/** Functions on variables, by canonical name. */
export const variableFunctions: Readonly<Record<string, FunctionCompiler>> = {
  data,
  get,
  order,
  next: order,
  query,
  increment,
  zincrement: increment,
  sequence: increment,
  name,
  qlength,
  qsubscript,
};
