/** A clock that stands still until a test moves it. */

import type { Clock } from "../../../storage/clock.ts";

/** Time by hand. */
export class ManualClock implements Clock {
  private time = 1_000_000;
  private readonly alarms = new Set<{ at: number; action: () => void }>();

  now(): number {
    return this.time;
  }

  after(ms: number, action: () => void): () => void {
    const alarm = { at: this.time + ms, action };
    this.alarms.add(alarm);
    return () => this.alarms.delete(alarm);
  }

  /** Time goes on while nothing can happen, as in a process that is held up. */
  jump(ms: number): void {
    this.time += ms;
  }

  /** Lets time pass; what is due happens in order. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.alarms.delete(next);
      this.time = Math.max(this.time, next.at);
      next.action();
    }
    this.time = end;
  }
}
