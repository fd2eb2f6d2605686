/** `##super(args)`: the method that the running one stands in front of. */

import { fail } from "../errors.ts";
import type { Running } from "../host.ts";
import type { Actual } from "../run/actual.ts";
import type { Frame, FrameKind } from "../run/frame.ts";
import type { Value } from "../value.ts";
import { refuseAbsent } from "./absent.ts";
import { callerFor, callResolved } from "./dispatch.ts";
import { findIntrinsic } from "./intrinsics.ts";
import { SourceRuntimeClass } from "./source-runtime-class.ts";

/** Callbacks that a root class has with nothing in them: they say yes. Source: GOBJ, callbacks. */
const emptyCallbacks: ReadonlySet<string> = new Set([
  "%OnNew",
  "%OnClose",
  "%OnConstructClone",
  "%OnOpen",
  "%OnValidateObject",
  "%OnBeforeSave",
  "%OnAfterSave",
]);

/** Calls the inherited method.
 *  @throws ObjectScriptError `<METHOD DOES NOT EXIST>` when nothing was inherited */
export function* callSuper(
  frame: Frame,
  actuals: readonly Actual[],
  kind: FrameKind,
): Running<Value | undefined> {
  const { process, self, owner, method: name } = frame;
  const receiver = frame.receiver ?? fail("<NO CURRENT OBJECT>");
  if (owner === undefined || name === undefined) return fail("<NO CURRENT OBJECT>");
  const home = process.code.findClass(process, owner);
  const method = home instanceof SourceRuntimeClass ? home.inherited(name) : undefined;
  const on = { self, receiver, kind };
  if (method !== undefined) return yield* callResolved(process, method, actuals, on);
  const intrinsic = findIntrinsic(receiver, name);
  if (intrinsic !== undefined) {
    const callMethod = callerFor(process, receiver);
    return yield* intrinsic({ process, receiver, self, actuals, callMethod });
  }
  refuseAbsent(receiver);
  if (emptyCallbacks.has(name)) return 1;
  return fail("<METHOD DOES NOT EXIST>", `*${name},${owner}`);
}
