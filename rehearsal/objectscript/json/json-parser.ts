/** Reads JSON. Strict: what is not JSON is refused with its place. */

import { parseNumber } from "../numbers.ts";
import type { Numeric } from "../value.ts";

/** What reading gives; the caller makes objects of it. */
export type ParsedJson =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: Numeric }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "entries"; readonly value: readonly (readonly [string, ParsedJson])[] }
  | { readonly kind: "items"; readonly value: readonly ParsedJson[] };

/** Depth of nesting that is still read. */
const deepestNesting = 500;

/** Text that is not JSON. */
export class JsonFault extends Error {
  /** Line and offset in it, both from 1. */
  readonly line: number;
  readonly offset: number;

  constructor(text: string, at: number) {
    super("no JSON");
    this.name = "JsonFault";
    const before = text.slice(0, at).split("\n");
    this.line = before.length;
    this.offset = (before.at(-1) ?? "").length + 1;
  }
}

/** Reads one value that fills the text.
 *  @throws JsonFault */
export function parseJsonText(text: string): ParsedJson {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.skipSpace();
  if (reader.at < text.length) throw new JsonFault(text, reader.at);
  return value;
}

// eslint-disable-next-line no-control-regex
const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  skipSpace(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private fault(): never {
    throw new JsonFault(this.text, this.at);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at += match[0].length;
    return match[0];
  }

  private accept(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  value(depth: number): ParsedJson {
    if (depth > deepestNesting) this.fault();
    this.skipSpace();
    if (this.accept("{")) return { kind: "entries", value: this.entries(depth) };
    if (this.accept("[")) return { kind: "items", value: this.items(depth) };
    if (this.accept("true")) return { kind: "boolean", value: true };
    if (this.accept("false")) return { kind: "boolean", value: false };
    if (this.accept("null")) return { kind: "null" };
    const number = this.take(numberPattern);
    if (number !== undefined) return { kind: "number", value: parseNumber(number) };
    return { kind: "string", value: this.string() };
  }

  private string(): string {
    const found = this.take(stringPattern);
    if (found === undefined) return this.fault();
    const value: unknown = JSON.parse(found);
    return String(value);
  }

  private entries(depth: number): (readonly [string, ParsedJson])[] {
    return this.list("}", () => {
      const name = this.string();
      this.skipSpace();
      if (!this.accept(":")) this.fault();
      return [name, this.value(depth + 1)] as const;
    });
  }

  private items(depth: number): ParsedJson[] {
    return this.list("]", () => this.value(depth + 1));
  }

  private list<T>(close: string, item: () => T): T[] {
    const found: T[] = [];
    this.skipSpace();
    if (this.accept(close)) return found;
    for (;;) {
      this.skipSpace();
      found.push(item());
      this.skipSpace();
      if (this.accept(close)) return found;
      if (!this.accept(",")) this.fault();
    }
  }
}
