/** `%OpenId`, and properties that refer to other objects. Source: GOBJ, opening saved objects. */

import { NotSimulated } from "../../errors.ts";
import type { Running } from "../../host.ts";
import { toText } from "../../numbers.ts";
import type { Process } from "../../run/process.ts";
import { isObject, type Value } from "../../value.ts";
import { isError, okStatus, statusError, statusNumbers } from "../../../system/library/status.ts";
import { ObjectInstance, propertyNode } from "../instance.ts";
import { bareObject } from "../objects.ts";
import type { RuntimeClass } from "../runtime-class.ts";
import { callBack, type Surroundings } from "./callbacks.ts";
import { fillFrom } from "./contents.ts";
import { extentPlace } from "./extent.ts";
import { attachStored, storedState } from "./state.ts";
import { storedProperties } from "./stored-properties.ts";

/** What opening gave. */
interface Opened {
  readonly object: ObjectInstance | "";
  readonly status: Value;
}

/** The object with that id. One that the program has already is given again, as it is in memory.
 *  Assumed: the texts of the two refusals. */
export function* openObject(
  around: Surroundings,
  runtimeClass: RuntimeClass,
  id: string,
): Running<Opened> {
  const { process } = around;
  const { name } = runtimeClass;
  storedProperties(process, runtimeClass);
  if (id === "") return { object: "", status: statusError(statusNumbers.nullId) };
  const known = process.openObjects.find(process, name, id);
  if (known !== undefined) return { object: known, status: okStatus };
  const list = extentPlace(process, name, id).get();
  if (list === undefined) {
    return { object: "", status: statusError(statusNumbers.notStored, name, id) };
  }
  const object = bareObject(process, runtimeClass);
  attachStored(object, { id, list: toText(list) });
  fillFrom(process, object, toText(list));
  const status = yield* callBack(around, object, "%OnOpen");
  if (isError(status)) return { object: "", status };
  process.openObjects.add(process, object, id);
  return { object, status: okStatus };
}

/** The class a property of a stored object refers to; `undefined` for a data type. */
function targetOf(
  process: Process,
  object: ObjectInstance,
  name: string,
): RuntimeClass | undefined {
  if (storedState(object) === undefined) return undefined;
  const property = storedProperties(process, object.runtimeClass).find((one) => one.name === name);
  return property?.kind.kind === "reference" ? property.kind.target : undefined;
}

/** Opens what a property refers to by its id, when it is first asked for.
 *  Assumed: an id that nothing is stored under reads as `""`. */
export function* openReferred(
  around: Surroundings,
  object: ObjectInstance,
  name: string,
): Running<void> {
  const node = propertyNode(object, name);
  const id = node.value ?? "";
  if (id === "" || isObject(id)) return;
  const target = targetOf(around.process, object, name);
  if (target === undefined) return;
  const opened = yield* openObject(around, target, toText(id));
  if (opened.object !== "") node.value = opened.object;
}

/** The value of a property that refers to an object, as a program sees it. */
export function visibleValue(process: Process, object: ObjectInstance, name: string): Value {
  const value = propertyNode(object, name).value ?? "";
  return isObject(value) || targetOf(process, object, name) === undefined ? value : "";
}

/** @throws NotSimulated when something else than an object of its class is put into a property
 *  that refers to one: what the product says was not read */
export function checkReferred(
  process: Process,
  object: ObjectInstance,
  name: string,
  value: Value,
): void {
  const target = targetOf(process, object, name);
  if (target === undefined || value === "") return;
  const isFitting = value instanceof ObjectInstance && value.className === target.name;
  if (!isFitting) {
    throw new NotSimulated(`${object.className}.${name} set to what is no ${target.name}`);
  }
}
