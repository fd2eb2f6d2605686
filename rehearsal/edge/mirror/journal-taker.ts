/** Takes the journal a primary sends: into the buffer at once, to the disk as fast as it goes, one
 *  sync for whatever has come meanwhile. */

import type { JournalPosition } from "../../core/position.ts";
import type { MirrorJournal } from "../../storage/types.ts";
import type { Connection } from "./connection.ts";

/** More than this is not kept in memory: the primary must wait for this member's disk. */
const unsyncedBytesMax = 16 * 1024 * 1024;

/** What a taker needs. */
export interface TakerOptions {
  journal(): MirrorJournal | undefined;
  /** Everything up to `end` is on disk. */
  stored(end: JournalPosition): void;
  fault(text: string): void;
}

/** The receiving end. */
export class JournalTaker {
  private readonly options: TakerOptions;
  private unsynced = 0;
  private flushing: Promise<void> | undefined;
  private paused: Connection | undefined;

  constructor(options: TakerOptions) {
    this.options = options;
  }

  /** Takes bytes.
   *  @throws JournalGap when they do not continue what is here */
  take(connection: Connection, at: JournalPosition, bytes: Buffer): void {
    const journal = this.options.journal();
    if (journal === undefined) throw new Error("there is no journal");
    journal.receive(at, bytes);
    this.unsynced += bytes.length;
    if (this.unsynced > unsyncedBytesMax && this.paused === undefined) {
      this.paused = connection;
      connection.pause();
    }
    this.flushing ??= this.flush(journal).finally(() => {
      this.flushing = undefined;
    });
  }

  private async flush(journal: MirrorJournal): Promise<void> {
    while (this.unsynced > 0) {
      this.unsynced = 0;
      try {
        this.options.stored(await journal.flush());
      } catch (error) {
        // Nothing is acknowledged: the primary notices, and this member connects anew.
        this.options.fault(`Mirror journal: ${String(error)}`);
      }
      this.paused?.resume();
      this.paused = undefined;
    }
  }

  /** Resolves when nothing is on its way to the disk. */
  async settled(): Promise<void> {
    await this.flushing;
  }
}
