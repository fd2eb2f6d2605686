/** Downloads of one member, given and taken, put together. */

import type { MemberState } from "../../core/state.ts";
import type { Clock } from "../../storage/clock.ts";
import type { DatabaseDownloads } from "../../storage/downloads.ts";
import { DownloadDesk } from "./download-desk.ts";
import { Downloading } from "./downloading.ts";
import type { MirrorRuntimeOptions } from "./options.ts";

/** The member around its downloads. */
interface TransferMember {
  readonly clock: Clock;
  readonly state: MemberState;
  /** Silence and heartbeat of a connection. */
  readonly channels: { times(): { silenceMs: number; heartbeatMs: number } };
  /** Resolves with the first state for which this holds. */
  until(holds: (state: MemberState) => boolean): Promise<MemberState>;
}

/** What both sides need. */
export interface TransferSurroundings {
  readonly clock: Clock;
  readonly downloads: DatabaseDownloads;
  readonly state: () => MemberState;
  readonly until: TransferMember["until"];
  readonly times: () => { silenceMs: number; heartbeatMs: number };
  readonly log: (severity: 0 | 1, text: string) => void;
}

/** Both sides. */
export class DownloadTransfers {
  readonly desk: DownloadDesk;
  readonly taking: Downloading;

  constructor(
    downloads: DatabaseDownloads,
    member: TransferMember,
    log: MirrorRuntimeOptions["log"],
  ) {
    const around: TransferSurroundings = {
      clock: member.clock,
      downloads,
      state: () => member.state,
      until: (holds) => member.until(holds),
      times: () => member.channels.times(),
      log: (severity, text) => log(severity, "Utility.Event", text),
    };
    this.desk = new DownloadDesk(around);
    this.taking = new Downloading(around);
  }

  /** Ends all; nothing half stays. */
  async stop(): Promise<void> {
    this.taking.stop();
    await this.desk.stop();
    await this.taking.rested();
  }
}
