/** A failover member's session with the arbiter: sought for as long as the mirror runs. */

import type { ArbiterAddress } from "../../core/configuration.ts";
import type { FromArbiter, ToArbiter } from "../../core/messages.ts";
import { retryMs } from "../../core/timing.ts";
import type { Clock } from "../../storage/clock.ts";
import { Connection, dial } from "./connection.ts";
import { fromArbiter } from "./message-parsers.ts";
import { ParseFault } from "./parse.ts";
import { agentPreamble } from "./wire.ts";

/** What the session reports. */
export interface ArbiterListener {
  connected(): void;
  lost(): void;
  said(message: FromArbiter): void;
  times(): { readonly silenceMs: number; readonly heartbeatMs: number };
}

/** Dials the arbiter again and again until it is told not to. */
export class ArbiterSession {
  private readonly clock: Clock;
  private readonly listener: ArbiterListener;
  private target: ArbiterAddress | undefined;
  private connection: Connection | undefined;
  private cancelRetry: () => void = () => undefined;
  /** Counts searches: what belongs to an older one is dropped. */
  private search = 0;

  constructor(clock: Clock, listener: ArbiterListener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** Seeks this arbiter; the same one as before changes nothing. */
  seek(target: ArbiterAddress | undefined): void {
    const isSame = target?.address === this.target?.address && target?.port === this.target?.port;
    if (isSame) return;
    const wasConnected = this.connection !== undefined;
    this.leave();
    if (wasConnected) this.listener.lost();
    this.target = target;
    if (target !== undefined) this.try(target);
  }

  /** Ends it; who asks for that needs no report. */
  leave(): void {
    this.search += 1;
    this.cancelRetry();
    this.target = undefined;
    this.connection?.close();
    this.connection = undefined;
  }

  /** Ends as a crash would. */
  destroy(): void {
    this.connection?.destroy();
    this.connection = undefined;
    this.leave();
  }

  tell(message: ToArbiter): void {
    this.connection?.send(message);
  }

  private try(target: ArbiterAddress): void {
    const { search, clock } = this;
    const times = this.listener.times();
    dial(target, times.silenceMs, clock).then(
      (socket) => {
        const connection = new Connection(socket, { clock, preamble: agentPreamble, ...times });
        if (search !== this.search) {
          connection.destroy();
          return;
        }
        connection.owner = {
          message: (value) => this.take(connection, value),
          journal: () => this.over(connection, search, target),
          drained: () => undefined,
          lost: () => this.over(connection, search, target),
        };
        connection.send({ kind: "arbiter" });
        this.connection = connection;
        this.listener.connected();
      },
      () => this.tryLater(search, target),
    );
  }

  private take(connection: Connection, value: unknown): void {
    if (connection !== this.connection) return;
    let message: FromArbiter;
    try {
      message = fromArbiter(value, "message of the arbiter");
    } catch (error) {
      if (!(error instanceof ParseFault)) throw error;
      // Something else answers at the arbiter's address.
      const { target, search } = this;
      connection.destroy();
      if (target !== undefined) this.over(connection, search, target);
      return;
    }
    this.listener.said(message);
  }

  private over(connection: Connection, search: number, target: ArbiterAddress): void {
    if (connection !== this.connection) return;
    this.connection = undefined;
    this.listener.lost();
    this.tryLater(search, target);
  }

  private tryLater(search: number, target: ArbiterAddress): void {
    if (search !== this.search) return;
    this.cancelRetry = this.clock.after(retryMs, () => {
      if (search === this.search) this.try(target);
    });
  }
}
