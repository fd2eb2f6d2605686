/** Methods that every class with objects has. Source: GOBJ, %Library.Base. */

import type { Running } from "../host.ts";
import { valueOf, type Actual } from "../run/actual.ts";
import { currentFrame } from "../run/base-frame.ts";
import type { Process } from "../run/process.ts";
import { runCode } from "../compile/code.ts";
import { isTrue, toText } from "../numbers.ts";
import { fail } from "../errors.ts";
import type { Value } from "../value.ts";
import { refuseAbsent } from "./absent.ts";
import { canBeCreated, newObject } from "./objects.ts";
import { isPersistent } from "./persistent/extent.ts";
import {
  persistentMethods,
  type ReceiverCall,
  type ReceiverMethod,
} from "./persistent/persistent.ts";
import { fullClassName } from "./product-classes.ts";
import type { RuntimeClass } from "./runtime-class.ts";

const text = (actuals: readonly Actual[]): string => toText(valueOf(actuals[0]) ?? "");

function immediate(answer: (call: ReceiverCall) => Value): ReceiverMethod {
  // eslint-disable-next-line require-yield -- has to look like the others
  return function* (call) {
    return answer(call);
  };
}

const isA = immediate(({ receiver, actuals }) => {
  if (receiver.lineage.includes(fullClassName(text(actuals)))) return 1;
  refuseAbsent(receiver);
  return 0;
});

const intrinsics: Readonly<Record<string, ReceiverMethod>> = {
  "%New": newObject,
  "%IsA": isA,
  "%Extends": isA,
  "%ClassName": immediate(({ receiver: { name }, actuals }) =>
    isTrue(valueOf(actuals[0]) ?? 0) ? name : name.slice(name.lastIndexOf(".") + 1),
  ),
  "%PackageName": immediate(({ receiver: { name } }) =>
    name.slice(0, Math.max(name.lastIndexOf("."), 0)),
  ),
  *"%GetParameter"({ process, receiver, actuals }) {
    const parameter = receiver.parameter(text(actuals));
    if (parameter === undefined) refuseAbsent(receiver);
    return parameter === undefined ? "" : yield* runCode(parameter, currentFrame(process));
  },
};

/** The method of that name, where the class has it. */
export function findIntrinsic(receiver: RuntimeClass, name: string): ReceiverMethod | undefined {
  if (isPersistent(receiver) && Object.hasOwn(persistentMethods, name)) {
    return persistentMethods[name];
  }
  if (!Object.hasOwn(intrinsics, name)) return undefined;
  if (receiver.natives.some((native) => native.notSimulated?.includes(name) === true)) {
    return undefined;
  }
  const hasObjects = canBeCreated(receiver);
  const isRooted = hasObjects || receiver.lineage.includes("%Library.Base");
  const isNative = receiver.natives.length > 0;
  return (name === "%New" ? hasObjects : isRooted || isNative) ? intrinsics[name] : undefined;
}

/** The value of a parameter of a class.
 *  Assumed: the product answers an unknown one like an unknown property.
 *  @throws ObjectScriptError `<PROPERTY DOES NOT EXIST>` */
export function* parameterValue(
  process: Process,
  runtimeClass: RuntimeClass,
  name: string,
): Running<Value> {
  const parameter = runtimeClass.parameter(name);
  if (parameter === undefined) {
    refuseAbsent(runtimeClass);
    return fail("<PROPERTY DOES NOT EXIST>", `*#${name},${runtimeClass.name}`);
  }
  return yield* runCode(parameter, currentFrame(process));
}
