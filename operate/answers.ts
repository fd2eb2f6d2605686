/** Shapes of single values as ObjectScript writes them into JSON. */

import { anyText, choice, integer, mapped, oneOf, optional, textLike } from "./contract/shape.ts";

/** A truth value. */
export const flag = mapped(
  oneOf(true, false, 0, 1, "0", "1", ""),
  (given) => given === true || given === 1 || given === "1",
);

/** A number, which may be written as text. */
export const number = mapped(
  choice(integer(0, Number.MAX_SAFE_INTEGER), textLike(/^\d+$/, "a number")),
  Number,
);

/** Text, where an empty one means that there is none. */
export const orAbsent = mapped(optional(anyText), (given) => (given === "" ? undefined : given));
