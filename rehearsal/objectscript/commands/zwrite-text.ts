/** Values as `zwrite` shows them. */

import type { ObjectInstance } from "../classes/instance.ts";
import { jsonText } from "../json/dynamic.ts";
import { entityJson, entityOf } from "../json/json-text.ts";
import { decodeList, isList, type ListElement } from "../lists.ts";
import { isCanonicalNumber, toText } from "../numbers.ts";
import type { Value } from "../value.ts";

const controlPattern = /[\u0000-\u001f\u007f-\u009f]+/g; // eslint-disable-line no-control-regex

/** Numbers plain, lists as `$lb(…)`, a status as what it is made of, text quoted. */
export function displayText(value: Value): string {
  const text = toText(value);
  if (typeof value !== "string" || isCanonicalNumber(text)) return text;
  if (text !== "" && isList(text)) return listText(decodeList(text));
  if (text.startsWith("0 ") && text.length > 2 && isList(text.slice(2))) {
    return `"0 "_${listText(decodeList(text.slice(2)))}`;
  }
  return quotedText(text);
}

function listText(elements: readonly ListElement[]): string {
  const shown = elements.map((element) => (element === undefined ? "" : elementText(element)));
  return `$lb(${shown.join(",")})`;
}

function elementText(element: Value): string {
  if (typeof element !== "string") return toText(element);
  return element !== "" && isList(element) ? listText(decodeList(element)) : quotedText(element);
}

/** `"a"_$c(13,10)_"b"`. */
function quotedText(text: string): string {
  const parts: string[] = [];
  let last = 0;
  for (const match of text.matchAll(controlPattern)) {
    if (match.index > last) parts.push(quote(text.slice(last, match.index)));
    const codes = Array.from(match[0], (character) => String(character.charCodeAt(0)));
    parts.push(`$c(${codes.join(",")})`);
    last = match.index + match[0].length;
  }
  if (last < text.length || parts.length === 0) parts.push(quote(text.slice(last)));
  return parts.join("_");
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** An object: JSON for dynamic ones, a table of its properties for others.
 *  Source: GJSON for the dynamic ones. Assumed: the table, from memory of the product. */
export function* objectLines(prefix: string, object: ObjectInstance): Generator<string> {
  const entity = entityOf(object);
  if (entity !== undefined) {
    const kind = entity.shape === "object" ? "OBJECT" : "ARRAY";
    const json = entityJson(entity, (inner) => jsonText(toText(inner)));
    yield `${prefix}${json}  ; <DYNAMIC ${kind}>`;
    return;
  }
  yield `${prefix}<OBJECT REFERENCE>[${toText(object)}]`;
  yield "+----------------- general information ---------------";
  yield `|      oref value: ${String(object.id)}`;
  yield `|      class name: ${object.className}`;
  yield "| reference count: 1";
  yield "+----------------- attribute values ------------------";
  for (const [name, node] of object.properties) {
    yield `|${name.padStart(15)} = ${displayText(node.value ?? "")}`;
  }
  yield "+-----------------------------------------------------";
}
