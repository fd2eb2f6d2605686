/** Sends one member the journal: what is durable, as fast as it takes it, never more than the
 *  socket wants. */

import type { SafeUntil } from "../../core/acknowledgement.ts";
import { reaches, type JournalPosition } from "../../core/position.ts";
import type { Clock } from "../../storage/clock.ts";
import type { MirrorJournal } from "../../storage/types.ts";
import type { Connection } from "./connection.ts";

/** How much is read at a time: large enough for the disk, small beside the memory of 15 members. */
const chunkBytes = 256 * 1024;

/** What a sender is made from. */
export interface SenderOptions {
  readonly clock: Clock;
  readonly connection: Pick<Connection, "isCongested" | "sendJournal">;
  readonly journal: Pick<MirrorJournal, "read">;
  readonly from: JournalPosition;
  /** How far it may be sent now; asked anew for each piece. An async must never be ahead of a
   *  backup that may take over: what it had too much would be in its databases. */
  readonly limit: () => SafeUntil;
  /** True when nobody waits for this member's acknowledgement; asked anew each time. */
  readonly mayGather: () => boolean;
  /** How long the member may take to acknowledge more. Source: QoS timeout. */
  readonly patienceMs: number;
  tooLate(): void;
  fault(why: string): void;
}

/** How long small pieces for an async are gathered. Without it each of fifteen members wakes, syncs
 *  and acknowledges for each commit of the primary, and the backup's acknowledgement, for which the
 *  writers wait, comes late on the same processors.
 *  Assumed: asyncs may be a few records behind (GHA_mirror_set_sync), in numbers nobody says; as
 *  long as a plain set may wait in the journal buffer. */
export const gatherMs = 100;

type Piece = ReturnType<MirrorJournal["read"]>;

/** The part of a piece that may be sent. */
function upTo(limit: SafeUntil, piece: Piece | undefined): Piece | undefined {
  if (piece === undefined || limit === "all" || piece.at.file < limit.file) return piece;
  if (piece.at.file > limit.file) return undefined;
  const bytes = piece.bytes.subarray(0, Math.max(0, limit.offset - piece.at.offset));
  return { at: piece.at, bytes };
}

/** The stream to one member. */
export class JournalSender {
  private readonly options: SenderOptions;
  private sent: JournalPosition;
  private cancelWait: (() => void) | undefined;
  private isStopped = false;
  private sentAt = -Infinity;
  private cancelGathering: (() => void) | undefined;

  constructor(options: SenderOptions) {
    this.options = options;
    this.sent = options.from;
  }

  /** There is more: sends it now, or with what comes within `gatherMs` of the piece before. */
  pumpSoon(): void {
    if (this.isStopped) return;
    const { clock, mayGather } = this.options;
    const early = this.sentAt + gatherMs - clock.now();
    // A clock that was set back must not hold anything up.
    if (!mayGather() || early <= 0 || early > gatherMs) this.pump();
    else this.cancelGathering ??= clock.after(early, () => this.pump());
  }

  /** Sends what there is now. */
  pump(): void {
    this.cancelGathering?.();
    this.cancelGathering = undefined;
    const { clock, connection, journal } = this.options;
    while (!this.isStopped && !connection.isCongested) {
      const limit = this.options.limit();
      if (limit !== "all" && reaches(this.sent, limit)) return;
      const next = upTo(limit, this.read(journal));
      if (next === undefined || next.bytes.length === 0) return;
      connection.sendJournal(next.at, next.bytes);
      this.sentAt = clock.now();
      this.sent = { file: next.at.file, offset: next.at.offset + next.bytes.length };
      this.cancelWait ??= this.wait(2);
    }
  }

  private read(journal: SenderOptions["journal"]) {
    try {
      return journal.read(this.sent, chunkBytes);
    } catch (error) {
      this.options.fault(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** The member has this on its disk. */
  acknowledged(position: JournalPosition): void {
    this.cancelWait?.();
    this.cancelWait = reaches(position, this.sent) ? undefined : this.wait(2);
  }

  /** Waits in two halves: when this process itself was held up for the first one, the answer may
   *  lie unread in the socket, and is taken before the second one is over. */
  private wait(halves: number): () => void {
    const { clock, patienceMs } = this.options;
    return clock.after(patienceMs / 2, () => {
      if (this.isStopped) return;
      if (halves > 1) this.cancelWait = this.wait(halves - 1);
      else this.options.tooLate();
    });
  }

  stop(): void {
    this.isStopped = true;
    this.cancelWait?.();
    this.cancelGathering?.();
  }
}
