/** Values of the language: text, numbers, references to objects. */

import type { Decimal } from "decimal.js";

/** What a variable, an argument or an expression holds. A `number` is always a safe integer;
 *  every other numeric value is a `Decimal`, so that `.1+.2` is `.3`. */
export type Value = string | number | Decimal | ObjectReference;

/** A number as arithmetic sees it. */
export type Numeric = number | Decimal;

/** A reference to an object, printed as `<number>@<class>`. */
export interface ObjectReference {
  readonly kind: "object";
  readonly id: number;
  readonly className: string;
}

/** True for a reference to an object. */
export function isObject(value: Value): value is ObjectReference {
  return typeof value === "object" && "kind" in value;
}

/** Longest string the language holds, in characters. Source: GCOS, maximum string length. */
export const longestString = 3_641_144;
