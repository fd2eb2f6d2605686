/** Compiles JSON literals. */

import { compileExpression } from "./parts.ts";
import { createObject } from "../classes/native-process.ts";
import type { Running } from "../host.ts";
import { DynamicEntity, itemOf, type JsonItem } from "../json/dynamic.ts";
import type { Frame } from "../run/frame.ts";
import type { JsonNode, JsonValueNode } from "../syntax/nodes.ts";
import type { Value } from "../value.ts";
import { runCode, type Code } from "./code.ts";
import type { Scope } from "./scope.ts";

/** Each evaluation makes a new object. */
export function compileJson(node: JsonNode, scope: Scope): Code<Value> {
  if (node.type === "jsonArray") return compileArray(node.items, scope);
  const entries = node.entries.map(({ name, value }) => ({
    name,
    item: compileItem(value, scope),
  }));
  return {
    *later(frame) {
      const entity = new DynamicEntity("object");
      for (const { name, item } of entries) entity.set(name, yield* item(frame));
      return createObject(frame.process, "%Library.DynamicObject", entity);
    },
  };
}

function compileArray(items: readonly JsonValueNode[], scope: Scope): Code<Value> {
  const compiled = items.map((item) => compileItem(item, scope));
  return {
    *later(frame) {
      const entity = new DynamicEntity("array");
      for (const item of compiled) entity.push(yield* item(frame));
      return createObject(frame.process, "%Library.DynamicArray", entity);
    },
  };
}

function compileItem(node: JsonValueNode, scope: Scope): (frame: Frame) => Running<JsonItem> {
  if (node.kind !== "expression") {
    const item: JsonItem =
      node.kind === "null" ? { kind: "null" } : { kind: "boolean", value: node.kind === "true" };
    // eslint-disable-next-line require-yield -- has to look like the others
    return function* () {
      return item;
    };
  }
  const value = compileExpression(node.expression, scope);
  return function* (frame) {
    return itemOf(yield* runCode(value, frame));
  };
}
