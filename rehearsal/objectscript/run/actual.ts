/** Arguments on their way into a call. */

import type { Value } from "../value.ts";
import type { LocalNode } from "./local-node.ts";

/** An argument of a call: a value, a variable passed by reference, or nothing. */
export type Actual =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "reference"; readonly node: LocalNode }
  | { readonly kind: "omitted" };

const omitted: Actual = { kind: "omitted" };

/** An argument given by value. */
export function byValue(value: Value): Actual {
  return { kind: "value", value };
}

/** An argument left out. */
export function leftOut(): Actual {
  return omitted;
}

/** What an argument holds, `undefined` for nothing. */
export function valueOf(actual: Actual | undefined): Value | undefined {
  if (actual === undefined || actual.kind === "omitted") return undefined;
  return actual.kind === "value" ? actual.value : actual.node.value;
}
