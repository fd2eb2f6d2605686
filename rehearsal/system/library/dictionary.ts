/** `%Dictionary.ClassDefinition` and `.CompiledClass`: whether a class is there. What is in it is
 *  not simulated. Source: class reference %Dictionary. */

import { builtInClasses } from "../../objectscript/classes/built-in-classes.ts";
import { checkClass, readClass } from "../../objectscript/classes/check-class.ts";
import { isProductClass } from "../../objectscript/classes/product-classes.ts";
import type { NativeClass, NativeProcess } from "../../objectscript/host.ts";

/** True for a class of the product, whether this engine has it or refuses it. */
export function isSystemClass(name: string, process: NativeProcess): boolean {
  return (
    builtInClasses.has(name) || process.nativeClass(name) !== undefined || isProductClass(name)
  );
}

/** Assumed: a class whose source is no class, or has faults, is not compiled. */
function isCompiled(name: string, process: NativeProcess): boolean {
  const source = process.code.classSource(name);
  if (source === undefined) return isSystemClass(name, process);
  const definition = readClass(source);
  return !("place" in definition) && checkClass(process, definition).length === 0;
}

function dictionaryClass(
  name: string,
  exists: (className: string, process: NativeProcess) => boolean,
): NativeClass {
  return {
    name,
    classMethods: { "%ExistsId": (call, process) => (exists(call.text(0), process) ? 1 : 0) },
    notSimulated: ["%New", "%OpenId", "%Open", "%Exists", "%DeleteId", "%Delete", "%Save", "%Id"],
  };
}

/** Both classes; an id is the full name of a class. */
export const dictionaryClasses: readonly NativeClass[] = [
  dictionaryClass("%Dictionary.CompiledClass", isCompiled),
  dictionaryClass(
    "%Dictionary.ClassDefinition",
    (name, process) => process.code.classSource(name) !== undefined || isSystemClass(name, process),
  ),
];
