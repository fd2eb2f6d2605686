/** Numbers of the language: read from text, kept to 19 digits, written in canonical form. */

import { Decimal } from "decimal.js";
import { fail } from "./errors.ts";
import { isObject, type Numeric, type Value } from "./value.ts";

/** Decimal arithmetic wide enough that only the product's own rounding shows. */
const Exact = Decimal.clone({
  precision: 60,
  rounding: Decimal.ROUND_HALF_UP,
  minE: -9e15,
  maxE: 9e15,
});

/** The significand is a signed 64-bit integer. Source: RCOS, $DECIMAL and numeric precision. */
const largestSignificand = "9223372036854775807";
const significantDigits = largestSignificand.length;
const largestNumber = new Exact(`${largestSignificand}e127`);
const smallestExponent = -128;

/** The leading number of a text: signs, digits, point, exponent. */
const leadingNumber = /^([+-]*)(\d*\.?\d*)(?:[eE]([+-]?\d+))?/;
const plainInteger = /^-?\d{1,15}$/;
const canonicalShape = /^(?:0|-?(?:[1-9]\d*(?:\.\d*[1-9])?|\.\d*[1-9]))$/;

/** A decimal number for calculation. */
export function toExact(value: Numeric): Decimal {
  return new Exact(value);
}

/** Rounds to what the product can hold, and makes a safe integer a plain number.
 *  @throws ObjectScriptError `<MAXNUMBER>` beyond the largest number */
export function normalize(value: Decimal): Numeric {
  if (value.isZero()) return 0;
  if (!value.isFinite()) return fail("<MAXNUMBER>");
  const rounded = roundToSignificand(value);
  if (rounded.isInteger() && rounded.abs().lte(Number.MAX_SAFE_INTEGER)) return rounded.toNumber();
  if (rounded.abs().gt(largestNumber)) return fail("<MAXNUMBER>");
  if (rounded.e < smallestExponent) return 0;
  return rounded;
}

function roundToSignificand(value: Decimal): Decimal {
  if (value.precision() < significantDigits) return value;
  const rounded = value.toSignificantDigits(significantDigits, Decimal.ROUND_HALF_UP);
  if (rounded.precision() < significantDigits) return rounded;
  const significand = rounded
    .abs()
    .toExponential(significantDigits - 1)
    .replace(".", "")
    .slice(0, significantDigits);
  return significand <= largestSignificand
    ? rounded
    : value.toSignificantDigits(significantDigits - 1, Decimal.ROUND_HALF_UP);
}

/** The number a text begins with; 0 when it begins with none. Source: GCOS, strings as numbers.
 *  @throws ObjectScriptError `<MAXNUMBER>` */
export function parseNumber(text: string): Numeric {
  if (plainInteger.test(text)) return Number(text) + 0;
  const match = leadingNumber.exec(text);
  const digits = match?.[2] ?? "";
  if (match === null || digits === "" || digits === ".") return 0;
  const exponent = match[3] ?? "0";
  if (exponent.length > 6) return exponent.startsWith("-") ? 0 : fail("<MAXNUMBER>");
  const size = new Exact(`${digits.startsWith(".") ? "0" : ""}${digits}e${exponent}`);
  const minus = ((match[1] ?? "").split("-").length - 1) % 2 === 1;
  return normalize(minus ? size.negated() : size);
}

/** A value read as a number. An object is not one: it counts as its number before the `@`. */
export function toNumber(value: Value): Numeric {
  if (typeof value === "number") return value;
  if (typeof value === "string") return parseNumber(value);
  return isObject(value) ? value.id : value;
}

/** The canonical text of a number: `.5`, `-1.2`, never an exponent. */
export function numberText(value: Numeric): string {
  if (typeof value === "number") return String(value);
  const text = value.toFixed();
  if (text.startsWith("0.")) return text.slice(1);
  return text.startsWith("-0.") ? `-${text.slice(2)}` : text;
}

/** A value as text. */
export function toText(value: Value): string {
  if (typeof value === "string") return value;
  if (isObject(value)) return `${String(value.id)}@${value.className}`;
  return numberText(value);
}

/** A value as truth: any number but zero. Source: GCOS, boolean values. */
export function isTrue(value: Value): boolean {
  if (typeof value === "number") return value !== 0;
  if (isObject(value)) return true;
  const number = toNumber(value);
  return typeof number === "number" ? number !== 0 : true;
}

/** A value as a whole number, cut towards zero; saturated where JavaScript counts no further. */
export function toInteger(value: Value): number {
  const number = toNumber(value);
  return typeof number === "number" ? number : Math.trunc(number.toNumber());
}

/** True for the text of a number in canonical form, the kind that sorts as a number. */
export function isCanonicalNumber(text: string): boolean {
  if (!canonicalShape.test(text)) return false;
  return text.length < significantDigits - 1 || numberText(parseNumber(text)) === text;
}

/** -1, 0 or 1. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  if (typeof left === "number" && typeof right === "number") return Math.sign(left - right);
  return toExact(left).cmp(right);
}
