/** Keys of stored nodes: bytes whose plain order is the collation order of the language, so that
 *  `$order`, `$query` and the kill of a subtree are ranges of a B-tree.
 *
 *  | part       | bytes                                                                        |
 *  | ---------- | ---------------------------------------------------------------------------- |
 *  | name       | its characters, 0                                                            |
 *  | `""`       | 1                                                                            |
 *  | negative   | 2, exponent and digits of the amount as below but each byte inverted, 255    |
 *  | zero       | 3                                                                            |
 *  | positive   | 4, exponent + 32768 (two bytes), digits without zeros at either end, 0       |
 *  | other text | 5, its 16-bit characters in one to three bytes each (0 as 0 255), 0          |
 *
 *  The first byte of a subscript is never above 5, so 6 behind a node ends its descendants. */

import { fail } from "../objectscript/errors.ts";
import { isCanonicalNumber } from "../objectscript/numbers.ts";

const empty = 1;
const negative = 2;
const zero = 3;
const positive = 4;
const other = 5;
const beyond = 6;
const exponentBias = 0x8000;

/** Source: GGBL_structure, maximum length of a global reference (encoded characters). */
const longestReference = 511;
/** Source: RCOS_appx_limits, subscript levels of a global. */
const mostLevels = 253;
/** Source: GGBL_structure, significant characters of a global name. */
const longestName = 31;

/** Room for every reference within the limits: three bytes a character and the frame of a level. */
const scratch = Buffer.allocUnsafe(8192);

/** The part of a global's name that counts. */
function significantName(name: string): string {
  return name.length > longestName ? name.slice(0, longestName) : name;
}

/** The key of a node.
 *  @throws ObjectScriptError `<SUBSCRIPT>` for a reference that is too long, `<SYNTAX>` for too
 *  many levels */
export function encodeKey(name: string, subscripts: readonly string[]): Buffer {
  if (subscripts.length > mostLevels) fail("<SYNTAX>");
  let at = scratch.write(significantName(name), 0, "utf8");
  scratch[at++] = 0;
  let length = at - 1;
  for (const [index, subscript] of subscripts.entries()) {
    const counted = encodedLength(subscript);
    length += counted + 1;
    if (length > longestReference) {
      fail("<SUBSCRIPT>", `^${name}() Subscript ${index + 1} > ${longestReference} chars`);
    }
    at = writeSubscript(subscript, at);
  }
  return Buffer.from(scratch.subarray(0, at));
}

/** What a subscript counts for in the length of its reference. */
function encodedLength(subscript: string): number {
  if (subscript.length > longestReference) return longestReference;
  return Buffer.byteLength(subscript, "utf8");
}

function writeSubscript(subscript: string, at: number): number {
  if (subscript === "") {
    scratch[at] = empty;
    return at + 1;
  }
  if (subscript === "0") {
    scratch[at] = zero;
    return at + 1;
  }
  return isNumber(subscript) ? writeNumber(subscript, at) : writeText(subscript, at);
}

function isNumber(subscript: string): boolean {
  const first = subscript.charCodeAt(0);
  const mayBe = (first >= 48 && first <= 57) || first === 45 || first === 46;
  return mayBe && isCanonicalNumber(subscript);
}

function writeNumber(text: string, from: number): number {
  const isNegative = text.startsWith("-");
  const amount = isNegative ? text.slice(1) : text;
  const { digits, exponent } = significand(amount);
  let at = from;
  scratch[at++] = isNegative ? negative : positive;
  at = scratch.writeUInt16BE(exponent + exponentBias, at);
  at += scratch.write(digits, at, "latin1");
  scratch[at++] = 0;
  if (isNegative) invert(from + 1, at);
  return at;
}

function invert(from: number, to: number): void {
  for (let at = from; at < to; at++) scratch[at] = 255 - (scratch[at] ?? 0);
}

/** A canonical amount as `0.<digits> * 10^exponent`. */
function significand(amount: string): { digits: string; exponent: number } {
  const point = amount.indexOf(".");
  const whole = point < 0 ? amount : amount.slice(0, point);
  const digits = point < 0 ? amount : whole + amount.slice(point + 1);
  let first = 0;
  while (digits.charCodeAt(first) === 48) first++;
  let last = digits.length;
  while (digits.charCodeAt(last - 1) === 48) last--;
  return { digits: digits.slice(first, last), exponent: whole.length - first };
}

/** Text with nothing that needs care: no character 0, no half of a surrogate pair. */
const plainText = /^[^\0\ud800-\udfff]*$/;

function writeText(text: string, from: number): number {
  let at = from;
  scratch[at++] = other;
  if (plainText.test(text)) {
    at += scratch.write(text, at, "utf8");
  } else {
    for (let index = 0; index < text.length; index++) at = writeUnit(text.charCodeAt(index), at);
  }
  scratch[at] = 0;
  return at + 1;
}

/** One 16-bit character. Halves of surrogate pairs stay halves: the product sorts by 16-bit
 *  characters. Source: GORIENT_unicode (UCS-2). */
function writeUnit(unit: number, from: number): number {
  let at = from;
  if (unit === 0) {
    scratch[at++] = 0;
    scratch[at++] = 255;
  } else if (unit < 0x80) {
    scratch[at++] = unit;
  } else if (unit < 0x800) {
    scratch[at++] = 0xc0 | (unit >> 6);
    scratch[at++] = 0x80 | (unit & 0x3f);
  } else {
    scratch[at++] = 0xe0 | (unit >> 12);
    scratch[at++] = 0x80 | ((unit >> 6) & 0x3f);
    scratch[at++] = 0x80 | (unit & 0x3f);
  }
  return at;
}

/** Where the descendants of a node begin. */
export function descendantsFrom(key: Buffer): Buffer {
  return appendByte(key, empty);
}

/** Where a node and its descendants end: the first key that no longer belongs to them. */
export function subtreeEnd(key: Buffer): Buffer {
  return appendByte(key, beyond);
}

function appendByte(key: Buffer, byte: number): Buffer {
  const longer = Buffer.allocUnsafe(key.length + 1);
  longer.set(key);
  longer[key.length] = byte;
  return longer;
}
