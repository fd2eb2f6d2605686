/** Runs many processes in one thread, each for a slice at a time, so that an endless loop in one
 *  session delays nobody: neither other sessions nor the heartbeats of the mirror. */

import type { Running } from "../../objectscript/host.ts";

/** How long one process may run before others and the event loop get their turn. Derived: the
 *  shortest promise of the engine is a heartbeat every few hundred milliseconds. */
const sliceMs = 5;

/** What became of a process. */
export interface Task<T> {
  readonly done: Promise<T>;
  /** Ends the process at its next pause: its coroutine is closed, `finally` blocks run. */
  end(reason: Error): void;
}

interface Entry {
  /** Continues until the next pause; true when the process has ended. */
  advance(): "slice" | "ended" | Promise<unknown>;
}

/** Fair turns for coroutines. */
export class Scheduler {
  private readonly ready: Entry[] = [];
  private isScheduled = false;
  private readonly clock: () => number;

  constructor(clock: () => number = () => performance.now()) {
    this.clock = clock;
  }

  /** Starts a process; its first slice comes with the next turn of the event loop. */
  run<T>(coroutine: Running<T>): Task<T> {
    const task = new ScheduledTask(coroutine, (entry) => this.enqueue(entry));
    this.enqueue(task);
    return task;
  }

  private enqueue(entry: Entry): void {
    this.ready.push(entry);
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.turn());
  }

  /** One turn: everybody who is ready now gets one slice. */
  private turn(): void {
    this.isScheduled = false;
    const now = this.ready.splice(0);
    for (const entry of now) this.slice(entry);
  }

  private slice(entry: Entry): void {
    const end = this.clock() + sliceMs;
    for (;;) {
      const outcome = entry.advance();
      if (outcome === "ended") return;
      if (outcome !== "slice") {
        const again = () => this.enqueue(entry);
        outcome.then(again, again);
        return;
      }
      if (this.clock() >= end) {
        this.enqueue(entry);
        return;
      }
    }
  }
}

/** One coroutine with its outcome. */
class ScheduledTask<T> implements Entry, Task<T> {
  readonly done: Promise<T>;
  private resolve!: (value: T) => void;
  private reject!: (error: Error) => void;
  private endReason: Error | undefined;
  private isOver = false;
  private readonly coroutine: Running<T>;
  private readonly wake: (entry: Entry) => void;

  constructor(coroutine: Running<T>, wake: (entry: Entry) => void) {
    this.coroutine = coroutine;
    this.wake = wake;
    this.done = new Promise<T>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  end(reason: Error): void {
    if (this.isOver || this.endReason !== undefined) return;
    this.endReason = reason;
    this.wake(this);
  }

  advance(): "slice" | "ended" | Promise<unknown> {
    if (this.isOver) return "ended";
    try {
      const result =
        this.endReason === undefined
          ? this.coroutine.next()
          : this.coroutine.throw(new ProcessEnded(this.endReason));
      if (result.done !== true) {
        return result.value.kind === "slice" ? "slice" : result.value.until;
      }
      this.finish(() => this.resolve(result.value));
    } catch (error) {
      const cause = error instanceof ProcessEnded ? error.reason : error;
      this.finish(() => this.reject(cause instanceof Error ? cause : new Error(String(cause))));
    }
    return "ended";
  }

  private finish(settle: () => void): void {
    this.isOver = true;
    settle();
  }
}

/** Thrown into a coroutine that must end; no code of the language can catch it. */
export class ProcessEnded extends Error {
  readonly reason: Error;

  constructor(reason: Error) {
    super(reason.message);
    this.reason = reason;
  }
}
