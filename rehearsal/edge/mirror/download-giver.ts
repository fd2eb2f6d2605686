/** The giving end of a download: pieces of a file, never more on their way than the other side has
 *  asked for by confirming what it wrote. */

import { createHash } from "node:crypto";
import type { Clock } from "../../storage/clock.ts";
import type { HeldCopy } from "../../storage/download-types.ts";
import type { Connection } from "./connection.ts";
import { checksumKind, taken } from "./download-messages.ts";

/** Large enough for the disk, small beside the memory of a member. */
export const pieceBytes = 256 * 1024;
/** So much may be on its way: bounds memory on both sides, and what a journal piece on the same
 *  cable waits for. */
const windowBytes = 4 * pieceBytes;
/** The other side may need so long to write one window; longer, and the held file would cost the
 *  disk here more than a new attempt. */
const patienceMs = 60_000;

/** Sends one file. */
export class DownloadGiver {
  private readonly connection: Connection;
  private readonly held: HeldCopy;
  private readonly clock: Clock;
  private confirmed = 0;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(connection: Connection, held: HeldCopy, clock: Clock) {
    this.connection = connection;
    this.held = held;
    this.clock = clock;
    connection.owner = {
      message: (value) => this.heard(value),
      journal: () => this.fail("journal on a connection for a download"),
      drained: () => undefined,
      lost: (why) => this.fail(why),
    };
  }

  private heard(value: unknown): void {
    try {
      this.confirmed = Math.max(this.confirmed, taken(value, "message").bytes);
      this.wake();
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** Ends it. */
  stop(): void {
    this.fail("the mirror stops here");
  }

  private fail(why: string): void {
    this.failure ??= new Error(why);
    this.wake();
  }

  /** Resolves when everything was written by the other side.
   *  @throws Error when the connection is lost, the other side takes too long, or the file had to
   *    change */
  async run(): Promise<void> {
    const { connection, held } = this;
    const hash = createHash(checksumKind);
    connection.send({ kind: "offered", bytes: held.bytes, standing: held.standing });
    for (let offset = 0; offset < held.bytes; offset += pieceBytes) {
      await this.untilConfirmed(offset + pieceBytes - windowBytes);
      const piece = await held.read(offset, pieceBytes);
      hash.update(piece);
      connection.sendPiece(offset, piece);
    }
    await this.untilConfirmed(held.bytes);
    connection.send({ kind: "sent", checksum: hash.digest("hex") });
  }

  private async untilConfirmed(bytes: number): Promise<void> {
    while (this.failure === undefined && this.confirmed < bytes) {
      await new Promise<void>((resolve) => {
        const cancel = this.clock.after(patienceMs, () => this.fail("nothing was taken in time"));
        this.wake = () => {
          cancel();
          resolve();
        };
      });
    }
    if (this.failure !== undefined) throw this.failure;
  }
}
