/** The roots of all classes with objects. What they do needs the class it is called on, so it
 *  lives in the evaluator (`intrinsics.ts`); here are only their names. */

import type { NativeClass } from "../host.ts";
import { persistentClass } from "./persistent/persistent.ts";

const base: NativeClass = { name: "%Library.Base", classMethods: {} };

const registeredObject: NativeClass = {
  name: "%Library.RegisteredObject",
  extends: ["%Library.Base"],
  classMethods: {},
  notSimulated: [
    "%AddToSaveSet",
    "%BindExport",
    "%Close",
    "%ConstructClone",
    "%DispatchMethod",
    "%IsModified",
    "%NormalizeObject",
    "%ObjectModified",
    "%SerializeObject",
    "%SetModified",
    "%ValidateObject",
  ],
};

/** By full name. */
export const builtInClasses: ReadonlyMap<string, NativeClass> = new Map(
  [base, registeredObject, persistentClass].map((native) => [native.name, native]),
);
