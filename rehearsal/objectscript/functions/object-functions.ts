/** Functions on objects and classes. Source: RCOS, $CLASSMETHOD and its family. */

import { compileExpression } from "../compile/parts.ts";
import { fail, SyntaxFault } from "../errors.ts";
import { callClassMethod, callMethod, requireObject, resolveClass } from "../classes/dispatch.ts";
import { ObjectInstance } from "../classes/instance.ts";
import { parameterValue } from "../classes/intrinsics.ts";
import { getProperty } from "../classes/members.ts";
import { compileArguments, noValue } from "../compile/call.ts";
import { runCode, type Code } from "../compile/code.ts";
import type { Call } from "../compile/object.ts";
import type { Scope } from "../compile/scope.ts";
import { toText } from "../numbers.ts";
import type { FrameKind } from "../run/frame.ts";
import type { Frame } from "../run/frame.ts";
import type { Expression, FunctionNode } from "../syntax/nodes.ts";
import { isObject, type Value } from "../value.ts";
import { plain, requireCount, type FunctionCompiler } from "./plain.ts";

function needed(node: FunctionNode, index: number): Expression {
  const argument = node.args[index];
  if (argument === undefined) throw new SyntaxFault(node.at);
  return argument;
}

/** `$classmethod(class,method,args)` or `$method(object,method,args)` as a call. */
export function compileDispatch(node: FunctionNode, scope: Scope, kind: FrameKind): Call {
  const isClass = node.name === "classmethod";
  const first = node.args[0];
  const subject: Code<Value> =
    first === undefined
      ? { now: (frame) => ownSubject(frame, isClass) }
      : compileExpression(first, scope);
  const name = compileExpression(needed(node, 1), scope);
  const actuals = compileArguments(node.callArguments, scope);
  const { packages } = scope;
  return function* (frame) {
    const on = yield* runCode(subject, frame);
    const method = toText(yield* runCode(name, frame));
    const found = yield* runCode(actuals, frame);
    if (!isClass)
      return yield* callMethod(frame.process, { object: on, name: method }, found, kind);
    const target = { className: toText(on), name: method, packages };
    return yield* callClassMethod(frame.process, target, found, kind);
  };
}

/** Left out, the class or object is the one whose method runs. */
function ownSubject(frame: Frame, isClass: boolean): Value {
  if (!isClass) return frame.self ?? fail("<NO CURRENT OBJECT>");
  return (frame.receiver ?? fail("<NO CURRENT OBJECT>")).name;
}

function dispatch(node: FunctionNode, scope: Scope): Code<Value> {
  const call = compileDispatch(node, scope, "e");
  return {
    *later(frame) {
      return (yield* call(frame)) ?? fail("<COMMAND>", noValue);
    },
  };
}

function property(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 2, 2);
  const object = compileExpression(needed(node, 0), scope);
  const name = compileExpression(needed(node, 1), scope);
  return {
    *later(frame) {
      const found = yield* runCode(object, frame);
      return yield* getProperty(frame.process, found, toText(yield* runCode(name, frame)));
    },
  };
}

/** The class may be named, or given by one of its objects. */
function parameter(node: FunctionNode, scope: Scope): Code<Value> {
  requireCount(node, 2, 2);
  const subject = compileExpression(needed(node, 0), scope);
  const name = compileExpression(needed(node, 1), scope);
  return {
    *later(frame) {
      const found = yield* runCode(subject, frame);
      const runtimeClass = isObject(found)
        ? requireObject(found).runtimeClass
        : resolveClass(frame.process, toText(found), scope.packages);
      const wanted = toText(yield* runCode(name, frame));
      return yield* parameterValue(frame.process, runtimeClass, wanted);
    },
  };
}

/** Functions on objects, by canonical name. */
export const objectFunctions: Readonly<Record<string, FunctionCompiler>> = {
  classmethod: dispatch,
  method: dispatch,
  property,
  parameter,
  isobject: plain(1, 1, (args) => (isObject(args.value(0)) ? 1 : 0)),
  classname: plain(0, 1, (args) => {
    const value = args.given(0) ? args.value(0) : (args.process.self ?? "");
    return isObject(value) && value instanceof ObjectInstance ? value.className : "";
  }),
};
