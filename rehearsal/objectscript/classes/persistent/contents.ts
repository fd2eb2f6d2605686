/** The list of an object: `$lb("",value,…)`, the first element for the class itself.
 *  Source: GOBJ, storage (`%%CLASSNAME`). */

import { NotSimulated } from "../../errors.ts";
import { decodeList, encodeList } from "../../lists.ts";
import type { Process } from "../../run/process.ts";
import { isObject, type Value } from "../../value.ts";
import { ObjectInstance, propertyNode } from "../instance.ts";
import { storedState } from "./state.ts";
import { storedProperties } from "./stored-properties.ts";

/** The object a property refers to in memory. */
function referred(object: ObjectInstance, name: string): ObjectInstance | undefined {
  const value = propertyNode(object, name).value;
  return value !== undefined && isObject(value) && value instanceof ObjectInstance
    ? value
    : undefined;
}

/** The list as it would be stored now. An object that was never saved has no id to be stored. */
export function currentList(process: Process, object: ObjectInstance): string {
  const values = storedProperties(process, object.runtimeClass).map(({ name, kind }): Value => {
    const value = propertyNode(object, name).value ?? "";
    if (kind.kind !== "reference") return value;
    const other = referred(object, name);
    return other === undefined ? value : (storedState(other)?.id ?? "");
  });
  return encodeList(["", ...values]);
}

/** Puts stored values into the properties. Slots that are missing are empty.
 *  @throws NotSimulated for an object of a subclass */
export function fillFrom(process: Process, object: ObjectInstance, list: string): void {
  const [subclass = "", ...values] = decodeList(list);
  if (subclass !== "") throw new NotSimulated(`a subclass in the extent of ${object.className}`);
  for (const [index, { name }] of storedProperties(process, object.runtimeClass).entries()) {
    propertyNode(object, name).value = values[index] ?? "";
  }
}

/** True when what is stored is not what the object holds. */
export function isChanged(process: Process, object: ObjectInstance): boolean {
  const state = storedState(object);
  if (state?.id === undefined) return true;
  const refersToUnsaved = storedProperties(process, object.runtimeClass).some(({ name, kind }) => {
    const other = kind.kind === "reference" ? referred(object, name) : undefined;
    return other !== undefined && storedState(other)?.id === undefined;
  });
  return refersToUnsaved || currentList(process, object) !== state.list;
}

/** The object with all it refers to in memory, those first that others refer to. */
export function saveSet(process: Process, object: ObjectInstance): ObjectInstance[] {
  const found = new Set<ObjectInstance>();
  const order: ObjectInstance[] = [];
  const visit = (one: ObjectInstance): void => {
    if (found.has(one)) return;
    found.add(one);
    for (const { name, kind } of storedProperties(process, one.runtimeClass)) {
      const other = kind.kind === "reference" ? referred(one, name) : undefined;
      if (other !== undefined) visit(other);
    }
    order.push(one);
  };
  visit(object);
  return order;
}
