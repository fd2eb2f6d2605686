/** Values of the language: text, numbers, references to objects. */

import type { Decimal } from "decimal.js";

/** What a variable, an argument or an expression holds. A `number` is always a safe integer;
 *  every other numeric value is a `Decimal`, so that `.1+.2` is `.3`. */
export type Value = string | number | Decimal | ObjectReference;

/** A reference to an object, printed as `<number>@<class>`. */
export interface ObjectReference {
  readonly kind: "object";
  readonly id: number;
  readonly className: string;
}
