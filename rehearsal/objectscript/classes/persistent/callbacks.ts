/** Methods of a class that the persistence interface calls. Source: GOBJ, callback methods. */

import type { Running } from "../../host.ts";
import { byValue } from "../../run/actual.ts";
import type { Process } from "../../run/process.ts";
import type { Value } from "../../value.ts";
import { okStatus } from "../../../system/library/status.ts";
import type { ObjectInstance } from "../instance.ts";
import type { MethodCaller } from "../objects.ts";

/** Callbacks that are called here. */
export type Callback = "%OnOpen" | "%OnValidateObject" | "%OnBeforeSave" | "%OnAfterSave";

/** Callbacks of the product that are not. A class that has one is refused. */
export const refusedCallbacks: ReadonlySet<string> = new Set([
  "%OnAddToSaveSet",
  "%OnAfterBuildIndices",
  "%OnAfterDelete",
  "%OnAfterPurgeIndices",
  "%OnBeforeBuildIndices",
  "%OnBeforePurgeIndices",
  "%OnDelete",
  "%OnDeleteFinally",
  "%OnDetermineClass",
  "%OnOpenFinally",
  "%OnReload",
  "%OnRollBack",
  "%OnSaveFinally",
]);

/** How an operation reaches the methods of its class. */
export interface Surroundings {
  readonly process: Process;
  readonly callMethod: MethodCaller;
}

/** Calls the callback, where the class has it; its status. An error in it goes to the operation,
 *  not to the prompt: the operation has a transaction to undo. */
export function* callBack(
  { process, callMethod }: Surroundings,
  object: ObjectInstance,
  name: Callback,
  args: readonly Value[] = [],
): Running<Value> {
  const method = object.runtimeClass.method(name);
  if (method?.kind !== "source") return okStatus;
  process.handlers += 1;
  try {
    return (yield* callMethod(method, object, args.map(byValue))) ?? okStatus;
  } finally {
    process.handlers -= 1;
  }
}
