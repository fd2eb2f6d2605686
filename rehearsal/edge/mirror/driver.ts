/** Runs the core: one event after another, each with all its effects before the next. */

import type { Effect } from "../../core/effects.ts";
import type { MemberEvent } from "../../core/events.ts";
import { switchedOff, type MemberState } from "../../core/state.ts";
import { step } from "../../core/step.ts";
import type { Clock } from "../../storage/clock.ts";

/** An event without its time; the driver puts that in. */
export type Happening = MemberEvent extends infer One
  ? One extends MemberEvent
    ? Omit<One, "at">
    : never
  : never;

/** Who does what the core asks for. */
export interface Performer {
  perform(effect: Effect): void;
  /** After each event and its effects. */
  stepped(before: MemberState, after: MemberState): void;
}

/** One member's core, alive. */
export class Driver {
  private readonly clock: Clock;
  private readonly performer: Performer;
  private current: MemberState = switchedOff;
  private readonly waiting: Happening[] = [];
  private isBusy = false;

  constructor(clock: Clock, performer: Performer) {
    this.clock = clock;
    this.performer = performer;
  }

  get state(): MemberState {
    return this.current;
  }

  /** Something happened. Effects may make more happen: that comes after them. */
  happen(happening: Happening): void {
    this.waiting.push(happening);
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
        this.one(next);
      }
    } finally {
      this.isBusy = false;
    }
  }

  private one(happening: Happening): void {
    const before = this.current;
    const event: MemberEvent = { ...happening, at: this.clock.now() };
    const { state, effects } = step(before, event);
    this.current = state;
    for (const effect of effects) this.performer.perform(effect);
    this.performer.stepped(before, state);
  }
}
