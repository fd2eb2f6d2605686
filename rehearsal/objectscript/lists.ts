/** `$listbuild` strings: every list is an ordinary string, stored and joined like any other.
 *  An element is its length, a type, and the bytes of the value, one character per byte. */

import { fail } from "./errors.ts";
import { normalize, toExact, toText } from "./numbers.ts";
import { isObject, type Numeric, type Value } from "./value.ts";

const narrowText = 1;
const wideText = 2;
const positiveInteger = 4;
const negativeInteger = 5;
const positiveDecimal = 6;
const negativeDecimal = 7;

/** One element, `undefined` where the list has a hole. */
export type ListElement = Value | undefined;

/** A list string of the elements. Neighbouring lists may simply be joined. */
export function encodeList(elements: readonly ListElement[]): string {
  return elements.map(encodeElement).join("");
}

function encodeElement(element: ListElement): string {
  if (element === undefined) return "\u0001";
  if (typeof element === "string") return encodeText(element);
  if (isObject(element)) return encodeText(toText(element));
  return encodeNumber(element);
}

function encodeText(text: string): string {
  // eslint-disable-next-line no-control-regex -- the byte range is what the type depends on
  if (/^[\u0000-\u00ff]*$/.test(text)) return framed(narrowText, text);
  const bytes: string[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes.push(String.fromCharCode(unit & 0xff, unit >> 8));
  }
  return framed(wideText, bytes.join(""));
}

function encodeNumber(value: Numeric): string {
  if (typeof value === "number") {
    return value < 0
      ? framed(negativeInteger, littleEndian(BigInt(-value - 1)))
      : framed(positiveInteger, littleEndian(BigInt(value)));
  }
  const exponent = value.decimalPlaces() > 0 ? -value.decimalPlaces() : 0;
  const significand = BigInt(toExact(value).abs().times(toExact(10).pow(-exponent)).toFixed());
  const type = value.isNegative() ? negativeDecimal : positiveDecimal;
  return framed(type, String.fromCharCode(-exponent) + littleEndian(significand));
}

function littleEndian(value: bigint): string {
  let bytes = "";
  for (let rest = value; rest > 0n; rest >>= 8n) bytes += String.fromCharCode(Number(rest & 0xffn));
  return bytes;
}

function fromLittleEndian(bytes: string): bigint {
  let value = 0n;
  for (let index = bytes.length - 1; index >= 0; index--) {
    value = (value << 8n) | BigInt(bytes.charCodeAt(index));
  }
  return value;
}

function framed(type: number, bytes: string): string {
  const length = bytes.length + 2;
  if (length <= 0xff) return String.fromCharCode(length, type) + bytes;
  const inner = bytes.length + 1;
  const sizes =
    inner <= 0xffff
      ? [0, inner & 0xff, inner >> 8]
      : [0, 0, 0, inner & 0xff, (inner >> 8) & 0xff, (inner >> 16) & 0xff, inner >>> 24];
  return String.fromCharCode(...sizes, type) + bytes;
}

/** Where an element lies in a list string. */
interface Slot {
  readonly start: number;
  /** First character of the type; equal to `end` for a hole. */
  readonly content: number;
  readonly end: number;
}

function slotAt(text: string, start: number): Slot {
  const first = text.charCodeAt(start);
  const content = first === 0 ? start + (isHuge(text, start) ? 7 : 3) : start + 1;
  const length = first === 0 ? longLength(text, start) : first - 1;
  const end = content + length;
  const typeIsKnown = length === 0 || text.charCodeAt(content) <= negativeDecimal;
  if (end > text.length || first > 0xff || !typeIsKnown) return fail("<LIST>");
  return { start, content, end };
}

function isHuge(text: string, start: number): boolean {
  return text.charCodeAt(start + 1) === 0 && text.charCodeAt(start + 2) === 0;
}

function longLength(text: string, start: number): number {
  const size = isHuge(text, start)
    ? text.slice(start + 3, start + 7)
    : text.slice(start + 1, start + 3);
  return size.length < 2 ? fail("<LIST>") : Number(fromLittleEndian(size));
}

function valueIn(text: string, slot: Slot): ListElement {
  if (slot.content === slot.end) return undefined;
  const bytes = text.slice(slot.content + 1, slot.end);
  switch (text.charCodeAt(slot.content)) {
    case narrowText:
      return bytes;
    case wideText:
      return fromWide(bytes);
    case positiveInteger:
      return normalize(toExact(0).plus(fromLittleEndian(bytes).toString()));
    case negativeInteger:
      return normalize(toExact(-1).minus(fromLittleEndian(bytes).toString()));
    case positiveDecimal:
      return decimalOf(bytes);
    case negativeDecimal:
      return normalize(toExact(decimalOf(bytes)).negated());
    default:
      return fail("<LIST>");
  }
}

function decimalOf(bytes: string): Numeric {
  const significand = toExact(0).plus(fromLittleEndian(bytes.slice(1)).toString());
  return normalize(significand.div(toExact(10).pow(bytes.charCodeAt(0))));
}

function fromWide(bytes: string): string {
  const units: string[] = [];
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    units.push(String.fromCharCode(bytes.charCodeAt(index) | (bytes.charCodeAt(index + 1) << 8)));
  }
  return units.join("");
}

function slots(text: string): Slot[] {
  const found: Slot[] = [];
  for (let at = 0; at < text.length;) {
    const slot = slotAt(text, at);
    found.push(slot);
    at = slot.end;
  }
  return found;
}

/** All elements of a list.
 *  @throws ObjectScriptError `<LIST>` for what is no list */
export function decodeList(text: string): ListElement[] {
  return slots(text).map((slot) => valueIn(text, slot));
}

/** True for a list string; the empty string is a list without elements. */
export function isList(text: string): boolean {
  try {
    return slots(text).length >= 0;
  } catch {
    return false;
  }
}

/** The part of a list string that holds the elements `from` to `to` (from 1). */
export function sliceList(text: string, from: number, to: number): string {
  const found = slots(text);
  const first = found[Math.max(from, 1) - 1];
  const last = found[Math.min(to, found.length) - 1];
  return first === undefined || last === undefined ? "" : text.slice(first.start, last.end);
}

/** The element at an offset and where the next begins; `undefined` at the end. For `$listnext`. */
export function elementAt(
  text: string,
  offset: number,
): { readonly element: ListElement; readonly next: number } | undefined {
  if (offset >= text.length) return undefined;
  const slot = slotAt(text, offset);
  return { element: valueIn(text, slot), next: slot.end };
}
