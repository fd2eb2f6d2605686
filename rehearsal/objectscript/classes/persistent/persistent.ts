/** `%Library.Persistent`: the methods that work on the class they are called on, and the names of
 *  those that this engine does not have. Source: class reference, %Library.Persistent. */

import { fail, NotSimulated } from "../../errors.ts";
import type { NativeClass, Running } from "../../host.ts";
import { toText } from "../../numbers.ts";
import { valueOf, type Actual } from "../../run/actual.ts";
import type { Process } from "../../run/process.ts";
import type { Value } from "../../value.ts";
import type { ObjectInstance } from "../instance.ts";
import type { MethodCaller } from "../objects.ts";
import type { RuntimeClass } from "../runtime-class.ts";
import { isStored, persistentName } from "./extent.ts";
import { openObject } from "./open.ts";
import { deleteExtent, deleteObject, killExtent } from "./remove.ts";
import { saveObject } from "./save.ts";
import { storedState, type StoredState } from "./state.ts";

/** One call of a method that depends on the class it is called on. */
export interface ReceiverCall {
  readonly process: Process;
  readonly receiver: RuntimeClass;
  readonly self: ObjectInstance | undefined;
  readonly actuals: readonly Actual[];
  readonly callMethod: MethodCaller;
}

/** A method by the class it is called on. */
export type ReceiverMethod = (call: ReceiverCall) => Running<Value>;

/** The root class. */
export const persistentClass: NativeClass = {
  name: persistentName,
  extends: ["%Library.RegisteredObject"],
  classMethods: {},
  notSimulated: [
    "%%OIDGet %AddToSyncSet %BMEBuilt %BuildIndices %BuildIndicesAsync %BuildIndicesAsyncResponse",
    "%CheckUnique %CheckUniqueIndices %ClassIsLatestVersion %ComposeOid %ConcurrencyLock %Delete",
    "%DowngradeConcurrency %Exists %GetLock %GetStored %GetSwizzleObject %GUID %GUIDSet %LockExtent",
    "%LockId %Oid %Open %OriginalNamespace %PhysicalAddress %PurgeIndices %Reload",
    "%RemoveFromSaveSet %ResolveConcurrencyConflict %RollBack %SaveDirect %SaveIndices %SortBegin",
    "%SortEnd %SyncObjectIn %SyncTransport %UnlockExtent %UnlockId %UpgradeConcurrency",
    "%ValidateIndices Extent ExtentExecute ExtentFetch ExtentFunc",
  ].flatMap((line) => line.split(" ")),
};

const text = (actuals: readonly Actual[], index = 0): string =>
  toText(valueOf(actuals[index]) ?? "");

function output(actual: Actual | undefined, value: Value): void {
  if (actual?.kind === "reference") actual.node.value = value;
}

/** -1 (the default of the class), 0 and 1 take no lock that lasts. Source: GOBJ, concurrency. */
const withoutLastingLock: ReadonlySet<string> = new Set(["", "-1", "0", "1"]);

function requireSimpleConcurrency(actuals: readonly Actual[], index: number): void {
  const concurrency = text(actuals, index);
  if (withoutLastingLock.has(concurrency)) return;
  throw new NotSimulated(`concurrency ${concurrency} of persistent objects`);
}

function stateOf(self: ObjectInstance | undefined): { self: ObjectInstance; state: StoredState } {
  const object = self ?? fail("<NO CURRENT OBJECT>");
  return { self: object, state: storedState(object) ?? fail("<INVALID OREF>") };
}

/** By name; every persistent class has them. */
export const persistentMethods: Readonly<Record<string, ReceiverMethod>> = {
  *"%Save"(call) {
    if (text(call.actuals) === "0") throw new NotSimulated("%Save(0)");
    return yield* saveObject(call, stateOf(call.self).self);
  },
  // eslint-disable-next-line require-yield -- has to look like the others
  *"%Id"({ self }) {
    return stateOf(self).state.id ?? "";
  },
  *"%OpenId"(call) {
    const { actuals } = call;
    requireSimpleConcurrency(actuals, 1);
    const { object, status } = yield* openObject(call, call.receiver, text(actuals));
    output(actuals[2], status);
    return object;
  },
  // eslint-disable-next-line require-yield -- has to look like the others
  *"%ExistsId"({ process, receiver, actuals }) {
    return isStored(process, receiver.name, text(actuals)) ? 1 : 0;
  },
  *"%DeleteId"({ process, receiver, actuals }) {
    requireSimpleConcurrency(actuals, 1);
    return yield* deleteObject(process, receiver.name, text(actuals));
  },
  *"%KillExtent"({ process, receiver }) {
    return yield* killExtent(process, receiver.name);
  },
  *"%DeleteExtent"({ process, receiver, actuals }) {
    requireSimpleConcurrency(actuals, 0);
    if (text(actuals, 3) !== "" && text(actuals, 3) !== "1") {
      throw new NotSimulated("%DeleteExtent that keeps the rest of the extent");
    }
    const { status, deleted, found } = yield* deleteExtent(process, receiver.name);
    output(actuals[1], deleted);
    output(actuals[2], found);
    output(actuals[4], status);
    return status;
  },
};
