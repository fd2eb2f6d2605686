/** Runs many processes in one thread, each for a slice at a time, so that an endless loop in one
 *  session delays nobody: neither other sessions nor the heartbeats of the mirror. */

import type { Pause, Running } from "../../objectscript/host.ts";

/** How long one process may run before others and the event loop get their turn. Derived: the
 *  shortest promise of the engine is a heartbeat every few hundred milliseconds. */
const sliceMs = 5;

/** A process that was started. */
export interface Task<T> {
  readonly done: Promise<T>;
  /** Ends the process at its next pause with this result; its `finally` blocks still run (they
   *  roll back and release locks) and may pause themselves. */
  end(result: T): void;
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
  private reject!: (error: unknown) => void;
  private ending: { readonly result: T } | undefined;
  private isEnding = false;
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

  end(result: T): void {
    if (this.isOver || this.ending !== undefined) return;
    this.ending = { result };
    this.wake(this);
  }

  advance(): "slice" | "ended" | Promise<unknown> {
    if (this.isOver) return "ended";
    try {
      const step = this.next();
      if (step.done !== true) return step.value.kind === "slice" ? "slice" : step.value.until;
      this.isOver = true;
      this.resolve(step.value);
    } catch (error) {
      this.isOver = true;
      this.reject(error);
    }
    return "ended";
  }

  private next(): IteratorResult<Pause, T> {
    if (this.ending === undefined || this.isEnding) return this.coroutine.next();
    this.isEnding = true;
    return this.coroutine.return(this.ending.result);
  }
}
