/** The data channels of a member: to its primary, or from its members. Carries control messages to
 *  and from the core, and journal bytes past it. */

import type { MemberEntry } from "../../core/configuration.ts";
import { backupPeer, sentUntil } from "../../core/acknowledgement.ts";
import { isBound } from "../../core/state.ts";
import type { ChannelMessage } from "../../core/messages.ts";
import { isFollower } from "../../core/phases.ts";
import { reaches, type JournalPosition } from "../../core/position.ts";
import { followerSilenceMs, heartbeatMs, qosTimeoutMs, silenceMs } from "../../core/timing.ts";
import type { Clock } from "../../storage/clock.ts";
import type { MirrorJournal } from "../../storage/types.ts";
import { Connection, dial } from "./connection.ts";
import type { Driver } from "./driver.ts";
import { historyOf } from "./journal-history.ts";
import { JournalSender } from "./journal-sender.ts";
import { JournalTaker } from "./journal-taker.ts";
import { channelMessage } from "./message-parsers.ts";
import { ParseFault } from "./parse.ts";
import type { Hello } from "./superserver.ts";
import { channelPreamble } from "./wire.ts";

/** What the channels need. */
export interface ChannelSurroundings {
  readonly clock: Clock;
  readonly driver: () => Driver;
  readonly journal: () => MirrorJournal | undefined;
  /** Received journal is on disk: bring the databases forward. */
  readonly dejournal: () => void;
  readonly fault: (text: string) => void;
}

/** All channels of one member, by the names the core uses. */
export class Channels {
  private readonly around: ChannelSurroundings;
  private readonly open = new Map<string, Connection>();
  private readonly senders = new Map<string, JournalSender>();
  private readonly taker: JournalTaker;
  private lastIncoming = 0;

  constructor(around: ChannelSurroundings) {
    this.around = around;
    this.taker = new JournalTaker({
      journal: around.journal,
      stored: (end) => {
        around.driver().happen({ type: "stored", end });
        around.dejournal();
      },
      fault: around.fault,
    });
  }

  private get qos(): number {
    return this.around.driver().state.configuration?.qosTimeoutMs ?? qosTimeoutMs.usual;
  }

  /** Silence and heartbeat of a connection this member listens on. */
  times(): { silenceMs: number; heartbeatMs: number } {
    return { silenceMs: silenceMs(this.qos), heartbeatMs: heartbeatMs(this.qos) };
  }

  /** A member connected and said hello. */
  accept(connection: Connection, hello: Hello): void {
    this.lastIncoming += 1;
    const link = `from-${hello.member}-${this.lastIncoming}`;
    this.adopt(link, connection);
    // Bound by an epoch, the primary must have noticed a loss before the backup acts on it.
    const wantsEcho = (): boolean =>
      isBound(this.around.driver().state.control) && this.isPartner(link);
    connection.keep({ ...this.times(), wantsEcho });
    const journal = this.around.journal();
    const own = historyOf(journal ?? { headers: () => [], durable: { file: 0, offset: 0 } });
    this.around.driver().happen({ type: "memberCame", link, hello, own });
  }

  /** Opens the channel to a primary. */
  dial(link: string, entry: MemberEntry | undefined): void {
    const { clock } = this.around;
    const times = { ...this.times(), silenceMs: followerSilenceMs(this.qos) };
    const failed = (): void => this.around.driver().happen({ type: "linkLost", link });
    if (entry === undefined) {
      failed();
      return;
    }
    const target = { address: entry.mirrorAddress, port: entry.superserverPort };
    dial(target, times.silenceMs, clock).then((socket) => {
      this.adopt(link, new Connection(socket, { clock, preamble: channelPreamble, ...times }));
      void this.opened(link);
    }, failed);
  }

  private async opened(link: string): Promise<void> {
    const journal = this.around.journal();
    await journal?.flush();
    if (journal === undefined) this.lose(link, "there is no journal");
    else this.around.driver().happen({ type: "linkOpened", link, own: historyOf(journal) });
  }

  private adopt(link: string, connection: Connection): void {
    this.open.set(link, connection);
    connection.owner = {
      message: (value) => this.take(link, value),
      journal: (at, bytes) => this.takeJournal(link, at, bytes),
      drained: () => this.senders.get(link)?.pump(),
      lost: () => this.gone(link),
    };
  }

  private gone(link: string): void {
    this.forget(link);
    this.around.driver().happen({ type: "linkLost", link });
  }

  private forget(link: string): void {
    this.senders.get(link)?.stop();
    this.senders.delete(link);
    this.open.delete(link);
  }

  private take(link: string, value: unknown): void {
    let message: ChannelMessage;
    try {
      message = channelMessage(value, "message");
    } catch (error) {
      if (!(error instanceof ParseFault)) throw error;
      this.lose(link, error.message);
      return;
    }
    if (message.kind === "hello") return;
    if (message.kind === "acknowledged") this.senders.get(link)?.acknowledged(message.position);
    const end = this.around.journal()?.durable ?? { file: 0, offset: 0 };
    this.around.driver().happen({ type: "received", link, message, end });
  }

  /** Journal counts only on the channel the core follows now. */
  private takeJournal(link: string, at: JournalPosition, bytes: Buffer): void {
    const { phase } = this.around.driver().state;
    const connection = this.open.get(link);
    if (!isFollower(phase) || phase.link !== link || connection === undefined) return;
    try {
      this.taker.take(connection, at, bytes);
    } catch (error) {
      this.lose(link, error instanceof Error ? error.message : String(error));
    }
  }

  /** This side gives up. Its primary must have noticed before an active backup acts on it. */
  private lose(link: string, why: string): void {
    const { clock, driver, fault } = this.around;
    fault(`Data channel ${link}: ${why}`);
    this.open.get(link)?.destroy();
    const { phase, control } = driver().state;
    const mayActOnIt = isFollower(phase) && phase.link === link && control.kind === "arbiter";
    if (mayActOnIt) clock.after(followerSilenceMs(this.qos), () => this.gone(link));
    else this.gone(link);
  }

  send(link: string, message: ChannelMessage): void {
    this.open.get(link)?.send(message);
  }

  close(link: string): void {
    this.open.get(link)?.close();
    this.forget(link);
  }

  /** Sends journal from there on, as it becomes durable. */
  stream(link: string, from: JournalPosition): void {
    const connection = this.open.get(link);
    const journal = this.around.journal();
    if (connection === undefined || journal === undefined) return;
    const sender = new JournalSender({
      clock: this.around.clock,
      connection,
      journal,
      from: reaches(from, journal.oldest) ? from : journal.oldest,
      limit: () => sentUntil(this.around.driver().state, link),
      mayGather: () => !this.isPartner(link),
      patienceMs: Math.max(this.qos, silenceMs(this.qos)),
      tooLate: () => this.lose(link, "journal was not acknowledged in time"),
      fault: (why) => this.lose(link, why),
    });
    this.senders.set(link, sender);
    sender.pump();
  }

  private isPartner(link: string): boolean {
    return backupPeer(this.around.driver().state)?.link === link;
  }

  /** More journal is durable, or more of it is safe. */
  pump(): void {
    for (const sender of this.senders.values()) sender.pumpSoon();
  }

  /** No more will come: sends the last of it. */
  pumpNow(): void {
    for (const sender of this.senders.values()) sender.pump();
  }

  /** Resolves when nothing received is on its way to the disk. */
  settled(): Promise<void> {
    return this.taker.settled();
  }

  /** Ends all, as when the process ends. */
  closeAll(): void {
    for (const link of [...this.open.keys()]) this.close(link);
  }

  /** Ends all as a crash would: for tests. */
  destroyAll(): void {
    for (const [link, connection] of [...this.open]) {
      connection.destroy();
      this.forget(link);
    }
  }
}
