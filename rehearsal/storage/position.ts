/** Positions in a journal: their order, and how they are written down. */

import type { JournalPosition } from "./types.ts";

/** Before everything: where a journal begins that has no file yet. */
export const startOfHistory: JournalPosition = { file: 0, offset: 0 };

/** Less than, equal to, or greater than 0. */
export function comparePositions(left: JournalPosition, right: JournalPosition): number {
  return left.file === right.file ? left.offset - right.offset : left.file - right.file;
}

/** True when `left` comes before `right`. */
export function isBefore(left: JournalPosition, right: JournalPosition): boolean {
  return comparePositions(left, right) < 0;
}

/** The earlier of two. */
export function earlierOf(left: JournalPosition, right: JournalPosition): JournalPosition {
  return isBefore(right, left) ? right : left;
}

/** `7:200088`, the form used in labels. */
export function formatPosition(position: JournalPosition): string {
  return `${position.file}:${position.offset}`;
}

/** Reads what `formatPosition` wrote.
 *  @throws Error for any other text */
export function parsePosition(text: string): JournalPosition {
  const match = /^(\d{1,15}):(\d{1,15})$/.exec(text);
  if (match === null) throw new Error(`"${text}" is no journal position.`);
  return { file: Number(match[1]), offset: Number(match[2]) };
}
