/** Brings the databases of a member that is not primary forward, whenever journal has come. */

import type { Clock } from "../../storage/clock.ts";
import type { MirroredStore } from "../../storage/types.ts";

/** What failed, such as a disk that was full, is tried again after so long. */
const retryMs = 1000;

/** One run at a time; whatever comes meanwhile makes one more. */
export class Dejournaling {
  private readonly store: Pick<MirroredStore, "dejournal">;
  private readonly fault: (text: string) => void;
  private readonly clock: Clock;
  private cancelRetry: (() => void) | undefined;
  private hasFailed = false;
  private running: Promise<void> | undefined;
  private isWanted = false;

  constructor(
    store: Pick<MirroredStore, "dejournal">,
    clock: Clock,
    fault: (text: string) => void,
  ) {
    this.store = store;
    this.clock = clock;
    this.fault = fault;
  }

  /** There is more to apply. */
  soon(): void {
    this.isWanted = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  private async run(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      try {
        await this.store.dejournal();
        this.hasFailed = false;
      } catch (error) {
        this.failed(error);
      }
    }
  }

  private failed(error: unknown): void {
    if (!this.hasFailed) this.fault(`Dejournaling waits: ${String(error)}`);
    this.hasFailed = true;
    this.cancelRetry ??= this.clock.after(retryMs, () => {
      this.cancelRetry = undefined;
      this.soon();
    });
  }

  /** Tries nothing again. */
  stop(): void {
    this.cancelRetry?.();
    this.cancelRetry = undefined;
  }

  /** Resolves when it rests. */
  async rested(): Promise<void> {
    await this.running;
  }
}
