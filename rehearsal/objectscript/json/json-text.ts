/** Dynamic objects and arrays written as JSON. */

import { stateOf } from "../classes/native-process.ts";
import { fail } from "../errors.ts";
import { toText } from "../numbers.ts";
import type { ObjectReference, Value } from "../value.ts";
import { DynamicEntity, jsonNumber, jsonText, type JsonItem } from "./dynamic.ts";

/** Name under which dynamic objects and arrays keep their contents. */
export const dynamicClass = "%Library.DynamicAbstractObject";

/** The contents of a dynamic object or array; `undefined` for any other value. */
export function entityOf(value: Value): DynamicEntity | undefined {
  const state = stateOf(value, dynamicClass);
  return state instanceof DynamicEntity ? state : undefined;
}

/** Depth at which an object that holds itself is given up.
 *  Assumed: the product's own error was not read. */
const deepestNesting = 1000;

/** JSON without blanks, members in the order they came. Source: GJSON, %ToJSON.
 *  @param foreign what stands for an object that is not dynamic */
export function entityJson(
  entity: DynamicEntity,
  foreign: (object: ObjectReference) => string,
  depth = 0,
): string {
  if (depth > deepestNesting) fail("<FRAMESTACK>");
  if (entity.shape === "array") {
    return `[${entity
      .elements()
      .map((item) => itemJson(item, foreign, depth))
      .join(",")}]`;
  }
  const members = entity
    .entries()
    .map(([key, item]) => `${jsonText(toText(key))}:${itemJson(item, foreign, depth)}`);
  return `{${members.join(",")}}`;
}

function itemJson(
  item: JsonItem,
  foreign: (object: ObjectReference) => string,
  depth: number,
): string {
  switch (item.kind) {
    case "null":
      return "null";
    case "boolean":
      return String(item.value);
    case "string":
      return jsonText(item.value);
    case "number":
      return jsonNumber(item.value);
    case "object": {
      const inner = entityOf(item.value);
      return inner === undefined ? foreign(item.value) : entityJson(inner, foreign, depth + 1);
    }
  }
}
