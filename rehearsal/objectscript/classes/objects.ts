/** Makes objects. */

import { runCode } from "../compile/code.ts";
import { fail, NotSimulated } from "../errors.ts";
import type { NativeClass, Running } from "../host.ts";
import type { Actual } from "../run/actual.ts";
import { currentFrame } from "../run/base-frame.ts";
import { LocalNode } from "../run/local-node.ts";
import type { Process } from "../run/process.ts";
import { isTrue } from "../numbers.ts";
import type { Value } from "../value.ts";
import { refuseObjectOf } from "./absent.ts";
import { ObjectInstance } from "./instance.ts";
import { nativeLineage } from "./native-runtime-class.ts";
import { NativeArguments } from "./native-arguments.ts";
import { isPersistent, persistentName } from "./persistent/extent.ts";
import type { ReceiverCall } from "./persistent/persistent.ts";
import { attachStored } from "./persistent/state.ts";
import { storedProperties } from "./persistent/stored-properties.ts";
import type { Method, RuntimeClass } from "./runtime-class.ts";
import { finish } from "./running.ts";

/** An object without any code of its class having run, for classes written in TypeScript.
 *  @throws NotSimulated for one whose superclass is not here */
export function bareObject(process: Process, runtimeClass: RuntimeClass): ObjectInstance {
  refuseObjectOf(runtimeClass);
  const properties = new Map(
    [...runtimeClass.properties.keys()].map((name) => [name, new LocalNode()] as const),
  );
  return new ObjectInstance(process.takeObjectNumber(), runtimeClass, properties);
}

/** Gives the object the state of a native class, under the names of all it inherits from. */
export function attachState(
  process: Process,
  instance: ObjectInstance,
  native: NativeClass,
  state: unknown,
): void {
  const find = (name: string): NativeClass | undefined => process.host.nativeClass(name);
  for (const ancestor of nativeLineage(native, find)) instance.states.set(ancestor.name, state);
}

/** True when `%New` makes objects of the class. */
export function canBeCreated(runtimeClass: RuntimeClass): boolean {
  return (
    runtimeClass.natives.some((native) => native.create !== undefined) ||
    runtimeClass.lineage.includes("%Library.RegisteredObject")
  );
}

/** Calls a method on an object that is being made. */
export type MethodCaller = (
  method: Method,
  self: ObjectInstance,
  actuals: readonly Actual[],
) => Running<Value | undefined>;

/** `%New(args)`: an object, or `""` when `%OnNew` returned an error.
 *  Source: GOBJ, creating objects. */
export function* newObject(call: ReceiverCall): Running<Value> {
  const { process, receiver: runtimeClass, actuals, callMethod } = call;
  if (runtimeClass.name === persistentName) throw new NotSimulated(`class ${persistentName}`);
  const instance = bareObject(process, runtimeClass);
  if (isPersistent(runtimeClass)) {
    storedProperties(process, runtimeClass);
    attachStored(instance, { id: undefined, list: undefined });
  }
  yield* initialize(process, instance);
  const native = runtimeClass.natives.find((one) => one.create !== undefined);
  if (native?.create !== undefined) {
    const given = new NativeArguments(actuals);
    const state = yield* finish(native.create(given, process.native));
    attachState(process, instance, native, state);
  }
  const onNew = runtimeClass.method("%OnNew");
  if (onNew?.kind !== "source") return instance;
  const status = yield* callMethod(onNew, instance, actuals);
  return isTrue(status ?? fail("<COMMAND>")) ? instance : "";
}

function* initialize(process: Process, instance: ObjectInstance): Running<void> {
  for (const property of instance.runtimeClass.properties.values()) {
    const node = instance.properties.get(property.name);
    if (node === undefined || property.isMultidimensional) continue;
    const { initial } = property;
    node.value = initial === undefined ? "" : yield* runCode(initial, currentFrame(process));
  }
}
