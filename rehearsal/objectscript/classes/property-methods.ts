/** Methods the product generates for every property, such as `NameIsValid`.
 *  Source: GOBJ, property methods. This engine has none that a class does not write itself. */

import type { RuntimeClass } from "./runtime-class.ts";

const suffixes: ReadonlySet<string> = new Set(
  [
    "Get Set IsValid IsEmpty Normalize DisplayToLogical LogicalToDisplay OdbcToLogical LogicalToOdbc",
    "LogicalToXSD XSDToLogical LogicalToJSON JSONToLogical GetObject GetObjectId SetObject",
    "SetObjectId GetSwizzled NewObject UnSwizzle GetStored Compute SQLCompute BuildValueArray",
  ].flatMap((line) => line.split(" ")),
);

/** True for the name of a method that the product generates for a property of the class. */
export function isPropertyMethod(runtimeClass: RuntimeClass, name: string): boolean {
  return [...runtimeClass.properties.keys()].some(
    (property) => name.startsWith(property) && suffixes.has(name.slice(property.length)),
  );
}
