/** A clock that only passes when a test says so. */

import type { Clock } from "../clock.ts";

/** Time by hand. */
export class ManualClock implements Clock {
  private time: number;
  private alarms: { at: number; action: () => void }[] = [];

  constructor(start = 0) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  after(ms: number, action: () => void): () => void {
    const alarm = { at: this.time + ms, action };
    this.alarms.push(alarm);
    return () => {
      this.alarms = this.alarms.filter((candidate) => candidate !== alarm);
    };
  }

  /** How many alarms wait. */
  get waiting(): number {
    return this.alarms.length;
  }

  /** Lets time pass; alarms ring in order. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = this.alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.alarms = this.alarms.filter((alarm) => alarm !== next);
      this.time = next.at;
      next.action();
    }
    this.time = end;
  }
}
