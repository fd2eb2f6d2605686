/** The parts of an instance's store, put together. */

import { mkdirSync } from "node:fs";
import type { Clock } from "./clock.ts";
import { CodeWriter } from "./code-store.ts";
import { Configuration } from "./configuration.ts";
import { databaseFileName } from "./database-file.ts";
import type { Database } from "./database.ts";
import { Databases } from "./databases.ts";
import { DatabaseDownloads } from "./downloads.ts";
import { systemDatabases } from "./default-cpf.ts";
import { JournalFiles, type JournalPlace } from "./journal-files.ts";
import { journalDirectory } from "./journal-reader.ts";
import { JournalStream } from "./journal-stream.ts";
import { LockTable } from "./locks.ts";
import type { Log } from "./log.ts";
import { MirroredDatabases } from "./mirrored-databases.ts";
import { Mirroring } from "./mirroring.ts";
import { Mutex } from "./mutex.ts";
import { recoverOne } from "./own-recovery.ts";
import { Placing } from "./placing.ts";
import { Writers } from "./writer.ts";

/** What the parts are made from. */
export interface PartsOptions {
  /** With closing slash. */
  readonly dataDirectory: string;
  readonly log: Log;
  readonly newGuid: () => string;
  readonly clock: Clock;
}

/** Parts of a store, and the little state they share. */
export class StoreParts {
  readonly options: PartsOptions;
  readonly managerDirectory: string;
  readonly configuration: Configuration;
  readonly databases: Databases;
  readonly mutex = new Mutex();
  readonly own: JournalStream;
  readonly mirror: Mirroring;
  readonly mirroredDatabases: MirroredDatabases;
  readonly downloads: DatabaseDownloads;
  readonly locks: LockTable;
  readonly placing: Placing;
  readonly writers: Writers;
  readonly code: CodeWriter;
  /** GUID of the instance; known when IRISSYS is mounted. */
  identity = "";
  /** True when recovery at start is over: a database mounted later is recovered by itself. */
  isStarted = false;
  isFrozen = false;

  constructor(options: PartsOptions) {
    const { clock, log, newGuid } = options;
    this.options = options;
    this.managerDirectory = `${options.dataDirectory}mgr/`;
    this.configuration = new Configuration(`${options.dataDirectory}iris.cpf`);
    this.locks = new LockTable(clock);
    this.databases = new Databases(
      {
        opened: (database) => this.opened(database),
        whileIdle: (database, action) => this.whileIdle(database, action),
        isSettled: () => this.own.transactions.count === 0,
      },
      newGuid,
      () => this.identity,
    );
    this.own = this.ownStream();
    this.mirror = new Mirroring({
      clock,
      log,
      mutex: this.mutex,
      databases: this.databases,
      own: this.own,
      managerDirectory: this.managerDirectory,
      isFrozen: () => this.isFrozen || this.downloads.source.isHolding,
      journalPlace: (prefix) => this.journalPlace(prefix),
    });
    this.downloads = new DatabaseDownloads({
      mutex: this.mutex,
      databases: this.databases,
      mirroring: () => this.mirror,
      mirroredDatabases: () => this.mirroredDatabases,
      isFrozen: () => this.isFrozen,
      owner: () => this.identity,
    });
    this.mirroredDatabases = new MirroredDatabases({
      downloads: this.downloads,
      mirroring: this.mirror,
      databases: this.databases,
      mutex: this.mutex,
      own: this.own,
      newGuid,
      isSystem: (directory) => this.isSystem(directory),
    });
    this.placing = new Placing(this.configuration, this.databases);
    const isTemporary = ({ directory }: Database): boolean => directory === this.temporary;
    this.writers = new Writers(this.own, this.mirror, isTemporary);
    this.code = new CodeWriter(this.writers, log);
  }

  private ownStream(): JournalStream {
    return new JournalStream({
      name: "own",
      clock: this.options.clock,
      log: this.options.log,
      nameIn: ({ directory }) => directory,
      databases: () =>
        [...this.databases.mounted()].filter(
          ({ label }) => label.mirror?.failoverDatabase !== true,
        ),
      acknowledge: () => Promise.resolve(),
      abandoned: () => undefined,
    });
  }

  /** Source: RACS, [Journal] CurrentDirectory and FileSizeLimit (MB, 1024 by default). */
  private journalPlace(prefix: string): Omit<JournalPlace, "listPath" | "mirrorGuid"> {
    const directory = journalDirectory(this.configuration, this.managerDirectory);
    const megabytes = Number(this.configuration.get("Journal", "FileSizeLimit") ?? 1024);
    mkdirSync(directory, { recursive: true });
    return {
      directory,
      prefix,
      fileBytesLimit: megabytes * 1024 * 1024,
      now: () => this.options.clock.now(),
    };
  }

  /** The instance's own journal; its first file is begun when there is none. */
  openOwnJournal(): JournalFiles {
    const prefix = this.configuration.get("Journal", "JournalFilePrefix") ?? "";
    const journal = new JournalFiles({
      ...this.journalPlace(prefix),
      listPath: `${this.managerDirectory}journal.log`,
      mirrorGuid: this.identity,
    });
    if (journal.header !== undefined) return journal;
    journal.beginFile({
      mirror: "",
      mirrorGuid: this.identity,
      lineage: this.identity,
      primary: "",
      createdEpochMs: this.options.clock.now(),
    });
    return journal;
  }

  /** Directory of IRISTEMP. */
  get temporary(): string {
    return `${this.managerDirectory}iristemp/`;
  }

  private isSystem(directory: string): boolean {
    // Assumed: USER counts as an ordinary database, as its journaling does.
    return systemDatabases.some(
      (system) =>
        system.name !== "USER" && `${this.managerDirectory}${system.directory}` === directory,
    );
  }

  private async opened(database: Database): Promise<void> {
    this.tellRemovedLog(database);
    if (this.identity !== "" && database.label.owner !== this.identity) this.takeOver(database);
    else if (this.isStarted && this.own.journal !== undefined) {
      await recoverOne(database, this.own.journal);
    }
    if (this.isFrozen) database.freeze();
    this.mirror.copies.enter(database);
  }

  private tellRemovedLog({ directory, removedLogBytes }: Database): void {
    if (removedLogBytes === 0) return;
    const text =
      `${directory}${databaseFileName} is another file than the one that was mounted here before ` +
      `and not dismounted: the ${removedLogBytes} bytes of log that one left were removed`;
    this.options.log(1, "Utility.Event", text);
  }

  /** A file from elsewhere: its positions speak of another instance's journal, and a mirrored copy
   *  has to be accepted and caught up by a person. Source: GHA_mirror_set_configdbs. */
  private takeOver(database: Database): void {
    const { mirror } = database.label;
    database.relabel({ owner: this.identity, own: undefined });
    if (mirror !== undefined) {
      database.relabel({ mirror: { ...mirror, activated: false, caughtUp: false } });
    }
    database.commit();
  }

  private async whileIdle(database: Database, action: () => void): Promise<void> {
    const { mirror } = database.label;
    if (mirror?.failoverDatabase === true) await this.mirror.whileIdle(database, action);
    else if (mirror === undefined) await this.own.cycle.exclusive(action);
    else await this.own.cycle.exclusive(() => this.mirror.whileIdle(database, action));
  }

  /** Does something while nobody writes anywhere. */
  whileWritersWait<T>(action: () => T | Promise<T>): Promise<T> {
    return this.own.cycle.exclusive(() => this.mirror.stream.cycle.exclusive(action));
  }
}
