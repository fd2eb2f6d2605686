/** The giving side of a download. The file of a copy is kept still as in a freeze: everything
 *  committed is in it, what is written later stays in the log beside it. So writers wait for one
 *  checkpoint, and nothing is stored twice. */

import type { Database } from "./database.ts";
import type { Databases } from "./databases.ts";
import { CopyChanged, type HeldCopy, type Standing } from "./download-types.ts";
import type { Mirroring } from "./mirroring.ts";
import type { Mutex } from "./mutex.ts";

/** What the giving side needs from the store. */
export interface SourceSurroundings {
  readonly mutex: Mutex;
  readonly databases: Databases;
  mirroring(): Mirroring;
  isFrozen(): boolean;
}

/** A file that is kept still for one or more members at once. */
interface Hold {
  readonly bytes: number;
  readonly standing: Standing;
  /** The file was written so often when it was taken hold of. */
  readonly rewrites: number;
  readers: number;
}

/** Copies of this member that others may take over. */
export class DownloadSource {
  private readonly around: SourceSurroundings;
  private readonly holds = new Map<Database, Hold>();

  constructor(around: SourceSurroundings) {
    this.around = around;
  }

  /** True while a file is being sent: it must stay as it is. */
  get isHolding(): boolean {
    return this.holds.size > 0;
  }

  /** True when the copy here is valid for others.
   *  Source: DOC 4.8.4.1 (activated, FailoverDB). Assumed: it must also be caught up, so that it
   *  goes on with the journal; on the primary that it takes writes. */
  has(name: string, databaseGuid: string): boolean {
    return this.find(name, databaseGuid) !== undefined;
  }

  private find(name: string, databaseGuid: string): Database | undefined {
    const { copies, access } = this.around.mirroring();
    const database = copies.byName(name);
    const identity = database?.label.mirror;
    if (database === undefined || identity?.databaseGuid !== databaseGuid) return undefined;
    const isFit = identity.failoverDatabase && copies.isValid(database);
    if (!isFit || !copies.isFollowing(database)) return undefined;
    return access.kind !== "primary" || copies.current.has(database) ? database : undefined;
  }

  /** Takes hold of the file of a valid copy; writers wait for one checkpoint.
   *  @returns undefined when there is none, or its file cannot be kept still now */
  async hold(name: string, databaseGuid: string): Promise<HeldCopy | undefined> {
    return this.around.mutex.run(() => {
      const take = (): HeldCopy | undefined => {
        // Asked here: it may have ceased to be valid while this waited.
        const database = this.find(name, databaseGuid);
        return database === undefined ? undefined : this.take(database);
      };
      const { access, stream } = this.around.mirroring();
      return access.kind === "primary" ? stream.cycle.exclusive(take) : take();
    });
  }

  private take(database: Database): HeldCopy | undefined {
    const known = this.holds.get(database);
    const hold = known?.rewrites === database.rewrites ? known : this.begin(database);
    if (hold === undefined) return undefined;
    hold.readers += 1;
    let isReleased = false;
    return {
      standing: hold.standing,
      bytes: hold.bytes,
      read: (offset, length) => this.read(database, hold, { offset, length }),
      release: () => {
        if (!isReleased) this.release(database, hold);
        isReleased = true;
      },
    };
  }

  private begin(database: Database): Hold | undefined {
    // Whoever froze the files copies them himself, and may have to begin again if they change.
    if (this.around.isFrozen()) return undefined;
    database.commit();
    const standing = this.standingOf(database);
    if (standing === undefined) return undefined;
    database.freeze();
    const { rewrites, fileBytes: bytes } = database;
    const hold = { bytes, standing, rewrites, readers: 0 };
    this.holds.set(database, hold);
    return hold;
  }

  private standingOf(database: Database): Standing | undefined {
    const mark = database.committedMark("mirrored");
    const { journal } = this.around.mirroring();
    const header = journal?.headers().find(({ file }) => file === mark?.position.file);
    if (mark === undefined || header === undefined) return undefined;
    return { mark, lineage: header.lineage };
  }

  private async read(
    database: Database,
    hold: Hold,
    { offset, length }: { offset: number; length: number },
  ): Promise<Buffer> {
    const wanted = Math.min(length, hold.bytes - offset);
    const isSame = (): boolean => database.rewrites === hold.rewrites;
    const bytes = isSame() ? await database.readFile(offset, wanted) : undefined;
    // Asked behind the read too: what was read while the file changed is worth nothing.
    if (!isSame() || bytes?.length !== wanted) {
      throw new CopyChanged(`the file in ${database.directory} had to change`);
    }
    return bytes;
  }

  private release(database: Database, hold: Hold): void {
    hold.readers -= 1;
    if (hold.readers > 0 || this.holds.get(database) !== hold) return;
    this.holds.delete(database);
    const isMounted = this.around.databases.find(database.directory)?.database === database;
    if (isMounted && !this.around.isFrozen()) database.thaw();
  }
}
