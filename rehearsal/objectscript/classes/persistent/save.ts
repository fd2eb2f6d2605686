/** `%Save`. Source: GOBJ, saving objects: everything changed that can be reached is saved, in one
 *  transaction; where one object cannot be, nothing is. */

import { NotSimulated, ObjectScriptError } from "../../errors.ts";
import type { Running } from "../../host.ts";
import type { Process } from "../../run/process.ts";
import type { Value } from "../../value.ts";
import { isError, okStatus, statusError, statusNumbers } from "../../../system/library/status.ts";
import type { ObjectInstance } from "../instance.ts";
import { callBack, type Surroundings } from "./callbacks.ts";
import { currentList, isChanged, saveSet } from "./contents.ts";
import { extentPlace, storeList, takeId } from "./extent.ts";
import { storedState, type StoredState } from "./state.ts";
import { validate } from "./validate.ts";

interface Saved {
  readonly object: ObjectInstance;
  readonly state: StoredState;
  readonly before: Readonly<StoredState>;
}

/** Saves the object with what it refers to; a status. */
export function* saveObject(around: Surroundings, object: ObjectInstance): Running<Value> {
  const { process } = around;
  const changed = saveSet(process, object)
    .filter((one) => isChanged(process, one))
    .map(savedOf);
  const status = yield* inTransaction(process, () => saveAll(around, changed));
  for (const { object: one, state, before } of changed) {
    if (isError(status)) Object.assign(state, before);
    else process.openObjects.add(process, one, state.id ?? "");
  }
  return status;
}

function savedOf(object: ObjectInstance): Saved {
  const state = storedState(object);
  if (state === undefined)
    throw new NotSimulated(`an object of ${object.className} made otherwise`);
  return { object, state, before: { ...state } };
}

/** Ids first: objects may refer to each other in a circle. */
function* saveAll(around: Surroundings, changed: readonly Saved[]): Running<Value> {
  const { process } = around;
  for (const one of changed) {
    const status = yield* check(around, one);
    if (isError(status)) return status;
  }
  for (const { object, state } of changed) state.id ??= yield* takeId(process, object.className);
  for (const { object, state } of changed) {
    const { className } = object;
    const list = currentList(process, object);
    yield* storeList(extentPlace(process, className, state.id), list);
    state.list = list;
  }
  for (const { object, before } of changed) {
    const insert = before.id === undefined ? 1 : 0;
    const status = yield* callBack(around, object, "%OnAfterSave", [insert]);
    if (isError(status)) return status;
  }
  return okStatus;
}

/** Source: GOBJ: properties are not to be changed in %OnBeforeSave. Assumed: what the product does
 *  with one that is differs by release, so it is refused. */
function* check(around: Surroundings, { object, before }: Saved): Running<Value> {
  const { process } = around;
  const status = validate(process, object);
  if (isError(status)) return status;
  const own = yield* callBack(around, object, "%OnValidateObject");
  if (isError(own)) return own;
  const list = currentList(process, object);
  const insert = before.id === undefined ? 1 : 0;
  const allowed = yield* callBack(around, object, "%OnBeforeSave", [insert]);
  if (currentList(process, object) !== list) {
    throw new NotSimulated(`${object.className}.%OnBeforeSave that changes properties`);
  }
  return allowed;
}

/** Runs the work in a transaction that an error undoes. An error of the language becomes a status.
 *  Assumed: 5002 with the error, as the product's own code would be trapped; without a place,
 *  because that code was not read. */
export function* inTransaction(process: Process, work: () => Running<Value>): Running<Value> {
  const { transactions } = process.host;
  transactions.start();
  let status: Value;
  try {
    status = yield* work();
  } catch (error) {
    yield* transactions.rollback(1);
    if (error instanceof ObjectScriptError) {
      return statusError(statusNumbers.objectScript, error.text);
    }
    throw error;
  }
  if (isError(status)) yield* transactions.rollback(1);
  else yield* transactions.commit();
  return status;
}
