/** Finds methods and calls them. */

import { fail, NotSimulated } from "../errors.ts";
import type { Running } from "../host.ts";
import type { Actual } from "../run/actual.ts";
import { invoke } from "../run/invoke.ts";
import type { Process } from "../run/process.ts";
import type { FrameKind } from "../run/frame.ts";
import { isObject, type Value } from "../value.ts";
import { refuseAbsent } from "./absent.ts";
import { ObjectInstance } from "./instance.ts";
import { findIntrinsic } from "./intrinsics.ts";
import type { MethodCaller } from "./objects.ts";
import { NativeArguments } from "./native-arguments.ts";
import { fullClassName } from "./product-classes.ts";
import { isPropertyMethod } from "./property-methods.ts";
import { finish } from "./running.ts";
import type { Method, RuntimeClass } from "./runtime-class.ts";

/** On whom a method is called. */
interface Receiver {
  readonly self: ObjectInstance | undefined;
  readonly receiver: RuntimeClass;
  readonly kind: FrameKind;
}

/** A class method by the names in the source. */
interface ClassTarget {
  readonly className: string;
  readonly name: string;
  /** Where a class name without package is looked for. */
  readonly packages: readonly string[];
}

/** A method of an object. */
interface ObjectTarget {
  readonly object: Value;
  readonly name: string;
}

/** A class by its name in the source.
 *  @throws ObjectScriptError `<CLASS DOES NOT EXIST>` */
export function resolveClass(
  process: Process,
  className: string,
  packages: readonly string[],
): RuntimeClass {
  const isQualified = className.includes(".") || className.startsWith("%");
  const candidates = isQualified ? [className] : packages.map((name) => `${name}.${className}`);
  for (const candidate of candidates) {
    const found = process.code.findClass(process, candidate);
    if (found !== undefined) return found;
  }
  return fail("<CLASS DOES NOT EXIST>", `*${fullClassName(className)}`);
}

/** An object, or the product's error for what is none.
 *  @throws ObjectScriptError `<INVALID OREF>` */
export function requireObject(value: Value): ObjectInstance {
  return isObject(value) && value instanceof ObjectInstance ? value : fail("<INVALID OREF>");
}

/** `object.Name(args)`. */
export function* callMethod(
  process: Process,
  { object, name }: ObjectTarget,
  actuals: readonly Actual[],
  kind: FrameKind,
): Running<Value | undefined> {
  const self = requireObject(object);
  return yield* callNamed(process, { self, receiver: self.runtimeClass, kind }, name, actuals);
}

/** `##class(C).Name(args)`. A method of objects may be called this way from a method of an object
 *  of that class, which it then works on. Source: GOBJ, method calls. */
export function* callClassMethod(
  process: Process,
  { className, name, packages }: ClassTarget,
  actuals: readonly Actual[],
  kind: FrameKind,
): Running<Value | undefined> {
  const receiver = resolveClass(process, className, packages);
  const current = process.frame?.self;
  const self = current?.runtimeClass.lineage.includes(receiver.name) === true ? current : undefined;
  return yield* callNamed(process, { self, receiver, kind }, name, actuals);
}

/** Calls a method by name on a class or object. */
export function* callNamed(
  process: Process,
  on: Receiver,
  name: string,
  actuals: readonly Actual[],
): Running<Value | undefined> {
  const method = on.receiver.method(name);
  if (method !== undefined) {
    checkAccess(process, method, name);
    return yield* callResolved(process, method, actuals, on);
  }
  const intrinsic = findIntrinsic(on.receiver, name);
  if (intrinsic !== undefined) {
    const { self, receiver } = on;
    const callMethod = callerFor(process, receiver);
    return yield* intrinsic({ process, receiver, self, actuals, callMethod });
  }
  refuseKnown(on.receiver, name);
  if (isPropertyMethod(on.receiver, name)) throw new NotSimulated(`${on.receiver.name}.${name}`);
  return fail("<METHOD DOES NOT EXIST>", `*${name},${on.receiver.name}`);
}

/** How the making of an object calls methods of its class. */
export function callerFor(process: Process, receiver: RuntimeClass): MethodCaller {
  return (method, self, actuals) =>
    callResolved(process, method, actuals, { self, receiver, kind: "e" });
}

/** @throws NotSimulated for a member the product documents and this engine does not have */
export function refuseKnown(runtimeClass: RuntimeClass, name: string): void {
  const native = runtimeClass.natives.find((one) => one.notSimulated?.includes(name) === true);
  if (native !== undefined) throw new NotSimulated(`${native.name}.${name}`);
  refuseAbsent(runtimeClass);
}

function checkAccess(process: Process, method: Method, name: string): void {
  if (method.kind !== "source" || !method.isPrivate) return;
  const caller = process.frame?.receiver;
  if (caller?.lineage.includes(method.owner) === true) return;
  fail("<PRIVATE METHOD>", `*${name},${method.owner}`);
}

/** Calls a method that has been found.
 *  @throws ObjectScriptError `<NO CURRENT OBJECT>` for a method of objects without one */
export function* callResolved(
  process: Process,
  method: Method,
  actuals: readonly Actual[],
  { self, receiver, kind }: Receiver,
): Running<Value | undefined> {
  if (method.kind === "nativeClass") {
    if (actuals.length > method.mostArguments) fail("<PARAMETER>");
    const result = yield* finish(method.call(new NativeArguments(actuals), process.native));
    process.forgetCode();
    return result;
  }
  if (method.kind === "nativeInstance") {
    const state = (self ?? fail("<NO CURRENT OBJECT>")).states.get(method.native.name);
    const call = new NativeArguments(actuals, self);
    return yield* finish(method.call(state, call, process.native));
  }
  if (!method.isClassMethod && self === undefined) fail("<NO CURRENT OBJECT>");
  const { owner, name } = method;
  const inner = method.isClassMethod ? undefined : self;
  const context = { kind, self: inner, receiver, owner, method: name };
  return yield* invoke(process, method.callable(), actuals, context);
}
