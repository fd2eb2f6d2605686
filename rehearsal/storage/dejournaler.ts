/** Dejournaling: applying the mirror's journal to the copies of its databases, in batches that are
 *  committed with their position, in slices between which everybody else has a turn. */

import { applyChange, isChange } from "./apply.ts";
import { nextTurn } from "./clock.ts";
import type { Database } from "./database.ts";
import type { JournalFiles } from "./journal-files.ts";
import type { Mutex } from "./mutex.ts";
import type { OpenTransactions } from "./open-transactions.ts";
import { comparePositions, earlierOf, isBefore, startOfHistory } from "./position.ts";
import type { JournalPosition, JournalRecord } from "./types.ts";

/** Longest stretch of work before others get their turn. Derived: a heartbeat every few hundred
 *  milliseconds must not be late. */
const sliceMs = 8;
/** Slices between two commits. */
const slicesPerBatch = 25;
/** How often the time is looked at. */
const recordsPerLook = 64;
/** How far the position in a file may lie behind before it is written again. */
const lagBytes = 16 * 1024 * 1024;

/** What dejournaling needs to know. */
export interface DejournalPlace {
  readonly journal: JournalFiles;
  readonly transactions: OpenTransactions;
  /** Nothing is mounted, dismounted or relabelled during a batch. */
  readonly mutex: Mutex;
  /** The copies to be brought forward now, all of them readable from the journal. */
  targets(): readonly Database[];
  /** False on the primary: it knows its open transactions from writing them. */
  foldsTransactions(): boolean;
  /** True for a copy whose commits belong to the cycles of the own journal. */
  isCommittedByOwnCycle(database: Database): boolean;
}

/** Positions of open transactions are folded from the same reading. */
export class Dejournaler {
  private readonly place: DejournalPlace;
  /** Up to here `transactions` has seen the journal, beginning at `foldedFrom`. */
  private foldedTo: JournalPosition | undefined;
  private foldedFrom: JournalPosition | undefined;
  private truncations = 0;
  private running: Promise<void> | undefined;
  private isWanted = false;

  constructor(place: DejournalPlace) {
    this.place = place;
  }

  /** Brings all targets to the end of the journal as it was when this was called. */
  async run(): Promise<void> {
    this.isWanted = true;
    while (this.running !== undefined) await this.running;
    // Somebody else who waited did it all.
    if (!this.wanted()) return;
    this.isWanted = false;
    this.running = this.toEnd();
    try {
      await this.running;
    } finally {
      this.running = undefined;
    }
  }

  private wanted(): boolean {
    return this.isWanted;
  }

  private async toEnd(): Promise<void> {
    for (;;) {
      const isDone = await this.place.mutex.run(() => this.batch());
      if (isDone) return;
      await nextTurn();
    }
  }

  /** One batch; the caller holds the mutex.
   *  @returns true when the end was reached */
  async batch(): Promise<boolean> {
    const targets = this.place.targets();
    const end = this.place.journal.durable;
    const from = this.startFor(targets);
    if (comparePositions(from, end) >= 0) return true;
    try {
      const reached = await this.apply(targets, from, end);
      this.settle(targets, reached);
      return comparePositions(reached, end) >= 0;
    } catch (error) {
      this.takeBack(targets);
      throw error;
    }
  }

  /** What is not committed may be gone, and the position with it: the next batch begins where the
   *  file is for certain. */
  private takeBack(targets: readonly Database[]): void {
    for (const database of targets) {
      if (!this.place.isCommittedByOwnCycle(database)) database.rollback();
    }
  }

  /** Everything the primary itself wrote is known: it need not be read again. */
  skipTo(position: JournalPosition): void {
    this.foldedTo = position;
  }

  /** Where reading must begin: the copy that is furthest behind, or the open transactions. */
  private startFor(targets: readonly Database[]): JournalPosition {
    const { journal } = this.place;
    if (this.truncations !== journal.truncations) {
      this.truncations = journal.truncations;
      this.foldedTo = undefined;
      this.place.transactions.clear();
    }
    // A member that joined late: where it had nothing, its journal now begins with a later file.
    const folded = this.place.foldsTransactions() ? this.foldedTo : undefined;
    if (folded !== undefined && !journal.reaches(folded)) {
      this.foldedTo = journal.oldest;
      this.foldedFrom = journal.oldest;
      this.place.transactions.clear();
    }
    let start = journal.durable;
    for (const { label } of targets) {
      if (label.mirrored === undefined) continue;
      start = earlierOf(start, label.mirrored.position);
      this.foldFrom(label.mirrored.transactionsFrom);
    }
    this.foldedTo ??= journal.durable;
    this.foldedFrom ??= this.foldedTo;
    return this.place.foldsTransactions() ? earlierOf(start, this.foldedTo) : start;
  }

  /** Transactions that may be open at the position of a copy must be known. */
  private foldFrom(start: JournalPosition): void {
    const isKnown = this.foldedFrom !== undefined && !isBefore(start, this.foldedFrom);
    if (this.foldedTo !== undefined && isKnown) return;
    const from = this.place.journal.reaches(start) ? start : this.place.journal.oldest;
    if (this.foldedTo !== undefined && this.foldedFrom && !isBefore(from, this.foldedFrom)) return;
    this.foldedFrom = from;
    this.foldedTo = from;
  }

  private async apply(
    targets: readonly Database[],
    from: JournalPosition,
    end: JournalPosition,
  ): Promise<JournalPosition> {
    const byName = new Map<string, Database>();
    for (const target of targets) byName.set(target.label.mirror?.database ?? "", target);
    const slices = new Slices();
    let reached = from;
    for (const { after, record } of this.place.journal.records(from)) {
      this.takeOne(byName, record, { before: reached, after });
      reached = after;
      if (comparePositions(reached, end) >= 0) return reached;
      if (!slices.isOver()) continue;
      if (slices.count >= slicesPerBatch) return reached;
      await nextTurn();
      slices.begin();
    }
    // No record is left: what may follow is only the header of a file.
    return end;
  }

  private takeOne(
    byName: Map<string, Database>,
    record: JournalRecord,
    { before, after }: { before: JournalPosition; after: JournalPosition },
  ): void {
    if (this.place.foldsTransactions() && isBefore(this.foldedTo ?? startOfHistory, after)) {
      this.place.transactions.note(record, before);
      this.foldedTo = after;
    }
    if (isChange(record)) {
      const database = behind(byName.get(record.database), after);
      if (database !== undefined) applyChange(database, record);
    } else if (record.type === "databaseAdded" || record.type === "databaseRemoved") {
      const database = behind(byName.get(record.database), after);
      if (database === undefined || isAbout(record, database)) return;
      leaveBehind(database);
      byName.delete(record.database);
    }
  }

  private settle(targets: readonly Database[], reached: JournalPosition): void {
    if (isBefore(this.foldedTo ?? startOfHistory, reached)) this.foldedTo = reached;
    const transactionsFrom = this.place.transactions.oldest ?? reached;
    for (const database of targets) {
      const position = database.label.mirrored?.position ?? startOfHistory;
      if (!isBefore(position, reached)) continue;
      database.mark("mirrored", { position: reached, transactionsFrom });
      if (this.place.isCommittedByOwnCycle(database)) continue;
      if (database.isDirty || database.lag("mirrored") > lagBytes) database.commit();
    }
  }
}

/** The copy, when it does not hold this yet. */
function behind(database: Database | undefined, after: JournalPosition): Database | undefined {
  const position = database?.label.mirrored?.position;
  return position !== undefined && isBefore(position, after) ? database : undefined;
}

/** True for the record that added this very database, not another one of its name. */
function isAbout(record: JournalRecord, database: Database): boolean {
  const guid = database.label.mirror?.databaseGuid;
  return record.type === "databaseAdded" && record.databaseGuid === guid;
}

/** The mirror no longer has this database: what follows under its name is not for this copy. */
function leaveBehind(database: Database): void {
  const { mirror } = database.label;
  if (mirror !== undefined) database.relabel({ mirror: { ...mirror, caughtUp: false } });
  database.beginChange();
}

/** Measures how long one stretch of work has lasted. Only speed depends on it, never the result. */
class Slices {
  count = 1;
  private since = performance.now();
  private looks = 0;

  begin(): void {
    this.count += 1;
    this.since = performance.now();
  }

  isOver(): boolean {
    this.looks += 1;
    return this.looks % recordsPerLook === 0 && performance.now() - this.since > sliceMs;
  }
}
