/** The store of an instance: its configuration, databases, journals and locks, and what each
 *  process sees of them. */

import { existsSync, mkdirSync, rmSync } from "node:fs";
import { systemClock, type Clock } from "./clock.ts";
import { directoryName, type Configuration } from "./configuration.ts";
import { prepareDataDirectory } from "./data-directory.ts";
import { databaseFileName } from "./database-file.ts";
import { Database } from "./database.ts";
import type { DatabaseProperties } from "./database-properties.ts";
import type { Databases } from "./databases.ts";
import type { DatabaseDownloads } from "./downloads.ts";
import type { LockTable } from "./locks.ts";
import type { Log } from "./log.ts";
import type { MirroredDatabases } from "./mirrored-databases.ts";
import type { Mirroring } from "./mirroring.ts";
import { unmetRequirements } from "./mount-required.ts";
import { recoverOwn } from "./own-recovery.ts";
import { earlierOf } from "./position.ts";
import { ProcessStore, type StoreProcess } from "./process-store.ts";
import { StatusError } from "./status-error.ts";
import { StoreParts } from "./store-parts.ts";

/** How an instance's store is opened. */
export interface StoreOptions {
  /** Durable directory; made when it is empty. */
  readonly dataDirectory: string;
  /** Version profile, such as `2022.1`. */
  readonly release: string;
  /** `2022.1.0.209.0`. */
  readonly build: string;
  readonly log: Log;
  /** A new globally unique identifier, upper case. */
  readonly newGuid: () => string;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** Everything stored of one instance. One process of the operating system has it open at a time. */
export class InstanceStore {
  private readonly parts: StoreParts;

  private constructor(parts: StoreParts) {
    this.parts = parts;
  }

  /** Opens the store of an instance; the first time its directory is made. Databases that are not
   *  mirrored are recovered; mirrored ones wait for what mirroring decides.
   *  @throws StatusError when the directory cannot be used, or another process uses it */
  static async open(options: StoreOptions): Promise<InstanceStore> {
    const dataDirectory = directoryName(options.dataDirectory);
    const { log, newGuid, clock = systemClock } = options;
    prepareDataDirectory({ ...options, dataDirectory });
    const store = new InstanceStore(new StoreParts({ dataDirectory, log, newGuid, clock }));
    try {
      await store.start();
    } catch (error) {
      for (const database of store.databases.mounted()) database.close();
      throw error;
    }
    return store;
  }

  get configuration(): Configuration {
    return this.parts.configuration;
  }

  /** The table of mounted databases. */
  get databases(): Databases {
    return this.parts.databases;
  }

  /** What mirroring drives. */
  get mirror(): Mirroring {
    return this.parts.mirror;
  }

  /** Operations on mirrored databases. */
  get mirroredDatabases(): MirroredDatabases {
    return this.parts.mirroredDatabases;
  }

  /** Downloads of mirrored databases. */
  get downloads(): DatabaseDownloads {
    return this.parts.downloads;
  }

  get locks(): LockTable {
    return this.parts.locks;
  }

  /** GUID of the instance. */
  get guid(): string {
    return this.parts.identity;
  }

  /** `mgr/` with closing slash. */
  get managerDirectory(): string {
    return this.parts.managerDirectory;
  }

  private async start(): Promise<void> {
    const { parts, databases } = this;
    const system = await databases.mount(parts.managerDirectory);
    parts.identity = system.label.guid;
    const journal = parts.openOwnJournal();
    parts.own.journal = journal;
    this.makeTemporary();
    for (const { directory, server, mountRequired } of this.configuration.databases()) {
      if (server === "") await this.mountAtStart(directory, mountRequired);
    }
    const mounted = [...databases.mounted()];
    const recovered = await recoverOwn(mounted, journal, parts.own.transactions);
    parts.own.settled = journal.durable;
    parts.isStarted = true;
    if (recovered.records + recovered.transactions === 0) return;
    parts.options.log(
      0,
      "Utility.Event",
      `Journal restore: ${recovered.records} records applied, ` +
        `${recovered.transactions} open transactions rolled back`,
    );
  }

  /** IRISTEMP begins empty at every start. Source: GGBL (IRISTEMP). */
  private makeTemporary(): void {
    const directory = this.parts.temporary;
    mkdirSync(directory, { recursive: true });
    for (const suffix of ["", "-wal", "-shm"]) {
      rmSync(`${directory}${databaseFileName}${suffix}`, { force: true });
    }
    Database.create(directory, this.databases.newLabel({ GlobalJournalState: "2" }));
  }

  /** A required database that cannot be mounted ends the start.
   *  Assumed: not that of a mirror member. It starts, and does not become primary: what the mirror
   *  sends is not lost on it, and a person can mount the database in a running instance. */
  private async mountAtStart(directory: string, isRequired: boolean): Promise<void> {
    if (!existsSync(`${directory}${databaseFileName}`) && !isRequired) return;
    const isMember = this.configuration.entries("Mirrors").length > 0;
    try {
      await this.databases.mount(directory);
    } catch (error) {
      if ((isRequired && !isMember) || !(error instanceof StatusError)) throw error;
      this.parts.options.log(2, "Utility.Event", error.message);
    }
  }

  /** What keeps this instance from becoming the primary of its mirror, each with a remedy. */
  unmetRequirements(): readonly string[] {
    const { configuration, databases, mirror } = this;
    const { copies, journal } = mirror;
    return unmetRequirements({ configuration, databases, copies, durable: journal?.durable });
  }

  /** What one process sees. */
  process(process: StoreProcess): ProcessStore {
    return new ProcessStore(this.parts, process);
  }

  /** Creates an ordinary database in an existing directory and mounts it.
   *  @throws StatusError 73, 20 */
  async createDatabase(directory: string, properties?: DatabaseProperties): Promise<void> {
    const label = this.databases.newLabel(properties);
    await this.parts.mutex.run(() => this.databases.create(directory, label));
  }

  /** Mounts a database; a copy of a mirrored one that was caught up before is caught up again.
   *  @throws StatusError 350, 314 */
  async mount(directory: string): Promise<void> {
    const database = await this.parts.mutex.run(() => this.databases.mount(directory));
    if (database.label.mirror?.needsDownload === true) this.downloads.sources?.soon();
    if (this.mirror.journal === undefined || !this.mirror.copies.isFollowing(database)) return;
    const [failure] = await this.mirroredDatabases.catchUp([database.directory]);
    if (failure !== undefined) this.parts.options.log(2, "Utility.Event", failure.error.message);
  }

  /** Dismounts a database: afterwards its directory holds one complete file. */
  async dismount(directory: string): Promise<void> {
    await this.parts.mutex.run(() => this.databases.dismount(directory));
  }

  /** Dismounts a database and removes its file. @throws StatusError 318 for a mirrored one */
  async deleteDatabase(directory: string): Promise<void> {
    await this.parts.mutex.run(() => this.databases.remove(directory));
  }

  /** Changes properties that are kept inside the file. @throws StatusError 371 */
  async changeProperties(directory: string, changes: DatabaseProperties): Promise<void> {
    await this.parts.mutex.run(() =>
      this.parts.whileWritersWait(() => {
        const database = this.databases.require(directory);
        database.relabel({ properties: { ...database.label.properties, ...changes } });
        database.commit();
      }),
    );
  }

  /** From the end of this call until `thaw` the files of all databases stay as they are and may be
   *  copied; writing goes on, into the logs beside them.
   *  @param switchesJournal what is written from now on stands in new journal files: the own one,
   *    and on the primary the mirror's */
  async freeze(switchesJournal = false): Promise<void> {
    await this.parts.mutex.run(() =>
      this.parts.whileWritersWait(() => {
        // Files are made, which fails on a full disk: nothing is frozen then.
        if (switchesJournal) this.switchJournals();
        this.parts.isFrozen = true;
        for (const database of this.databases.mounted()) {
          database.commit();
          database.freeze();
        }
      }),
    );
  }

  private switchJournals(): void {
    const { own, mirror } = this.parts;
    const streams = mirror.access.kind === "primary" ? [own, mirror.stream] : [own];
    for (const stream of streams) {
      stream.journal?.switchFile();
      stream.cycle.touched();
    }
  }

  /** Lets the files change again. */
  async thaw(): Promise<void> {
    await this.parts.mutex.run(() => {
      if (!this.parts.isFrozen) return;
      this.parts.isFrozen = false;
      for (const database of this.databases.mounted()) database.thaw();
    });
  }

  get isFrozen(): boolean {
    return this.parts.isFrozen;
  }

  /** Removes files of the own journal that no database needs to recover; none during a freeze.
   *  @returns paths of the removed files */
  async purgeJournal(): Promise<string[]> {
    const { own, mutex } = this.parts;
    return mutex.run(() =>
      own.cycle.exclusive(() => {
        let limit = own.journal?.durable;
        if (own.journal === undefined || limit === undefined || this.isFrozen) return [];
        for (const database of this.databases.mounted()) {
          if (database.label.own === undefined) continue;
          database.commit();
          database.checkpoint();
          const kept = database.committedMark("own")?.transactionsFrom ?? limit;
          limit = earlierOf(limit, kept);
        }
        return own.journal.purge(limit);
      }),
    );
  }

  /** Closes everything in order. A cycle that waits for an acknowledgement must have been answered
   *  or rejected before. */
  async close(): Promise<void> {
    const { own, mirror, mutex } = this.parts;
    own.stop();
    mirror.stream.stop();
    await mutex.run(async () => {
      for (const { directory } of this.databases.list()) await this.databases.dismount(directory);
      for (const journal of [mirror.journal, own.journal]) {
        await journal?.flush();
        journal?.close();
      }
    });
  }

  /** Closes at once, as a crash would: what no cycle has made durable is lost. */
  abandon(): void {
    const { own, mirror } = this.parts;
    own.stop();
    mirror.stream.stop();
    for (const database of this.databases.mounted()) {
      database.rollback();
      database.close();
    }
    mirror.journal?.close();
    own.journal?.close();
  }
}
