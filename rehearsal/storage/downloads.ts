/** The taking side of downloads: which copies wait, when a file fits, and how it gets its place.
 *  Source: DOC 4.8.4.1 and release notes 2025.1 (created as mirrored, the copy of another member is
 *  downloaded and journals are applied; nothing else to do). */

import type { Databases } from "./databases.ts";
import { DownloadSource } from "./download-source.ts";
import { removeUnfinished, type DownloadTarget } from "./download-target.ts";
import {
  DownloadFailure,
  type DownloadSources,
  type Standing,
  type WaitingCopy,
} from "./download-types.ts";
import type { Label } from "./label.ts";
import type { MirroredDatabases } from "./mirrored-databases.ts";
import type { Mirroring } from "./mirroring.ts";
import type { Mutex } from "./mutex.ts";
import { comparePositions, isBefore } from "./position.ts";

/** What downloads need from the store. */
export interface DownloadSurroundings {
  readonly mutex: Mutex;
  readonly databases: Databases;
  mirroring(): Mirroring;
  mirroredDatabases(): MirroredDatabases;
  isFrozen(): boolean;
  /** GUID of this instance. */
  owner(): string;
}

/** Whether this member's journal goes on where a file ends. `never`: not this file. */
export type Fit = "ready" | "wait" | "never";

/** Downloads of this instance, given and taken. */
export class DatabaseDownloads {
  readonly source: DownloadSource;
  /** Other members; `undefined` where the release downloads nothing. */
  sources: DownloadSources | undefined;
  private readonly around: DownloadSurroundings;

  constructor(around: DownloadSurroundings) {
    this.around = around;
    this.source = new DownloadSource(around);
  }

  private get mirroring(): Mirroring {
    return this.around.mirroring();
  }

  /** Copies of this mirror that wait, by name. */
  waiting(): readonly WaitingCopy[] {
    const { copies } = this.mirroring;
    return copies
      .mounted()
      .filter((copy) => copy.label.mirror?.needsDownload === true && copies.isValid(copy))
      .map(({ label, directory }) => ({
        database: label.mirror?.database ?? "",
        databaseGuid: label.mirror?.databaseGuid ?? "",
        directory,
      }))
      .sort((left, right) => (left.database < right.database ? -1 : 1));
  }

  /** False once somebody removed or dismounted it, or put a file there by hand. */
  isWanted(copy: WaitingCopy): boolean {
    return this.waiting().some(
      ({ directory, databaseGuid }) =>
        directory === copy.directory && databaseGuid === copy.databaseGuid,
    );
  }

  /** Shows whether a download is under way. */
  show(copy: WaitingCopy, isDownloading: boolean): void {
    const { downloading } = this.mirroring.copies;
    if (isDownloading) downloading.add(copy.directory);
    else downloading.delete(copy.directory);
  }

  /** Whether a file that stands there may become this member's. Never one that is ahead of its
   *  journal: if this member had to become primary, it would hold what the mirror may not have. */
  fits({ mark, lineage }: Standing): Fit {
    const { journal } = this.mirroring;
    if (journal === undefined) return "never";
    const header = journal.headers().find(({ file }) => file === mark.position.file);
    if (header !== undefined && header.lineage !== lineage) return "never";
    if (isBefore(journal.durable, mark.position)) return "wait";
    const isHere = header !== undefined && journal.contains(mark.position);
    // What was open at that place must be readable, or nobody could undo it.
    return isHere && journal.reaches(mark.transactionsFrom) ? "ready" : "never";
  }

  /** Puts a whole, checked file in the place of the copy that waits for it, and catches it up. From
   *  the moment it is there it follows, also after a kill.
   *  @throws DownloadFailure when it does not fit (any more), StatusError of mounting */
  async moveIn(copy: WaitingCopy, target: DownloadTarget, standing: Standing): Promise<void> {
    const { databases, mutex } = this.around;
    const { directory } = copy;
    target.relabel((label) => this.labelFor(copy, label, standing));
    await mutex.run(async () => {
      if (!this.isWanted(copy)) throw new DownloadFailure("it is not wanted any more");
      if (this.fits(standing) !== "ready")
        throw new DownloadFailure("the mirror's history left it");
      await databases.dismount(directory);
      try {
        target.moveIn();
      } finally {
        await databases.mount(directory);
      }
    });
    const [failure] = await this.around.mirroredDatabases().catchUp([directory]);
    if (failure !== undefined) throw failure.error;
  }

  private labelFor(copy: WaitingCopy, label: Label, { mark }: Standing): Partial<Label> {
    const { mirror, mirrored } = label;
    const placeholder = this.around.databases.require(copy.directory).label.mirror;
    const isIt =
      mirror?.databaseGuid === copy.databaseGuid &&
      mirrored !== undefined &&
      comparePositions(mirrored.position, mark.position) === 0 &&
      comparePositions(mirrored.transactionsFrom, mark.transactionsFrom) === 0;
    if (!isIt || placeholder === undefined) {
      throw new DownloadFailure("the file is not the one that was offered");
    }
    return {
      owner: this.around.owner(),
      own: undefined,
      mirror: { ...placeholder, needsDownload: undefined, activated: true, caughtUp: true },
    };
  }

  /** Removes what a download left that was interrupted and is not wanted any more. */
  tidy(): void {
    for (const { directory, label } of this.around.databases.mounted()) {
      if (label.mirror !== undefined) removeUnfinished(directory);
    }
  }
}
