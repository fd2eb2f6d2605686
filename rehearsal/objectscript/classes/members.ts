/** Properties of objects. */

import { fail } from "../errors.ts";
import type { Running } from "../host.ts";
import { byValue } from "../run/actual.ts";
import type { LocalNode } from "../run/local-node.ts";
import { LocalPlace, type RootFinder } from "../run/local-place.ts";
import type { Place } from "../run/place.ts";
import type { Process } from "../run/process.ts";
import { NotSimulated } from "../errors.ts";
import type { Value } from "../value.ts";
import { callerFor, callResolved, refuseKnown, requireObject } from "./dispatch.ts";
import type { ObjectInstance } from "./instance.ts";
import { own } from "./native-runtime-class.ts";
import { checkReferred, openReferred, visibleValue } from "./persistent/open.ts";
import { storedState } from "./persistent/state.ts";
import type { SourceProperty } from "./runtime-class.ts";

/** Name of the method that reads (or sets) a property in its place, where a class has one; inside
 *  it only `i%Name` reaches the value, `..Name` would call it again.
 *  Source: GOBJ, property methods. */
type Accessor = "Get" | "Set";

function* callAccessor(
  process: Process,
  object: ObjectInstance,
  name: string,
  value: Value | undefined,
): Running<{ readonly result: Value | undefined } | undefined> {
  const accessor: Accessor = value === undefined ? "Get" : "Set";
  const method = object.runtimeClass.method(`${name}${accessor}`);
  if (method?.kind !== "source") return undefined;
  const on = { self: object, receiver: object.runtimeClass, kind: "e" } as const;
  const actuals = value === undefined ? [] : [byValue(value)];
  return { result: yield* callResolved(process, method, actuals, on) };
}

function checkProperty(process: Process, object: ObjectInstance, property: SourceProperty): void {
  if (property.notSimulated !== undefined) throw new NotSimulated(property.notSimulated);
  if (!property.isPrivate) return;
  const caller = process.frame?.receiver;
  const isRelated = caller?.lineage.some((name) => object.runtimeClass.lineage.includes(name));
  if (isRelated !== true) fail("<PRIVATE PROPERTY>", `*${property.name},${object.className}`);
}

function unknownProperty(object: ObjectInstance, name: string): never {
  refuseKnown(object.runtimeClass, name);
  return fail("<PROPERTY DOES NOT EXIST>", `*${name},${object.className}`);
}

/** `object.Name`. */
export function* getProperty(process: Process, value: Value, name: string): Running<Value> {
  const object = requireObject(value);
  const property = object.runtimeClass.properties.get(name);
  if (property === undefined) return nativeProperty(object, name);
  checkProperty(process, object, property);
  const accessed = yield* callAccessor(process, object, name, undefined);
  if (accessed !== undefined) return accessed.result ?? fail("<COMMAND>");
  if (storedState(object) === undefined) return propertyPlace(object, name, []).get() ?? "";
  yield* openReferred(
    { process, callMethod: callerFor(process, object.runtimeClass) },
    object,
    name,
  );
  return visibleValue(process, object, name);
}

function nativeProperty(object: ObjectInstance, name: string): Value {
  for (const native of object.runtimeClass.natives) {
    const state = object.states.get(native.name);
    const found = own(native.properties ?? {}, name);
    if (found !== undefined) return found.get(state);
    if (native.anyProperty !== undefined) return native.anyProperty.get(state, name);
  }
  return unknownProperty(object, name);
}

/** `set object.Name = value`. */
export function* setProperty(
  process: Process,
  target: { readonly object: Value; readonly name: string },
  value: Value,
): Running<void> {
  const object = requireObject(target.object);
  const { name } = target;
  const property = object.runtimeClass.properties.get(name);
  if (property === undefined) {
    setNativeProperty(object, name, value);
    return;
  }
  checkProperty(process, object, property);
  const accessed = yield* callAccessor(process, object, name, value);
  if (accessed !== undefined) return;
  checkReferred(process, object, name, value);
  propertyPlace(object, name, []).set(value);
}

function setNativeProperty(object: ObjectInstance, name: string, value: Value): void {
  for (const native of object.runtimeClass.natives) {
    const state = object.states.get(native.name);
    const found = own(native.properties ?? {}, name);
    if (found !== undefined) {
      if (found.set === undefined)
        fail("<CANNOT SET THIS PROPERTY>", `*${name},${object.className}`);
      found.set(state, value);
      return;
    }
    if (native.anyProperty !== undefined) {
      native.anyProperty.set(state, name, value);
      return;
    }
  }
  unknownProperty(object, name);
}

/** Where a property written in source keeps its value, or the nodes of a multidimensional one.
 *  @throws ObjectScriptError `<PROPERTY DOES NOT EXIST>` */
export function propertyPlace(
  object: ObjectInstance,
  name: string,
  subscripts: readonly string[],
): Place {
  const node = object.properties.get(name) ?? unknownProperty(object, name);
  return new LocalPlace({ name, prefix: ".", root: rootOf(node) }, subscripts);
}

function rootOf(node: LocalNode): RootFinder {
  return () => node;
}
