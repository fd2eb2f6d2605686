/** JSON values in memory: what dynamic objects and arrays keep. */

import { isTrue, numberText, toNumber, toText } from "../numbers.ts";
import { isObject, type Numeric, type ObjectReference, type Value } from "../value.ts";

/** One value with its JSON type. */
export type JsonItem =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: Numeric }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "object"; readonly value: ObjectReference };

/** The JSON type a value of the language has by itself. */
export function itemOf(value: Value): JsonItem {
  if (typeof value === "string") return { kind: "string", value };
  if (isObject(value)) return { kind: "object", value };
  return { kind: "number", value };
}

/** A value with the type that `%Set` was given; `undefined` for an unknown type.
 *  Source: GJSON, %Set with a type. */
export function typedItem(value: Value, type: string): JsonItem | undefined {
  switch (type) {
    case "":
      return itemOf(value);
    case "boolean":
      return { kind: "boolean", value: isTrue(value) };
    case "number":
      return { kind: "number", value: toNumber(value) };
    case "string":
      return { kind: "string", value: toText(value) };
    case "null":
      return value === "" ? { kind: "null" } : itemOf(value);
    default:
      return undefined;
  }
}

/** The value the language sees: booleans are 1 and 0, null is `""`. Source: GJSON. */
export function valueOfItem(item: JsonItem | undefined): Value {
  if (item === undefined || item.kind === "null") return "";
  return item.kind === "boolean" ? Number(item.value) : item.value;
}

/** Contents of one dynamic object or array. Names keep the order in which they came. */
export class DynamicEntity {
  readonly shape: "object" | "array";
  private readonly members = new Map<string, JsonItem>();
  private readonly items: (JsonItem | undefined)[] = [];

  constructor(shape: "object" | "array") {
    this.shape = shape;
  }

  get size(): number {
    return this.shape === "object" ? this.members.size : this.items.length;
  }

  /** Number of an array element, `undefined` for what is none. */
  private index(key: string): number | undefined {
    const number = toNumber(key);
    return typeof number === "number" && number >= 0 ? number : undefined;
  }

  get(key: string): JsonItem | undefined {
    if (this.shape === "object") return this.members.get(key);
    const index = this.index(key);
    return index === undefined ? undefined : this.items[index];
  }

  /** Sets a member or element; an array grows with holes where needed.
   *  @returns false for a key that an array cannot have */
  set(key: string, item: JsonItem): boolean {
    if (this.shape === "object") {
      this.members.set(key, item);
      return true;
    }
    const index = this.index(key);
    if (index === undefined) return false;
    while (this.items.length < index) this.items.push(undefined);
    this.items[index] = item;
    return true;
  }

  push(item: JsonItem): void {
    this.items.push(item);
  }

  pop(): JsonItem | undefined {
    return this.items.pop();
  }

  remove(key: string): JsonItem | undefined {
    const item = this.get(key);
    if (this.shape === "object") this.members.delete(key);
    else {
      const index = this.index(key);
      if (index !== undefined && index < this.items.length) this.items.splice(index, 1);
    }
    return item;
  }

  /** Keys with their values in order; holes of an array are left out. */
  entries(): (readonly [Value, JsonItem])[] {
    if (this.shape === "object") return [...this.members];
    return this.items.flatMap((item, index) =>
      item === undefined ? [] : [[index, item] as const],
    );
  }

  /** All elements of an array, holes as null. */
  elements(): JsonItem[] {
    return this.items.map((item) => item ?? { kind: "null" });
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A text in JSON. */
export function jsonText(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what JSON must escape
  const escaped = text.replaceAll(/["\\\u0000-\u001f\u007f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return escapes[character] ?? `\\u${code}`;
  });
  return `"${escaped}"`;
}

/** A number in JSON, which wants a digit before the point. */
export function jsonNumber(value: Numeric): string {
  return numberText(value).replace(/^(-?)\./, "$10.");
}
