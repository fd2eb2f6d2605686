/** Dynamic objects and arrays written as JSON. */

import { stateOf } from "../classes/native-process.ts";
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

/** JSON without blanks, members in the order they came. Source: GJSON, %ToJSON.
 *  @param foreign what stands for an object that is not dynamic */
export function entityJson(
  entity: DynamicEntity,
  foreign: (object: ObjectReference) => string,
): string {
  if (entity.shape === "array") {
    return `[${entity
      .elements()
      .map((item) => itemJson(item, foreign))
      .join(",")}]`;
  }
  const members = entity
    .entries()
    .map(([key, item]) => `${jsonText(toText(key))}:${itemJson(item, foreign)}`);
  return `{${members.join(",")}}`;
}

function itemJson(item: JsonItem, foreign: (object: ObjectReference) => string): string {
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
      return inner === undefined ? foreign(item.value) : entityJson(inner, foreign);
    }
  }
}
