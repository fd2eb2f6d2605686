/** Binary operators of the language, by their text. There is no precedence: the parser hands them
 *  over strictly from left to right. */

import { add, divide, divideWhole, modulo, multiply, power, subtract } from "./arithmetic.ts";
import { compareSubscripts } from "./collation.ts";
import { fail } from "./errors.ts";
import { compareNumbers, isTrue, toNumber, toText } from "./numbers.ts";
import { longestString, type Value } from "./value.ts";

/** Everything that combines two values. Both sides have been evaluated. */
type BinaryOperation = (left: Value, right: Value) => Value;

/** Equality of text, after numbers were brought to their canonical form. Source: GCOS, `=`. */
export function isEqual(left: Value, right: Value): boolean {
  if (typeof left === "number" && typeof right === "number") return left === right;
  return toText(left) === toText(right);
}

/** `left_right`.
 *  @throws ObjectScriptError `<MAXSTRING>` */
function concatenate(left: Value, right: Value): string {
  return limited(toText(left) + toText(right));
}

/** The text itself, if the language can hold it.
 *  @throws ObjectScriptError `<MAXSTRING>` */
export function limited(text: string): string {
  return text.length > longestString ? fail("<MAXSTRING>") : text;
}

/** A length or position that the language could still hold as text.
 *  @throws ObjectScriptError `<MAXSTRING>` */
export function limitedLength(length: number): number {
  return length > longestString ? fail("<MAXSTRING>") : length;
}

/** Joins texts, if the language can hold the result.
 *  @throws ObjectScriptError `<MAXSTRING>` */
export function joined(texts: readonly string[], delimiter: string): string {
  const inner = texts.reduce((sum, text) => sum + text.length, 0);
  limitedLength(inner + delimiter.length * Math.max(texts.length - 1, 0));
  return texts.join(delimiter);
}

function compare(left: Value, right: Value): number {
  return compareNumbers(toNumber(left), toNumber(right));
}

const truth = (condition: boolean): Value => (condition ? 1 : 0);

const follows = (left: Value, right: Value): boolean => toText(left) > toText(right);
const sortsAfter = (left: Value, right: Value): boolean =>
  compareSubscripts(toText(left), toText(right)) > 0;
const contains = (left: Value, right: Value): boolean => toText(left).includes(toText(right));

/** Comparisons, each also available with `'` before it. */
const comparisons: Readonly<Record<string, (left: Value, right: Value) => boolean>> = {
  "=": isEqual,
  "<": (left, right) => compare(left, right) < 0,
  ">": (left, right) => compare(left, right) > 0,
  "<=": (left, right) => compare(left, right) <= 0,
  ">=": (left, right) => compare(left, right) >= 0,
  "[": contains,
  "]": follows,
  "]]": sortsAfter,
  "&": (left, right) => isTrue(left) && isTrue(right),
  "!": (left, right) => isTrue(left) || isTrue(right),
};

/** Operators whose both sides are always evaluated; `&&` and `||` are the parser's own forms. */
export const binaryOperations: Readonly<Record<string, BinaryOperation>> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "\\": divideWhole,
  "#": modulo,
  "**": power,
  _: concatenate,
  ...Object.fromEntries(
    Object.entries(comparisons).flatMap(([operator, holds]) => [
      [operator, (left: Value, right: Value) => truth(holds(left, right))],
      [`'${operator}`, (left: Value, right: Value) => truth(!holds(left, right))],
    ]),
  ),
};
