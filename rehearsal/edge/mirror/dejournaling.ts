/** Brings the databases of a member that is not primary forward, whenever journal has come. */

import type { MirroredStore } from "../../storage/types.ts";

/** One run at a time; whatever comes meanwhile makes one more. */
export class Dejournaling {
  private readonly store: Pick<MirroredStore, "dejournal">;
  private readonly fault: (text: string) => void;
  private running: Promise<void> | undefined;
  private isWanted = false;

  constructor(store: Pick<MirroredStore, "dejournal">, fault: (text: string) => void) {
    this.store = store;
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
      } catch (error) {
        this.fault(`Dejournaling: ${String(error)}`);
      }
    }
  }

  /** Resolves when it rests. */
  async rested(): Promise<void> {
    await this.running;
  }
}
