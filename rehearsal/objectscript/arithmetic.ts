/** Arithmetic of the language. Safe integers stay JavaScript numbers; all else goes through
 *  decimal arithmetic, so that no binary fraction ever shows. */

import { fail } from "./errors.ts";
import { normalize, toExact, toNumber } from "./numbers.ts";
import type { Numeric, Value } from "./value.ts";

/** `left + right`. */
export function add(left: Value, right: Value): Numeric {
  const a = typeof left === "number" ? left : toNumber(left);
  const b = typeof right === "number" ? right : toNumber(right);
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return normalize(toExact(a).plus(b));
}

/** `left - right`. */
export function subtract(left: Value, right: Value): Numeric {
  const a = toNumber(left);
  const b = toNumber(right);
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return normalize(toExact(a).minus(b));
}

/** `left * right`. */
export function multiply(left: Value, right: Value): Numeric {
  const a = toNumber(left);
  const b = toNumber(right);
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return normalize(toExact(a).times(b));
}

/** `left / right`.
 *  @throws ObjectScriptError `<DIVIDE>` */
export function divide(left: Value, right: Value): Numeric {
  const a = toNumber(left);
  const b = toNumber(right);
  if (b === 0) return fail("<DIVIDE>");
  if (typeof a === "number" && typeof b === "number") {
    const quotient = a / b;
    if (Number.isSafeInteger(quotient) && quotient * b === a) return quotient + 0;
  }
  return normalize(toExact(a).div(b));
}

/** `left \ right`: the quotient cut towards zero.
 *  @throws ObjectScriptError `<DIVIDE>` */
export function divideWhole(left: Value, right: Value): Numeric {
  const a = toNumber(left);
  const b = toNumber(right);
  if (b === 0) return fail("<DIVIDE>");
  if (typeof a === "number" && typeof b === "number") return Math.trunc(a / b) + 0;
  return normalize(toExact(a).div(b).trunc());
}

/** `left # right`: what is left of the division; it has the sign of the right side.
 *  Source: GCOS, modulo operator.
 *  @throws ObjectScriptError `<DIVIDE>` */
export function modulo(left: Value, right: Value): Numeric {
  const a = toNumber(left);
  const b = toNumber(right);
  if (b === 0) return fail("<DIVIDE>");
  if (typeof a === "number" && typeof b === "number") {
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
  }
  const exact = toExact(a);
  return normalize(exact.minus(exact.div(b).floor().times(b)));
}

/** Powers with more digits than this, before or behind the point, are beyond every number; working
 *  them out would take for ever. */
const mostDigits = 1000;

/** `left ** right`.
 *  @throws ObjectScriptError `<DIVIDE>` for zero to a negative power, `<ILLEGAL VALUE>` for a
 *  root of a negative number */
export function power(left: Value, right: Value): Numeric {
  const base = toNumber(left);
  const exponent = toNumber(right);
  if (base === 0) return zeroToThePower(exponent);
  const isWhole = typeof exponent === "number";
  if (!isWhole && toExact(base).isNegative()) return fail("<ILLEGAL VALUE>");
  const digits = Number(exponent) * Math.log10(Math.abs(Number(base)));
  if (digits > mostDigits) return fail("<MAXNUMBER>");
  if (digits < -mostDigits) return 0;
  return normalize(toExact(base).pow(exponent));
}

function zeroToThePower(exponent: Numeric): Numeric {
  if (exponent === 0) return 1;
  return toExact(exponent).isNegative() ? fail("<DIVIDE>") : 0;
}

/** `-value`. */
export function negate(value: Value): Numeric {
  const number = toNumber(value);
  return typeof number === "number" ? 0 - number : normalize(number.negated());
}
