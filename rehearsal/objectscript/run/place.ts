/** Places: where a value is kept, whatever kind of variable it is. */

import { fail } from "../errors.ts";
import type { GlobalReference } from "../host.ts";
import { isCanonicalNumber } from "../numbers.ts";
import type { Value } from "../value.ts";

/** A neighbour of a place at its level. */
export interface NextKey {
  /** `""` at the end. */
  readonly key: string;
  readonly value: Value | undefined;
}

/** A variable, or a node of an array, that commands and functions work on. */
export interface Place {
  /** With its `^`, environment and so on, without subscripts. */
  readonly name: string;
  readonly subscripts: readonly string[];
  readonly data: 0 | 1 | 10 | 11;
  get(): Value | undefined;
  set(value: Value): void;
  kill(): void;
  /** Removes the value, leaves what is below. */
  killValue(): void;
  order(direction: 1 | -1): NextKey;
  query(direction: 1 | -1): Place | undefined;
  increment(by: Value): Value;
  /** The node below this one. */
  below(subscripts: readonly string[]): Place;
  /** Every node with a value from here down, subscripts relative to here. */
  entries(): Iterable<readonly [readonly string[], Value]>;
  /** What follows `<UNDEFINED>`. */
  describe(): string;
  /** What a change must wait for. */
  barrier(): Promise<unknown> | undefined;
  /** The name `lock` uses. */
  lockName(): GlobalReference;
}

/** Longest subscript. Source: GGBL, maximum length of a global reference (511 encoded bytes).
 *  Assumed: counted here in characters of one subscript. */
const longestSubscript = 511;

/** Levels of subscripts. Source: RCOS, maximum number of subscripts. */
const mostSubscripts = 253;

/** A subscript as source text: numbers plain, text quoted. */
function subscriptText(subscript: string): string {
  return isCanonicalNumber(subscript) ? subscript : `"${subscript.replaceAll('"', '""')}"`;
}

/** `name(1,"a")`. */
export function referenceText(name: string, subscripts: readonly string[]): string {
  return subscripts.length === 0 ? name : `${name}(${subscripts.map(subscriptText).join(",")})`;
}

/** Refuses what no node can be named by.
 *  @throws ObjectScriptError `<SUBSCRIPT>` */
export function checkSubscripts(place: Place, subscripts = place.subscripts): void {
  if (subscripts.length > mostSubscripts) fail("<SUBSCRIPT>", place.describe());
  for (const subscript of subscripts) {
    if (subscript === "" || subscript.length > longestSubscript) {
      fail("<SUBSCRIPT>", place.describe());
    }
  }
}

/** The value of a place.
 *  @throws ObjectScriptError `<UNDEFINED>` */
export function valueAt(place: Place): Value {
  return place.get() ?? fail("<UNDEFINED>", place.describe());
}

/** `$name(place)`: full reference, as text. */
export function nameOf(place: Pick<Place, "name" | "subscripts">): string {
  return referenceText(place.name, place.subscripts);
}
