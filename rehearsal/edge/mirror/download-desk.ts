/** Gives databases to other members of the mirror, each over a connection of its own, so that no
 *  journal waits behind a file. */

import type { Connection } from "./connection.ts";
import { DownloadGiver } from "./download-giver.ts";
import { downloadRequest, type DownloadRequest, type FromSource } from "./download-messages.ts";
import type { TransferSurroundings } from "./download-transfers.ts";
import { ParseFault } from "./parse.ts";

/** The giving side of all downloads. */
export class DownloadDesk {
  private readonly around: TransferSurroundings;
  private readonly givers = new Map<DownloadGiver, Connection>();
  private readonly giving = new Set<Promise<void>>();

  constructor(around: TransferSurroundings) {
    this.around = around;
  }

  /** Answers whoever asked on a new connection. */
  serve(connection: Connection, value: unknown): void {
    let request: DownloadRequest;
    try {
      request = downloadRequest(value, "download");
    } catch (error) {
      if (!(error instanceof ParseFault)) throw error;
      connection.close();
      return;
    }
    connection.keep(this.around.times());
    const hasIt = this.around.downloads.source.has(request.database, request.databaseGuid);
    if (!this.isMember(request)) finish(connection, { kind: "refused", why: "notMember" });
    else if (!hasIt) finish(connection, { kind: "refused", why: "noCopy" });
    else if (request.wants === "look") finish(connection, { kind: "there" });
    else this.begin(connection, request);
  }

  private begin(connection: Connection, request: DownloadRequest): void {
    const work = this.give(connection, request).finally(() => this.giving.delete(work));
    this.giving.add(work);
  }

  private isMember({ mirrorGuid, member, memberGuid }: DownloadRequest): boolean {
    const { configuration } = this.around.state();
    const entry = configuration?.members.find(({ name }) => name === member);
    return configuration?.mirrorGuid === mirrorGuid && entry?.guid === memberGuid;
  }

  private async give(connection: Connection, request: DownloadRequest): Promise<void> {
    const { downloads, clock, log } = this.around;
    const { database, databaseGuid, member } = request;
    const held = await downloads.source.hold(database, databaseGuid);
    if (held === undefined) {
      finish(connection, { kind: "refused", why: "noCopy" });
      return;
    }
    const giver = new DownloadGiver(connection, held, clock);
    this.givers.set(giver, connection);
    log(0, `Sending ${database} to ${member}, ${held.bytes} bytes`);
    try {
      await giver.run();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      log(1, `Sending ${database} to ${member} ended: ${why}`);
    } finally {
      this.givers.delete(giver);
      held.release();
      connection.close();
    }
  }

  /** Ends all; resolves when no file is read any more. */
  async stop(): Promise<void> {
    for (const [giver, connection] of this.givers) {
      giver.stop();
      connection.destroy();
    }
    await Promise.all(this.giving);
  }
}

function finish(connection: Connection, answer: FromSource): void {
  connection.send(answer);
  connection.close();
}
