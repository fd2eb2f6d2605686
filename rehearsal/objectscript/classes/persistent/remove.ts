/** Deleting stored objects. Source: GOBJ, deleting saved objects; class %Library.Persistent. */

import type { Running } from "../../host.ts";
import type { Process } from "../../run/process.ts";
import type { Value } from "../../value.ts";
import { isError, okStatus, statusError, statusNumbers } from "../../../system/library/status.ts";
import { extentPlace, isStored, killPlace } from "./extent.ts";
import { inTransaction } from "./save.ts";

/** Deletes one object; objects in memory stay as they are.
 *  Assumed: the error where there is none, by number and text. */
export function deleteObject(process: Process, className: string, id: string): Running<Value> {
  return inTransaction(process, function* () {
    if (!isStored(process, className, id)) {
      return statusError(statusNumbers.notDeleted, className, id);
    }
    yield* killPlace(extentPlace(process, className, id));
    return okStatus;
  });
}

/** Kills everything that is stored, with the counter of ids. */
export function killExtent(process: Process, className: string): Running<Value> {
  return inTransaction(process, function* () {
    yield* killPlace(extentPlace(process, className));
    return okStatus;
  });
}

/** What `%DeleteExtent` did. */
interface Deleted {
  readonly status: Value;
  readonly deleted: number;
  readonly found: number;
}

/** Deletes the objects one by one, then, when all are gone, the rest of the extent. */
export function* deleteExtent(process: Process, className: string): Running<Deleted> {
  let status: Value = okStatus;
  let deleted = 0;
  let found = 0;
  for (let id = nextId(process, className, ""); id !== ""; id = nextId(process, className, id)) {
    found += 1;
    const one = yield* deleteObject(process, className, id);
    if (isError(one)) status = one;
    else deleted += 1;
  }
  if (!isError(status)) status = yield* killExtent(process, className);
  return { status, deleted, found };
}

function nextId(process: Process, className: string, id: string): string {
  return extentPlace(process, className, id).order(1).key;
}
