/** Classes of the product that this engine does not have, as superclasses. A class that extends one
 *  is loaded, as by the product, and what it has itself can be used: an installer that brings web
 *  pages or services along sets up the rest. Whatever only the superclass could have is refused. */

import { NotSimulated } from "../errors.ts";
import type { NativeClass } from "../host.ts";
import { NativeRuntimeClass } from "./native-runtime-class.ts";
import type { RuntimeClass } from "./runtime-class.ts";

/** Classes that only add methods: objects are made and stored as without them.
 *  Source: class references. */
const onlyMethods: ReadonlySet<string> = new Set([
  "%Library.Populate",
  "%JSON.Adaptor",
  "%XML.Adaptor",
]);

/** A class of the product that is not here. */
export function absentClass(name: string): RuntimeClass {
  const native: NativeClass = { name, classMethods: {}, isAbsent: true };
  return new NativeRuntimeClass(native, () => undefined);
}

/** @throws NotSimulated for a class whose member may be that of a superclass that is not here */
export function refuseAbsent({ natives }: RuntimeClass): void {
  refuse(natives.filter(({ isAbsent }) => isAbsent));
}

/** @throws NotSimulated for an object that a superclass that is not here may have made otherwise */
export function refuseObjectOf({ natives }: RuntimeClass): void {
  refuse(natives.filter(({ isAbsent, name }) => isAbsent && !onlyMethods.has(name)));
}

function refuse(absent: readonly NativeClass[]): void {
  if (absent.length === 0) return;
  throw new NotSimulated(`class ${absent.map(({ name }) => name).join(", ")}`);
}
