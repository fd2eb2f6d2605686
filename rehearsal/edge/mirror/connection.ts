/** One connection with heartbeats: it is lost when it is closed or has been silent for too long. */

import { connect, type Socket } from "node:net";
import type { JournalPosition } from "../../core/position.ts";
import type { Clock } from "../../storage/clock.ts";
import {
  encodeJournalHead,
  encodeHeartbeat,
  encodeMessage,
  encodePieceHead,
  WireFault,
  WireReader,
  type WireFrame,
} from "./wire.ts";

/** What its owner does with what arrives. */
export interface ConnectionOwner {
  message(value: unknown): void;
  journal(at: JournalPosition, bytes: Buffer): void;
  /** Absent where no file of a database is expected: then it ends the connection. */
  piece?(at: number, bytes: Buffer): void;
  /** Room for more again, after `isCongested`. */
  drained(): void;
  /** Called once, whatever ended the connection, except by `close`. */
  lost(why: string): void;
}

/** How a connection is kept. */
export interface ConnectionKeeping {
  readonly clock: Clock;
  readonly preamble: string;
  /** It is lost after so long without a sign of life. */
  readonly silenceMs: number;
  /** It gives a sign of life so often. */
  readonly heartbeatMs: number;
  /** While true the other side must prove that it hears this one: only echoes of what was sent
   *  less than `silenceMs` ago count, not what may have lain unread for long. */
  readonly wantsEcho?: () => boolean;
}

/** Nobody takes anything yet: what arrives before an owner is there would be lost. */
const nobody: ConnectionOwner = {
  message: () => undefined,
  journal: () => undefined,
  piece: () => undefined,
  drained: () => undefined,
  lost: () => undefined,
};

/** A socket that speaks in frames. */
export class Connection {
  owner: ConnectionOwner = nobody;
  private readonly socket: Socket;
  private keeping: ConnectionKeeping;
  private readonly reader: WireReader;
  private isOver = false;
  private lastHeard: number;
  /** When the newest heartbeat was sent whose echo has come back. */
  private proven: number;
  private lastTick: number;
  /** Time of the other side's newest heartbeat, in its own clock. */
  private peerTime = 0;
  private cancelTick: () => void = () => undefined;

  constructor(socket: Socket, keeping: ConnectionKeeping) {
    this.socket = socket;
    this.keeping = keeping;
    this.reader = new WireReader(keeping.preamble);
    this.lastHeard = this.proven = this.lastTick = keeping.clock.now();
    // A commit waits for each of these small frames.
    socket.setNoDelay(true);
    socket.write(keeping.preamble);
    socket.on("data", (bytes: Buffer) => this.take(bytes));
    socket.on("drain", () => this.owner.drained());
    socket.on("error", (error) => this.end(error.message));
    socket.on("close", () => this.end("closed by the other side"));
    this.tickLater();
  }

  /** True while what was sent has not left: send no journal now. */
  get isCongested(): boolean {
    return this.socket.writableNeedDrain;
  }

  /** Other times from now on. */
  keep(times: Pick<ConnectionKeeping, "silenceMs" | "heartbeatMs" | "wantsEcho">): void {
    if (this.isOver) return;
    this.keeping = { ...this.keeping, ...times };
    this.cancelTick();
    this.lastTick = this.lastHeard = this.proven = this.keeping.clock.now();
    this.beat();
    this.tickLater();
  }

  send(value: unknown): void {
    if (this.isOver) return;
    this.socket.write(encodeMessage(value));
  }

  sendJournal(at: JournalPosition, bytes: Uint8Array): void {
    if (this.isOver) return;
    this.sendBytes(encodeJournalHead(at, bytes.length), bytes);
  }

  /** Sends bytes of a database's file. */
  sendPiece(at: number, bytes: Uint8Array): void {
    if (this.isOver) return;
    this.sendBytes(encodePieceHead(at, bytes.length), bytes);
  }

  private sendBytes(head: Uint8Array, bytes: Uint8Array): void {
    this.socket.cork();
    this.socket.write(head);
    this.socket.write(bytes);
    this.socket.uncork();
  }

  /** Ends it after what was sent; the owner hears nothing more. */
  close(): void {
    if (this.isOver) return;
    this.owner = nobody;
    this.finish();
    this.socket.end();
    // The other side may never read: then nobody waits for it.
    const cancel = this.keeping.clock.after(this.keeping.silenceMs, () => this.socket.destroy());
    this.socket.once("close", cancel);
  }

  /** Ends it as a crash would. */
  destroy(): void {
    this.owner = nobody;
    this.finish();
    this.socket.destroy();
  }

  private finish(): void {
    this.isOver = true;
    this.cancelTick();
  }

  /** Ends it politely: the other side may be a person with a terminal. */
  private fail(why: string): void {
    const { owner } = this;
    this.close();
    owner.lost(why);
  }

  /** Takes nothing from the other side for a while. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.lastHeard = this.keeping.clock.now();
    this.socket.resume();
  }

  private end(why: string): void {
    if (this.isOver) return;
    const { owner } = this;
    this.destroy();
    owner.lost(why);
  }

  private take(bytes: Buffer): void {
    if (this.isOver) return;
    this.lastHeard = this.keeping.clock.now();
    try {
      for (const frame of this.reader.take(bytes)) this.hand(frame);
    } catch (error) {
      // Only what the other side sent can be wrong here; a fault of ours must be seen.
      if (!(error instanceof WireFault)) throw error;
      this.socket.write(`${error.message}\n`);
      this.fail(error.message);
    }
  }

  private hand(frame: WireFrame): void {
    switch (frame.kind) {
      case "message":
        this.owner.message(frame.value);
        break;
      case "journal":
        this.owner.journal(frame.at, frame.bytes);
        break;
      case "piece":
        if (this.owner.piece === undefined) throw new WireFault("a piece of no file of ours");
        this.owner.piece(frame.at, frame.bytes);
        break;
      case "heartbeat":
        this.peerTime = frame.sentAt;
        this.proven = Math.max(this.proven, frame.heard);
        break;
    }
  }

  private tickLater(): void {
    this.cancelTick = this.keeping.clock.after(this.keeping.heartbeatMs, () => this.tick());
  }

  private tick(): void {
    const { clock, heartbeatMs } = this.keeping;
    const now = clock.now();
    // After a pause of this process itself the silence may be its own: listen first.
    const isOwnPause = now - this.lastTick > 2 * heartbeatMs || this.socket.isPaused();
    if (isOwnPause) this.lastHeard = now;
    this.lastTick = now;
    this.beat();
    this.tickLater();
    // What has arrived already is read before anything is called lost.
    if (this.isSilent(now)) setImmediate(() => this.giveUpIfSilent());
  }

  private beat(): void {
    this.socket.write(encodeHeartbeat(this.keeping.clock.now(), this.peerTime));
  }

  private isSilent(now: number): boolean {
    const { silenceMs, wantsEcho } = this.keeping;
    const since = wantsEcho?.() === true ? this.proven : this.lastHeard;
    return now - since > silenceMs;
  }

  private giveUpIfSilent(): void {
    if (!this.isOver && this.isSilent(this.keeping.clock.now())) this.end("silent for too long");
  }
}

/** Opens a TCP connection.
 *  @throws Error when nobody answers there in time */
export function dial(
  target: { readonly address: string; readonly port: number },
  timeoutMs: number,
  clock: Clock,
): Promise<Socket> {
  const socket = connect({ host: target.address, port: target.port, noDelay: true });
  return new Promise((resolve, reject) => {
    const cancel = clock.after(timeoutMs, () => fail(new Error("no answer in time")));
    const fail = (error: Error): void => {
      cancel();
      socket.destroy();
      reject(error);
    };
    socket.once("error", fail);
    socket.once("connect", () => {
      cancel();
      socket.off("error", fail);
      resolve(socket);
    });
  });
}
