/** The journal cycle, or group commit. Writers put records into the journal's buffer and change the
 *  open transactions of the database files; a cycle then makes all of it durable at once:
 *
 *  1. writers are held back, 2. the journal is written and synced, 3. where needed another member
 *  acknowledges, 4. the database files commit with the new position, 5. writers go on.
 *
 *  So no database file ever holds data that its journal might lose. Readers never wait. */

import { nextTurn, type Clock } from "./clock.ts";

/** How long a plain write may wait in the buffer.
 *  Assumed: the product's write cycle is not documented in numbers; short enough that nobody sees
 *  it, long enough that thousands of sets share one sync. */
export const cycleMs = 100;

interface Request {
  /** Runs while writers are still held. */
  readonly action: (() => unknown) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs steps 2 to 4 whenever asked, one cycle after another. */
export class JournalCycle {
  private readonly clock: Clock;
  private readonly work: () => Promise<void>;
  private waiting: Request[] = [];
  private isRunning = false;
  private cancelTimer: (() => void) | undefined;
  private held: Promise<void> | undefined;

  /** @param work steps 2 to 4; a rejection reaches everybody who asked for this cycle */
  constructor(clock: Clock, work: () => Promise<void>) {
    this.clock = clock;
    this.work = work;
  }

  /** What a writer waits for; `undefined` when it may write. */
  get barrier(): Promise<void> | undefined {
    return this.held;
  }

  /** Something waits in the buffer: the next cycle comes by itself. */
  touched(): void {
    if (this.cancelTimer !== undefined || this.waiting.length > 0) return;
    this.cancelTimer = this.clock.after(cycleMs, () => {
      this.cancelTimer = undefined;
      // Nobody waits for it; what went wrong was logged where it went wrong.
      this.request().catch(() => undefined);
    });
  }

  /** Asks for a cycle that covers everything up to now.
   *  @throws whatever stopped it */
  async request(): Promise<void> {
    await this.enqueue(undefined);
  }

  /** Does something after a cycle while writers are still held. It runs even when the cycle
   *  failed, because what asks for it is often the answer to the failure. */
  async exclusive<T>(action: () => T | Promise<T>): Promise<T> {
    let result: { value: T } | undefined;
    await this.enqueue(async () => {
      result = { value: await action() };
    });
    if (result === undefined) throw new Error("An exclusive action did not run.");
    return result.value;
  }

  private enqueue(action: (() => unknown) | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ action, resolve, reject });
      if (this.isRunning) return;
      this.isRunning = true;
      // Not at once: whoever else commits in this turn shares the cycle.
      setImmediate(() => void this.run());
    });
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.once();
      // Writers that waited get their turn before the next cycle holds them again: one turn to be
      // woken, one to run.
      await nextTurn();
      await nextTurn();
    }
    this.isRunning = false;
  }

  private async once(): Promise<void> {
    let release: () => void = () => undefined;
    this.held = new Promise((resolve) => {
      release = resolve;
    });
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    const batch = this.waiting;
    this.waiting = [];
    const failure = await this.work().then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    for (const request of batch) await this.finish(request, failure);
    this.held = undefined;
    release();
  }

  private async finish(request: Request, failure: { error: unknown } | undefined): Promise<void> {
    if (request.action === undefined) {
      if (failure === undefined) request.resolve(undefined);
      else request.reject(failure.error);
      return;
    }
    try {
      request.resolve(await request.action());
    } catch (error) {
      request.reject(error);
    }
  }
}
