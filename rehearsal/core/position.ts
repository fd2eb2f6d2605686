/** Places in the mirror's journal history. Its files are numbered from 1 over the whole life of
 *  the mirror, so the order of (file, offset) is the order of history. */

/** Behind the last byte meant. File 0 means: no journal at all. */
export interface JournalPosition {
  readonly file: number;
  readonly offset: number;
}

/** Before everything. */
export const beforeHistory: JournalPosition = { file: 0, offset: 0 };

/** Negative when `one` comes earlier in the history than `other`, 0 when they are the same. */
export function comparePositions(one: JournalPosition, other: JournalPosition): number {
  return one.file === other.file ? one.offset - other.offset : one.file - other.file;
}

/** True when whoever is at `one` holds everything up to `other`. */
export function reaches(one: JournalPosition, other: JournalPosition): boolean {
  return comparePositions(one, other) >= 0;
}

/** `200088 in file #7`, as the product's log names positions. */
export function describePosition(position: JournalPosition): string {
  return `${position.offset} in file #${position.file}`;
}
