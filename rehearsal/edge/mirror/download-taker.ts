/** The taking end of a download: writes pieces as they come, confirms each, checks the whole. */

import { createHash } from "node:crypto";
import type { DownloadTarget } from "../../storage/download-target.ts";
import { DownloadFailure, type Standing } from "../../storage/download-types.ts";
import type { Connection } from "./connection.ts";
import {
  checksumKind,
  fromSource,
  type DownloadRequest,
  type FromSource,
} from "./download-messages.ts";

/** A file that arrived whole. */
export interface TakenFile {
  readonly target: DownloadTarget;
  readonly standing: Standing;
}

/** What is done with an offer. */
export interface TakerOptions {
  /** Opens the place for the file. @throws DownloadFailure to refuse the offer */
  begin(offer: { readonly bytes: number; readonly standing: Standing }): Promise<DownloadTarget>;
  /** False once nobody wants the rest. */
  isWanted(): boolean;
}

/** Takes one file over one connection. */
export class DownloadTaker {
  private readonly connection: Connection;
  private readonly options: TakerOptions;
  private readonly hash = createHash(checksumKind);
  private offer: Extract<FromSource, { kind: "offered" }> | undefined;
  private target: DownloadTarget | undefined;
  private arrived = 0;
  private written = 0;
  /** What arrived is written in its order. */
  private work: Promise<void> = Promise.resolve();
  private resolve: (file: TakenFile) => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;

  constructor(connection: Connection, options: TakerOptions) {
    this.connection = connection;
    this.options = options;
  }

  /** Asks, and resolves with the whole and checked file.
   *  @throws DownloadFailure, or an Error of the disk; then nothing of the file is left */
  async take(request: DownloadRequest): Promise<TakenFile> {
    const { connection } = this;
    try {
      return await new Promise<TakenFile>((resolve, reject) => {
        this.resolve = resolve;
        this.reject = reject;
        connection.owner = {
          message: (value) => this.next(() => this.heard(fromSource(value, "message"))),
          piece: (at, bytes) => this.next(() => this.write(at, bytes)),
          journal: () => this.reject(new DownloadFailure("journal came instead of the file")),
          drained: () => undefined,
          // Behind what came before it: the giving side closes when all was sent.
          lost: (why) => this.next(() => Promise.reject(new DownloadFailure(why))),
        };
        connection.send({ kind: "download", ...request });
      });
    } catch (error) {
      connection.destroy();
      await this.work;
      await this.target?.discard();
      throw error;
    } finally {
      connection.close();
    }
  }

  /** Ends it; nothing of the file is left. */
  stop(): void {
    this.next(() => Promise.reject(new DownloadFailure("the mirror stops here")));
  }

  private next(action: () => Promise<void>): void {
    this.work = this.work.then(action).catch((error: unknown) => {
      this.reject(error instanceof Error ? error : new Error(String(error)));
    });
  }

  private async heard(message: FromSource): Promise<void> {
    switch (message.kind) {
      case "refused":
      case "there":
        throw new DownloadFailure(message.kind === "there" ? "it sends nothing" : message.why);
      case "offered":
        if (this.offer !== undefined) throw new DownloadFailure("it was offered twice");
        this.offer = message;
        this.target = await this.options.begin(message);
        break;
      case "sent":
        await this.finish(message.checksum);
    }
  }

  private async write(at: number, bytes: Buffer): Promise<void> {
    const { offer, target } = this;
    if (offer === undefined || target === undefined)
      throw new DownloadFailure("nothing was offered");
    if (at !== this.arrived || at + bytes.length > offer.bytes) {
      throw new DownloadFailure(`piece at ${at} does not continue at ${this.arrived}`);
    }
    if (!this.options.isWanted()) throw new DownloadFailure("it is not wanted any more");
    this.arrived += bytes.length;
    this.hash.update(bytes);
    await target.write(bytes);
    this.written += bytes.length;
    this.connection.send({ kind: "taken", bytes: this.written });
  }

  private async finish(checksum: string): Promise<void> {
    const { offer, target } = this;
    if (offer === undefined || target === undefined)
      throw new DownloadFailure("nothing was offered");
    if (this.written !== offer.bytes || this.hash.digest("hex") !== checksum) {
      throw new DownloadFailure("the bytes that arrived are not those that were sent");
    }
    await target.finish();
    this.resolve({ target, standing: offer.standing });
  }
}
