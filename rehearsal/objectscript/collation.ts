/** The order of subscripts: `""`, then canonical numbers by size, then all other text. */

import { compareNumbers, isCanonicalNumber, parseNumber } from "./numbers.ts";

/** A subscript that is surely no number, by its first character; saves the closer look. */
function mayBeNumber(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 48 && first <= 57) || first === 45 || first === 46;
}

function isNumber(text: string): boolean {
  return mayBeNumber(text) && isCanonicalNumber(text);
}

/** Compares two subscripts in the standard collation.
 *  Source: RCOS, sorts after (`]]`).
 *  @returns less than, equal to, or greater than 0 */
export function compareSubscripts(left: string, right: string): number {
  if (left === right) return 0;
  if (left === "") return -1;
  if (right === "") return 1;
  const leftIsNumber = isNumber(left);
  const rightIsNumber = isNumber(right);
  if (leftIsNumber && rightIsNumber) return compareNumberTexts(left, right);
  if (leftIsNumber) return -1;
  if (rightIsNumber) return 1;
  return left < right ? -1 : 1;
}

function compareNumberTexts(left: string, right: string): number {
  if (left.length < 15 && right.length < 15) {
    return Math.sign(Number(left) - Number(right));
  }
  return compareNumbers(parseNumber(left), parseNumber(right));
}

/** Compares two lists of subscripts, level by level; a parent comes before its descendants. */
export function compareReferences(left: readonly string[], right: readonly string[]): number {
  for (let level = 0; level < left.length && level < right.length; level++) {
    const order = compareSubscripts(left[level] ?? "", right[level] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
