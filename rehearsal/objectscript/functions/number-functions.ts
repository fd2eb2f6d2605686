/** Functions on numbers. Source: RCOS, each function's page. */

import { Decimal } from "decimal.js";
import { power } from "../arithmetic.ts";
import { fail, NotSimulated } from "../errors.ts";
import { normalize, numberText, toExact, toNumber } from "../numbers.ts";
import { compareNumbers } from "../numbers.ts";
import { limitedLength } from "../operators.ts";
import type { Numeric, Value } from "../value.ts";
import { plain, type FunctionArguments, type FunctionCompiler } from "./plain.ts";

function random(args: FunctionArguments): number {
  const limit = args.integer(0);
  if (limit < 1) return fail("<FUNCTION>");
  return Math.floor(args.process.host.random() * limit);
}

/** Decimals that can be asked for.
 *  Assumed: the product's own limit was not read; no number has more. */
const mostDecimals = 300;

/** A number with that many decimals, a digit before the point always there. */
function fixed(value: Value, decimals: number): string {
  const places = Math.min(Math.max(decimals, 0), mostDecimals);
  return toExact(toNumber(value)).toFixed(places, Decimal.ROUND_HALF_UP);
}

function justify(args: FunctionArguments): string {
  const text = args.given(2) ? fixed(args.value(0), args.integer(2)) : args.text(0);
  return text.padStart(limitedLength(args.integer(1)), " ");
}

/** `$fnumber(number,format,decimals)`. */
function fnumber(args: FunctionArguments): string {
  const format = args.text(1).toUpperCase();
  if (/[^+\-TPL,.N]/.test(format)) throw new NotSimulated(`$fnumber with format "${format}"`);
  const number = toNumber(args.value(0));
  const isNegative = compareNumbers(number, 0) < 0;
  const size = isNegative ? normalize(toExact(number).negated()) : number;
  const plainText = args.given(2) ? fixed(size, args.integer(2)) : numberText(size);
  const digits = grouped(plainText, format);
  const sign = signOf(isNegative, format, number);
  if (format.includes("P")) return isNegative ? `(${digits})` : ` ${digits} `;
  if (format.includes("T")) return digits + (sign === "" ? " " : sign);
  return sign + digits;
}

function signOf(isNegative: boolean, format: string, number: Numeric): string {
  if (isNegative) return format.includes("-") ? "" : "-";
  return format.includes("+") && number !== 0 ? "+" : "";
}

function grouped(text: string, format: string): string {
  const [whole = "", fraction] = text.split(".");
  const isEuropean = format.includes(".");
  const separator = isEuropean ? "." : ",";
  const hasGroups = isEuropean || format.includes(",");
  const head = hasGroups ? whole.replaceAll(/\B(?=(\d{3})+$)/g, separator) : whole;
  return fraction === undefined ? head : head + (isEuropean ? "," : ".") + fraction;
}

/** `$number(text,format,least,most)`: `""` for what is no number or out of range. */
function number(args: FunctionArguments): Value {
  const text = args.text(0).trim().replaceAll(",", "");
  const isNumber = /^[+-]*(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
  if (!isNumber) return "";
  const format = args.text(1).toUpperCase();
  const value = toNumber(text);
  if (format.includes("I") && !toExact(value).isInteger()) return "";
  const decimals = /^\d+$/.test(format) ? Number(format) : undefined;
  const rounded = decimals === undefined ? value : toNumber(fixed(value, decimals));
  if (args.given(2) && compareNumbers(rounded, toNumber(args.value(2))) < 0) return "";
  if (args.given(3) && compareNumbers(rounded, toNumber(args.value(3))) > 0) return "";
  return rounded;
}

function isValidNumber(args: FunctionArguments): number {
  return /^[+-]*(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(args.text(0)) ? 1 : 0;
}

/** A function of real numbers, to 19 digits. */
function real(apply: (value: Decimal) => Decimal): FunctionCompiler {
  return plain(1, 1, (args) => {
    const result = apply(toExact(toNumber(args.value(0))));
    return result.isNaN() || !result.isFinite() ? fail("<ILLEGAL VALUE>") : normalize(result);
  });
}

/** Functions on numbers, by canonical name. */
export const numberFunctions: Readonly<Record<string, FunctionCompiler>> = {
  random: plain(1, 1, random),
  justify: plain(2, 3, justify),
  fnumber: plain(2, 3, fnumber),
  number: plain(1, 4, number),
  isvalidnum: plain(1, 4, isValidNumber),
  normalize: plain(2, 2, (args) => toNumber(fixed(args.value(0), args.integer(1)))),
  decimal: plain(1, 2, (args) => toNumber(args.value(0))),
  zabs: plain(1, 1, (args) => normalize(toExact(toNumber(args.value(0))).abs())),
  zsqr: real((value) => value.sqrt()),
  zln: real((value) => value.ln()),
  zlog: real((value) => value.log(10)),
  zexp: real((value) => value.exp()),
  zpower: plain(2, 2, (args) => power(args.value(0), args.value(1))),
};
