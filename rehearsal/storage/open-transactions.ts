/** Transactions that began in one journal and have not ended, and where each began: what recovery
 *  must read to undo them. */

import { earlierOf } from "./position.ts";
import type { JournalPosition, JournalRecord } from "./types.ts";

/** A fold over a journal, also kept by those who write it. */
export class OpenTransactions {
  private readonly begun = new Map<number, JournalPosition>();
  private last = 0;

  /** A number no open transaction has. */
  nextNumber(): number {
    this.last += 1;
    return this.last;
  }

  /** Takes the next record of the journal into account.
   *  @param before where the record begins, or earlier */
  note(record: JournalRecord, before: JournalPosition): void {
    if (record.type === "begin") {
      this.begun.set(record.transaction, before);
      this.last = Math.max(this.last, record.transaction);
    } else if (record.type === "commit" || record.type === "rolledBack") {
      this.begun.delete(record.transaction);
    }
  }

  /** Knows nothing any more; numbers are still not given twice. */
  clear(): void {
    this.begun.clear();
  }

  has(transaction: number): boolean {
    return this.begun.has(transaction);
  }

  get count(): number {
    return this.begun.size;
  }

  /** Where the oldest open one began; `undefined` when none is open. */
  get oldest(): JournalPosition | undefined {
    let oldest: JournalPosition | undefined;
    for (const position of this.begun.values()) {
      oldest = oldest === undefined ? position : earlierOf(oldest, position);
    }
    return oldest;
  }
}
