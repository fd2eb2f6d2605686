/** Fetches the databases that wait for their download, one after another, from whichever member has
 *  a valid copy: the primary is asked first. It tries for as long as they wait.
 *  Source: DOC 4.8.4.1 ("nothing else to do"). Assumed: in the background, behind the creation. */

import type { MemberEntry } from "../../core/configuration.ts";
import { isFollower, isPrimaryPhase } from "../../core/phases.ts";
import type { MemberState } from "../../core/state.ts";
import { DownloadTarget } from "../../storage/download-target.ts";
import { DownloadFailure, type WaitingCopy } from "../../storage/download-types.ts";
import { Connection, dial } from "./connection.ts";
import { fromSource, type DownloadRequest } from "./download-messages.ts";
import type { TransferSurroundings } from "./download-transfers.ts";
import { DownloadTaker, type TakenFile } from "./download-taker.ts";
import { channelPreamble } from "./wire.ts";

/** What could not be had is asked for again after so long. */
const retryMs = 1000;

/** Assumed: only while this member knows a primary, or is it; without one nobody knows which copy
 *  will be the mirror's. */
function mayDownload({ phase }: MemberState): boolean {
  return isPrimaryPhase(phase) || (isFollower(phase) && phase.name !== "connecting");
}

/** Whom to ask, the primary first. */
function sourcesIn({ configuration, local, phase }: MemberState): readonly MemberEntry[] {
  const primary = isFollower(phase) ? phase.primary : undefined;
  const others = (configuration?.members ?? []).filter(({ name }) => name !== local?.name);
  const rank = ({ name, eligibility }: MemberEntry): number =>
    name === primary ? 0 : eligibility === "failover" ? 1 : 2;
  return [...others].sort((left, right) => rank(left) - rank(right));
}

/** The taking side of all downloads. */
export class Downloading {
  private readonly around: TransferSurroundings;
  private readonly told = new Map<string, string>();
  private running: Promise<void> | undefined;
  private isWanted = false;
  private isStopped = false;
  private wakeAtStop: () => void = () => undefined;
  private readonly stopping = new Promise<void>((resolve) => {
    this.wakeAtStop = resolve;
  });
  private taker: DownloadTaker | undefined;
  private cancelRetry: (() => void) | undefined;

  constructor(around: TransferSurroundings) {
    this.around = around;
    around.downloads.sources = {
      isThere: (entry) => this.isThere(entry),
      soon: () => this.soon(),
    };
  }

  /** True when a member that can be reached has a valid copy. */
  async isThere(copy: Pick<WaitingCopy, "database" | "databaseGuid">): Promise<boolean> {
    if (!mayDownload(this.around.state())) return false;
    for (const source of sourcesIn(this.around.state())) {
      if (await this.look(source, copy)) return true;
    }
    return false;
  }

  /** Fetches what waits, now. */
  soon(): void {
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    this.isWanted = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  /** After each step of the core: another primary, or one again. */
  stepped(before: MemberState, after: MemberState): void {
    if (!mayDownload(before) && mayDownload(after)) this.soon();
    if (mayDownload(before) && !mayDownload(after)) this.taker?.stop();
  }

  private async run(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      this.around.downloads.tidy();
      for (const copy of this.around.downloads.waiting()) await this.attempt(copy);
    }
    if (this.isStopped || this.around.downloads.waiting().length === 0) return;
    this.cancelRetry ??= this.around.clock.after(retryMs, () => this.soon());
  }

  /** Fetches a copy by its name, behind what is under way. @returns why not */
  async fetchNamed(name: string): Promise<string | undefined> {
    this.soon();
    await this.rested();
    const copy = this.around.downloads.waiting().find(({ database }) => database === name);
    return copy && (this.told.get(copy.directory) ?? "it is not there yet");
  }

  private async attempt(copy: WaitingCopy): Promise<void> {
    const why = await this.fetch(copy);
    if (why === undefined) this.told.delete(copy.directory);
    else if (why !== this.told.get(copy.directory) && !this.isStopped) {
      this.told.set(copy.directory, why);
      this.around.log(1, `Download of ${copy.database} waits: ${why}`);
    }
  }

  /** Fetches one copy now. @returns why not */
  private async fetch(copy: WaitingCopy): Promise<string | undefined> {
    const reasons: string[] = [];
    for (const source of sourcesIn(this.around.state())) {
      if (this.isStopped || !mayDownload(this.around.state())) break;
      try {
        await this.fetchFrom(source, copy);
        return undefined;
      } catch (error) {
        reasons.push(`${source.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return reasons.length === 0 ? "there is no primary to follow" : reasons.join("; ");
  }

  private async fetchFrom(source: MemberEntry, copy: WaitingCopy): Promise<void> {
    const { downloads, log } = this.around;
    const connection = await this.connect(source);
    const isWanted = (): boolean => downloads.isWanted(copy) && !this.isStopped;
    this.taker = new DownloadTaker(connection, {
      isWanted,
      begin: async ({ bytes, standing }) => {
        if (downloads.fits(standing) === "never") {
          throw new DownloadFailure("its copy does not fit the journal here");
        }
        const target = await DownloadTarget.begin(copy.directory, bytes);
        downloads.show(copy, true);
        log(0, `Downloading ${copy.database} from ${source.name}, ${bytes} bytes`);
        return target;
      },
    });
    try {
      const file = await this.taker.take(this.request("file", copy));
      await this.moveIn(copy, file);
      log(0, `Downloaded ${copy.database} from ${source.name}`);
    } finally {
      this.taker = undefined;
      downloads.show(copy, false);
    }
  }

  /** The file waits until the journal here goes as far. */
  private async moveIn(copy: WaitingCopy, { target, standing }: TakenFile): Promise<void> {
    const { downloads, until } = this.around;
    try {
      const isDecided = (state: MemberState): boolean =>
        !mayDownload(state) || downloads.fits(standing) !== "wait";
      await Promise.race([until(isDecided), this.stopping]);
      if (this.isStopped) throw new DownloadFailure("the mirror stops here");
      await downloads.moveIn(copy, target, standing);
    } finally {
      await target.discard();
    }
  }

  private request(
    wants: DownloadRequest["wants"],
    { database, databaseGuid }: Pick<WaitingCopy, "database" | "databaseGuid">,
  ): DownloadRequest {
    const { configuration, local } = this.around.state();
    const own = configuration?.members.find(({ name }) => name === local?.name);
    const mirrorGuid = configuration?.mirrorGuid ?? "";
    const who = { mirrorGuid, member: own?.name ?? "", memberGuid: own?.guid ?? "" };
    return { wants, ...who, database, databaseGuid };
  }

  private async connect({ mirrorAddress, superserverPort }: MemberEntry): Promise<Connection> {
    const { clock, times } = this.around;
    const target = { address: mirrorAddress, port: superserverPort };
    const socket = await dial(target, times().silenceMs, clock);
    return new Connection(socket, { clock, preamble: channelPreamble, ...times() });
  }

  private async look(
    source: MemberEntry,
    copy: Pick<WaitingCopy, "database" | "databaseGuid">,
  ): Promise<boolean> {
    const connection = await this.connect(source).catch(() => undefined);
    if (connection === undefined) return false;
    try {
      return await new Promise<boolean>((resolve, reject) => {
        connection.owner = {
          message: (value) => {
            try {
              resolve(fromSource(value, "message").kind === "there");
            } catch (error) {
              reject(error instanceof Error ? error : new Error(String(error)));
            }
          },
          journal: () => resolve(false),
          drained: () => undefined,
          lost: () => resolve(false),
        };
        connection.send({ kind: "download", ...this.request("look", copy) });
      });
    } finally {
      connection.close();
    }
  }

  /** Ends what is under way; nothing half stays. */
  stop(): void {
    this.isStopped = true;
    this.isWanted = false;
    this.cancelRetry?.();
    this.taker?.stop();
    this.wakeAtStop();
  }

  /** Resolves when it rests. */
  async rested(): Promise<void> {
    await this.running;
  }
}
