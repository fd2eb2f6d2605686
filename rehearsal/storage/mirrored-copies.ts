/** The mirrored databases of this instance: which there are, and in what state. */

import { findEntry } from "./catalogue.ts";
import { copyStatus, type CopyStatus } from "./copy-status.ts";
import type { Database } from "./database.ts";
import type { Databases } from "./databases.ts";
import type { JournalFiles } from "./journal-files.ts";
import type { Mark, MirrorIdentity } from "./label.ts";
import { comparePositions, earlierOf } from "./position.ts";
import type { CatalogueEntry, JournalPosition } from "./types.ts";

/** A row of the list of mirrored databases. */
export interface CopyRow {
  /** Mirror database name. */
  readonly name: string;
  readonly directory: string;
  readonly mirror: string;
  readonly status: CopyStatus;
  /** Up to where the copy goes; `undefined` while it is dismounted. */
  readonly position: JournalPosition | undefined;
  readonly isMounted: boolean;
}

/** A copy that was mounted once, as it was left. */
interface Left {
  readonly identity: MirrorIdentity;
  readonly mark: Mark | undefined;
}

/** What the copies need to know of the mirror. */
export interface CopySurroundings {
  readonly databases: Databases;
  journal(): JournalFiles | undefined;
  isPrimary(): boolean;
}

/** Mirrored databases and what is known of them beyond their labels. */
export class MirroredCopies {
  /** Primary only: copies that hold everything and may be written to. */
  readonly current = new Set<Database>();
  readonly catchingUp = new Set<Database>();
  /** True while this member is inconsistent with the mirror, by the word of who leads it. */
  isHalted = false;
  /** Copies left out because the journals they need are gone, or a person paused them. */
  readonly stopped = new Map<Database, string>();
  /** Directories whose download is under way. */
  readonly downloading = new Set<string>();
  /** Labels of copies that were mounted once and are dismounted now. */
  private readonly dismounted = new Map<string, Left>();
  private readonly around: CopySurroundings;

  constructor(around: CopySurroundings) {
    this.around = around;
  }

  /** Mounted copies of databases of this mirror. */
  mounted(): Database[] {
    return [...this.around.databases.mounted()].filter(({ label }) => this.isOurs(label.mirror));
  }

  private isOurs(identity: MirrorIdentity | undefined): boolean {
    const guid = this.around.journal()?.mirrorGuid;
    return identity !== undefined && guid !== undefined && identity.mirrorGuid === guid;
  }

  /** The mounted copy of a database, by its name in the mirror. */
  byName(name: string): Database | undefined {
    return this.mounted().find(({ label }) => label.mirror?.database === name);
  }

  entryOf(identity: MirrorIdentity): CatalogueEntry | undefined {
    return findEntry(this.around.journal()?.catalogue ?? [], identity.database);
  }

  /** True when the copy is of the database the mirror means by its name. */
  isValid(database: Database): boolean {
    return this.isMeant(database.label.mirror);
  }

  private isMeant(identity: MirrorIdentity | undefined): boolean {
    if (identity === undefined || !this.isOurs(identity)) return false;
    return this.entryOf(identity)?.databaseGuid === identity.databaseGuid;
  }

  /** Activated, caught up, not stopped: dejournaling goes on by itself, up to the record that takes
   *  the database out of the mirror. */
  isFollowing(database: Database): boolean {
    const identity = database.label.mirror;
    if (!identity?.activated || !identity.caughtUp) return false;
    return this.isOurs(identity) && !this.isHalted && !this.stopped.has(database);
  }

  /** Copies dejournaling brings forward now. */
  targets(): Database[] {
    return this.mounted().filter(
      (database) =>
        (this.isFollowing(database) || this.catchingUp.has(database)) &&
        !this.current.has(database),
    );
  }

  /** Copies that hold everything up to a position, and nothing beyond it. */
  complete(position: JournalPosition): Database[] {
    return this.mounted().filter((database) => {
      const mark = database.label.mirrored;
      if (mark === undefined || comparePositions(mark.position, position) !== 0) return false;
      return this.isFollowing(database) && this.isValid(database);
    });
  }

  /** Copies in use that hold more. A file that was copied here and is not caught up yet may come
   *  from a member that is ahead, and is not meant. */
  beyond(position: JournalPosition): string[] {
    return this.mounted().flatMap(({ label: { mirror, mirrored } }) =>
      mirror?.activated === true &&
      mirror.caughtUp &&
      mirrored !== undefined &&
      comparePositions(mirrored.position, position) > 0
        ? [mirror.database]
        : [],
    );
  }

  /** Lowest position of the copies here. */
  lowest(): JournalPosition | undefined {
    let lowest: JournalPosition | undefined;
    for (const database of this.mounted()) {
      const mark = database.label.mirrored;
      if (mark === undefined || !this.isValid(database)) continue;
      lowest = lowest === undefined ? mark.position : earlierOf(lowest, mark.position);
    }
    return lowest;
  }

  /** Where the journal begins that the copies here still need, dismounted ones too; `undefined`
   *  where there are none. A transaction that is open must be readable from its begin. What lies
   *  before the oldest file helps nobody any more. */
  needed(): JournalPosition | undefined {
    const mounted = this.mounted().map((copy) => ({
      identity: copy.label.mirror,
      mark: copy.committedMark("mirrored"),
    }));
    let needed: JournalPosition | undefined;
    for (const { identity, mark } of [...mounted, ...this.dismounted.values()]) {
      if (mark === undefined || !this.isMeant(identity)) continue;
      if (this.around.journal()?.reaches(mark.position) !== true) continue;
      const from = earlierOf(mark.position, mark.transactionsFrom);
      needed = needed === undefined ? from : earlierOf(needed, from);
    }
    return needed;
  }

  /** A copy is about to be closed. */
  leave(database: Database): void {
    this.current.delete(database);
    this.catchingUp.delete(database);
    this.stopped.delete(database);
    const { mirror, mirrored } = database.label;
    if (mirror === undefined) return;
    this.dismounted.set(database.directory, { identity: mirror, mark: mirrored });
  }

  /** A copy was opened. */
  enter(database: Database): void {
    this.dismounted.delete(database.directory);
  }

  /** All mirrored databases of this instance, of other mirrors too. */
  rows(): readonly CopyRow[] {
    const mounted = [...this.around.databases.mounted()].flatMap((database) =>
      database.label.mirror === undefined ? [] : [this.row(database, database.label.mirror)],
    );
    const closed = [...this.dismounted].map(([directory, { identity }]) => ({
      ...this.head(identity, directory),
      status: this.statusOf(identity, { directory }),
      position: undefined,
      isMounted: false,
    }));
    return [...mounted, ...closed].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  private row(database: Database, identity: MirrorIdentity): CopyRow {
    return {
      ...this.head(identity, database.directory),
      status: this.statusOf(identity, { directory: database.directory, database }),
      position: database.label.mirrored?.position,
      isMounted: true,
    };
  }

  private head(
    identity: MirrorIdentity,
    directory: string,
  ): { name: string; directory: string; mirror: string } {
    return { name: identity.database, directory, mirror: identity.mirror };
  }

  private statusOf(
    identity: MirrorIdentity,
    { directory, database }: { directory: string; database?: Database },
  ): CopyStatus {
    const entry = this.isOurs(identity) ? this.entryOf(identity) : undefined;
    const isOfOtherMirror = this.around.journal() !== undefined && !this.isOurs(identity);
    return copyStatus({
      isPrimary: this.around.isPrimary(),
      isMounted: database !== undefined,
      isInCatalogue: entry !== undefined,
      hasRightGuid:
        !isOfOtherMirror && (entry === undefined || entry.databaseGuid === identity.databaseGuid),
      needsDownload: identity.needsDownload === true,
      isDownloading: this.downloading.has(directory),
      isActivated: identity.activated,
      isCaughtUp: identity.caughtUp,
      isCatchupRunning: database !== undefined && this.catchingUp.has(database),
      isStopped: this.isHalted || (database !== undefined && this.stopped.has(database)),
      isCurrent: database !== undefined && this.current.has(database),
    });
  }

  /** Databases of the mirror that are not configured here.
   *  Source: class reference SYS.Mirror, MissingMirroredDatabases. */
  missing(): readonly CatalogueEntry[] {
    const here = new Set(this.rows().map(({ name }) => name.toUpperCase()));
    const catalogue = this.around.journal()?.catalogue ?? [];
    return catalogue.filter(({ database }) => !here.has(database.toUpperCase()));
  }
}
