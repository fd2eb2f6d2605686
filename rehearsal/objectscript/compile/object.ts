/** Compiles members of objects and classes. */

import { compileExpression } from "./parts.ts";
import {
  callClassMethod,
  callMethod,
  callNamed,
  requireObject,
  resolveClass,
} from "../classes/dispatch.ts";
import { parameterValue } from "../classes/intrinsics.ts";
import { getProperty, propertyPlace } from "../classes/members.ts";
import { callSuper } from "../classes/super.ts";
import { fail } from "../errors.ts";
import type { Running } from "../host.ts";
import type { Frame, FrameKind } from "../run/frame.ts";
import { valueAt } from "../run/place.ts";
import type { RuntimeClass } from "../classes/runtime-class.ts";
import type { Actual } from "../run/actual.ts";
import type { Expression, MemberNode, ObjectNode } from "../syntax/nodes.ts";
import type { Value } from "../value.ts";
import { compileArguments, noValue } from "./call.ts";
import { andThen, runCode, type Code } from "./code.ts";
import { compileOwner, memberSubscripts } from "./member-place.ts";
import type { Scope } from "./scope.ts";

/** Something that is called and may give no value. */
export type Call = (frame: Frame) => Running<Value | undefined>;

/** `object.Name` as a value. */
export function compileMember(node: MemberNode, scope: Scope): Code<Value> {
  if (node.args !== undefined) return requireValue(compileMemberCall(node, scope, "e"));
  return andThen(compileOwner(node.object, scope), (object, frame) =>
    getProperty(frame.process, object, node.name),
  );
}

/** A call where an expression wants its value.
 *  @throws ObjectScriptError `<COMMAND>` when it gives none */
function requireValue(call: Call): Code<Value> {
  return {
    *later(frame) {
      return (yield* call(frame)) ?? fail("<COMMAND>", noValue);
    },
  };
}

/** `object.Name(…)`: a method, or a node of a multidimensional property. */
export function compileMemberCall(node: MemberNode, scope: Scope, kind: FrameKind): Call {
  const actuals = compileArguments(node.args ?? [], scope);
  if (node.object === undefined) return compileOwnCall(node, scope, kind);
  const owner = compileExpression(node.object, scope);
  const nodeValue = compileNodeValue(node, scope);
  return function* (frame) {
    const object = yield* runCode(owner, frame);
    const target = requireObject(object);
    if (isNodeOfProperty(target.runtimeClass, node.name)) {
      return yield* nodeValue(object, frame);
    }
    const found = yield* runCode(actuals, frame);
    return yield* callMethod(frame.process, { object, name: node.name }, found, kind);
  };
}

function isNodeOfProperty(runtimeClass: RuntimeClass, name: string): boolean {
  return (
    runtimeClass.properties.get(name)?.isMultidimensional === true &&
    runtimeClass.method(name) === undefined
  );
}

function compileNodeValue(
  node: MemberNode,
  scope: Scope,
): (object: Value, frame: Frame) => Running<Value> {
  const hasOnlyValues = (node.args ?? []).every((argument) => argument.kind === "value");
  const subscripts = hasOnlyValues ? memberSubscripts(node, scope) : undefined;
  return function* (object, frame) {
    if (subscripts === undefined) return fail("<SYNTAX>");
    const keys = yield* runCode(subscripts, frame);
    return valueAt(propertyPlace(requireObject(object), node.name, keys));
  };
}

/** `..Name(…)`: of the object whose method runs, or of the class in a class method. */
function compileOwnCall(node: MemberNode, scope: Scope, kind: FrameKind): Call {
  const actuals = compileArguments(node.args ?? [], scope);
  const nodeValue = compileNodeValue(node, scope);
  return function* (frame) {
    const { process, self } = frame;
    const receiver = frame.receiver ?? fail("<NO CURRENT OBJECT>");
    if (self !== undefined && isNodeOfProperty(receiver, node.name)) {
      return yield* nodeValue(self, frame);
    }
    const found: readonly Actual[] = yield* runCode(actuals, frame);
    const on = { self, receiver: self?.runtimeClass ?? receiver, kind };
    return yield* callNamed(process, on, node.name, found);
  };
}

/** Compiles what begins with `##class` or `##super`, and parameters, as values. */
export function compileObject(node: ObjectNode, scope: Scope): Code<Value> {
  switch (node.type) {
    case "classMethod":
    case "super":
      return requireValue(compileClassCall(node, scope, "e"));
    case "classParameter":
      return {
        *later({ process }) {
          const found = resolveClass(process, node.className, scope.packages);
          return yield* parameterValue(process, found, node.name);
        },
      };
    case "cast":
      return compileExpression(node.object, scope);
    case "parameter":
      return compileParameter(node.object, node.name, scope);
  }
}

function compileParameter(object: Expression | undefined, name: string, scope: Scope): Code<Value> {
  if (object === undefined) {
    return {
      *later(frame) {
        const receiver = frame.self?.runtimeClass ?? frame.receiver;
        return yield* parameterValue(frame.process, receiver ?? fail("<NO CURRENT OBJECT>"), name);
      },
    };
  }
  return andThen(compileExpression(object, scope), (value, frame) =>
    parameterValue(frame.process, requireObject(value).runtimeClass, name),
  );
}

/** `##class(C).M(args)` or `##super(args)` as a call. */
export function compileClassCall(
  node: Extract<ObjectNode, { type: "classMethod" | "super" }>,
  scope: Scope,
  kind: FrameKind,
): Call {
  const actuals = compileArguments(node.args, scope);
  if (node.type === "super") {
    return function* (frame) {
      return yield* callSuper(frame, yield* runCode(actuals, frame), kind);
    };
  }
  const target = { className: node.className, name: node.name, packages: scope.packages };
  return function* (frame) {
    const found = yield* runCode(actuals, frame);
    return yield* callClassMethod(frame.process, target, found, kind);
  };
}
