/** One journal with its cycle: the instance's own, or the mirror's. */

import { applyChange, isChange } from "./apply.ts";
import { delay, type Clock } from "./clock.ts";
import { JournalCycle } from "./cycle.ts";
import type { Database, Journaled } from "./database.ts";
import type { JournalFiles } from "./journal-files.ts";
import type { Mark } from "./label.ts";
import type { Log } from "./log.ts";
import { OpenTransactions } from "./open-transactions.ts";
import { isBefore } from "./position.ts";
import type { JournalPosition, JournalRecord } from "./types.ts";

/** A disk that refuses is tried again after this.
 *  Assumed: the product freezes on a journal error too; how often it tries is not documented. */
const retryMs = 1000;

/** How far the position in a file may lie behind before it is written again: bounds what a restart
 *  must read. */
const lagBytes = 16 * 1024 * 1024;

/** What a stream needs from the store. */
export interface StreamSurroundings {
  readonly name: Journaled;
  readonly clock: Clock;
  readonly log: Log;
  /** Name of a database in this journal; `undefined` when its changes do not go there. */
  nameIn(database: Database): string | undefined;
  /** The mounted databases whose changes go into this journal. */
  databases(): Iterable<Database>;
  /** Step 3 of the cycle. A rejection means: this data is not safe and may never be. */
  acknowledge(position: JournalPosition): Promise<void>;
  /** What was not acknowledged has been taken out of the database files again. */
  abandoned(): void;
}

/** Where writers put their records. */
export class JournalStream {
  journal: JournalFiles | undefined;
  readonly transactions = new OpenTransactions();
  readonly cycle: JournalCycle;
  /** Counts how often unacknowledged work was taken back: transactions begun before are void. */
  era = 0;
  private readonly surroundings: StreamSurroundings;
  /** Where the last cycle ended: changes that are not committed came after it. Set when writing
   *  begins; from then on kept by the cycles. */
  settled: JournalPosition | undefined;
  private isStopping = false;

  constructor(surroundings: StreamSurroundings) {
    this.surroundings = surroundings;
    this.cycle = new JournalCycle(surroundings.clock, () => this.work());
  }

  /** Puts a record into the buffer. */
  append(record: JournalRecord): void {
    if (this.journal === undefined) throw new Error("There is no journal to append to.");
    const before = this.journal.end;
    this.journal.append(record);
    this.transactions.note(record, before);
    this.cycle.touched();
  }

  /** From now on a disk that refuses ends the cycle instead of being tried again. */
  stop(): void {
    this.isStopping = true;
  }

  private async work(): Promise<void> {
    if (this.journal === undefined) return;
    // Taken before the sync: a commit that comes meanwhile may lie behind the position.
    const oldest = this.transactions.oldest;
    const position = await this.flush(this.journal);
    try {
      await this.surroundings.acknowledge(position);
    } catch (error) {
      this.abandon();
      throw error;
    }
    await this.commitAll({ position, transactionsFrom: oldest ?? position });
    this.settled = position;
  }

  private async flush(journal: JournalFiles): Promise<JournalPosition> {
    return this.insist("journal", () => journal.flush());
  }

  private abandon(): void {
    for (const database of this.surroundings.databases()) database.rollback();
    this.era += 1;
    this.surroundings.abandoned();
  }

  private async commitAll(mark: Mark): Promise<void> {
    const { name } = this.surroundings;
    for (const database of this.surroundings.databases()) {
      // A file closed in order needs nothing of the own journal until it is changed.
      if (name === "own" && !database.isDirty && database.label.own === undefined) continue;
      database.mark(name, mark);
      if (database.isDirty || database.lag(name) > lagBytes) await this.commit(database, mark);
    }
  }

  /** Commits; where SQLite lost the open transaction, its work is done again from the journal. */
  private async commit(database: Database, mark: Mark): Promise<void> {
    const redoFrom = this.settled ?? database.committedMark(this.surroundings.name)?.position;
    await this.insist(`database ${database.directory}`, () => {
      if (database.hasLostWork) this.redo(database, redoFrom, mark);
      database.commit();
    });
  }

  private redo(database: Database, from: JournalPosition | undefined, mark: Mark): void {
    database.rollback();
    // Until the whole of it is done again, the loss stands.
    database.hasLostWork = true;
    const name = this.surroundings.nameIn(database);
    if (this.journal !== undefined && from !== undefined && name !== undefined) {
      for (const { after, record } of this.journal.records(from)) {
        if (isBefore(mark.position, after)) break;
        if (isChange(record) && record.database === name) applyChange(database, record);
      }
    }
    database.mark(this.surroundings.name, mark);
    database.hasLostWork = false;
  }

  private async insist<T>(what: string, action: () => T | Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await action();
      } catch (error) {
        if (this.isStopping) throw error;
        if (attempt === 0) {
          const text = `Writing ${what} failed, writers wait: ${String(error)}`;
          this.surroundings.log(2, "Generic.Event", text);
        }
        await delay(this.surroundings.clock, retryMs);
      }
    }
  }
}
