/** The arbiter's process in the simulator: it may die, and then it has forgotten everything. */

import { freshArbiter, type ArbiterEvent, type ArbiterState } from "../arbiter.ts";
import type { FromArbiter, ToArbiter } from "../messages.ts";
import type { Agenda } from "./agenda.ts";
import type { Handlers, WireEnd } from "./network.ts";
import type { Rules } from "./rules.ts";

/** One arbiter, up or down. */
export class ArbiterModel {
  isUp = true;
  private readonly agenda: Agenda;
  private readonly rules: Rules;
  private readonly happened: () => void;
  private state: ArbiterState = freshArbiter;
  private life = 0;
  private lastSession = 0;
  private readonly sessions = new Map<number, WireEnd<FromArbiter>>();

  constructor(agenda: Agenda, rules: Rules, happened: () => void) {
    this.agenda = agenda;
    this.rules = rules;
    this.happened = happened;
  }

  kill(): void {
    this.isUp = false;
    this.state = freshArbiter;
    this.life += 1;
    const ends = [...this.sessions.values()];
    this.sessions.clear();
    for (const end of ends) end.close();
  }

  /** A member connects; `undefined` while the arbiter is down. */
  accept(end: WireEnd<FromArbiter>): Handlers<ToArbiter> | undefined {
    if (!this.isUp) return undefined;
    this.lastSession += 1;
    const session = this.lastSession;
    this.sessions.set(session, end);
    return {
      received: (message) => this.happen({ type: "said", session, message }),
      lost: () => this.happen({ type: "gone", session }),
    };
  }

  private happen(event: ArbiterEvent): void {
    if (event.type !== "waited" && !this.sessions.has(event.session)) return;
    if (event.type === "gone") this.sessions.delete(event.session);
    const { state, effects } = this.rules.arbiterStep(this.state, event);
    this.state = state;
    this.happened();
    for (const effect of effects) {
      if (effect.do === "say") this.sessions.get(effect.session)?.send(effect.message);
      else if (effect.do === "close") this.drop(effect.session);
      else this.wait(effect.check, effect.afterMs);
    }
  }

  private drop(session: number): void {
    this.sessions.get(session)?.close();
    this.sessions.delete(session);
  }

  private wait(check: number, afterMs: number): void {
    const { life } = this;
    this.agenda.after(afterMs, () => {
      if (life === this.life) this.happen({ type: "waited", check });
    });
  }
}
