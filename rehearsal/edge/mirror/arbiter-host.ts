/** The arbiter's sessions: carries between sockets and the pure arbiter. */

import { arbiterStep, freshArbiter, type ArbiterEvent } from "../../core/arbiter.ts";
import { heartbeatMs, qosTimeoutMs, silenceMs } from "../../core/timing.ts";
import type { ToArbiter } from "../../core/messages.ts";
import type { Clock } from "../../storage/clock.ts";
import type { Connection } from "./connection.ts";
import { toArbiter } from "./message-parsers.ts";
import { ParseFault } from "./parse.ts";

/** Failover members of any mirror connect here and stay. */
export class ArbiterHost {
  private readonly clock: Clock;
  private state = freshArbiter;
  private lastSession = 0;
  private readonly sessions = new Map<number, Connection>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** A connection to the agent becomes a session with the arbiter. */
  adopt(connection: Connection): void {
    this.lastSession += 1;
    const session = this.lastSession;
    this.sessions.set(session, connection);
    connection.keep(keepingFor(qosTimeoutMs.usual));
    connection.owner = {
      message: (value) => this.take(session, connection, value),
      journal: () => this.drop(session),
      drained: () => undefined,
      lost: () => this.lost(session),
    };
  }

  /** Ends all sessions, as when the process ends. */
  close(): void {
    for (const connection of this.sessions.values()) connection.destroy();
    this.sessions.clear();
  }

  private take(session: number, connection: Connection, value: unknown): void {
    let message: ToArbiter;
    try {
      message = toArbiter(value, "message to the arbiter");
    } catch (error) {
      if (!(error instanceof ParseFault)) throw error;
      this.drop(session);
      return;
    }
    // The members' quality of service decides how fast a silence is a loss.
    if (message.kind === "hello") connection.keep(keepingFor(message.qosTimeoutMs));
    this.happen({ type: "said", session, message });
  }

  private drop(session: number): void {
    this.sessions.get(session)?.destroy();
    this.lost(session);
  }

  private lost(session: number): void {
    if (this.sessions.delete(session)) this.happen({ type: "gone", session });
  }

  private happen(event: ArbiterEvent): void {
    const { state, effects } = arbiterStep(this.state, event);
    this.state = state;
    for (const effect of effects) {
      switch (effect.do) {
        case "say":
          this.sessions.get(effect.session)?.send(effect.message);
          break;
        case "close":
          this.sessions.get(effect.session)?.destroy();
          this.sessions.delete(effect.session);
          break;
        case "wait":
          this.clock.after(effect.afterMs, () => {
            this.happen({ type: "waited", check: effect.check });
          });
          break;
      }
    }
  }
}

function keepingFor(qos: number): { silenceMs: number; heartbeatMs: number } {
  return { silenceMs: silenceMs(qos), heartbeatMs: heartbeatMs(qos) };
}
