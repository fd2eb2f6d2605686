/** The life of a mirrored database on this member: created, added, activated, caught up, removed.
 *  Source: GHA_mirror_set_configdbs; class reference SYS.Mirror and SYS.Database. */

import { findEntry } from "./catalogue.ts";
import type { Database } from "./database.ts";
import { isJournaled } from "./database-properties.ts";
import type { JournalFiles } from "./journal-files.ts";
import { markAt, type Label, type MirrorIdentity } from "./label.ts";
import type {
  CatchUpFailure,
  MirroredDatabasesSurroundings,
  NewMirroredDatabase,
} from "./mirrored-database-options.ts";
import type { Mirroring } from "./mirroring.ts";
import { isBefore } from "./position.ts";
import { StatusError } from "./status-error.ts";
import type { CatalogueEntry } from "./types.ts";

/** Source: GHA_mirror_set_configdbs (name of a mirrored database). */
const databaseName = /^[A-Za-z_][A-Za-z0-9_-]{0,61}$/;

/** Operations on mirrored databases. All of them may be called on any member; what only the primary
 *  may do says so. */
export class MirroredDatabases {
  private readonly around: MirroredDatabasesSurroundings;

  constructor(around: MirroredDatabasesSurroundings) {
    this.around = around;
  }

  private get mirroring(): Mirroring {
    return this.around.mirroring;
  }

  private journal(): JournalFiles {
    if (this.mirroring.journal === undefined) throw new StatusError(2074);
    return this.mirroring.journal;
  }

  private get isPrimary(): boolean {
    return this.mirroring.access.kind === "primary";
  }

  /** A new, empty mirrored database. On the primary it becomes part of the mirror; elsewhere the
   *  copy of one the mirror has, brought to the end of the journal.
   *  @throws StatusError 2061, 2103, 2105, 2000 and those of creating a file */
  async create(wanted: NewMirroredDatabase): Promise<void> {
    const journal = this.journal();
    if (!databaseName.test(wanted.name)) throw new StatusError(2167);
    if (this.isPrimary) await this.createOnPrimary(wanted);
    else await this.createCopy(wanted, journal);
  }

  private async createOnPrimary(wanted: NewMirroredDatabase): Promise<void> {
    this.refuseKnown(wanted.name);
    const { databases, mutex } = this.around;
    const label = databases.newLabel(wanted.properties);
    await mutex.run(() => databases.create(wanted.directory, label));
    await this.add(wanted.directory, wanted.name);
  }

  private async createCopy(wanted: NewMirroredDatabase, journal: JournalFiles): Promise<void> {
    const { databases, mutex } = this.around;
    const entry = findEntry(journal.catalogue, wanted.name);
    if (entry === undefined) throw new StatusError(2103, wanted.name);
    this.refuseKnown(wanted.name);
    const needsDownload = await this.mustBeFetched(entry, journal);
    const state = {
      activated: !needsDownload,
      caughtUp: false,
      failoverDatabase: wanted.failoverDatabase ?? true,
      needsDownload: needsDownload || undefined,
    };
    const label: Label = {
      ...databases.newLabel(wanted.properties),
      mirror: this.identity(journal, entry, state),
      mirrored: markAt(needsDownload ? journal.durable : entry.added),
    };
    const database = await mutex.run(() => databases.create(wanted.directory, label));
    if (needsDownload) {
      this.around.downloads.sources?.soon();
      return;
    }
    const [failure] = await this.catchUp([database.directory]);
    if (failure !== undefined) throw failure.error;
  }

  /** True when journals alone do not bring the copy here and another member has a valid one.
   *  Source: DOC 4.8.4.1 (without a valid source the creation fails). Assumed: that the error is
   *  2105, and that a database which journals can bring is not downloaded.
   *  @throws StatusError 2105 when nobody has one, or this release downloads nothing */
  private async mustBeFetched(entry: CatalogueEntry, journal: JournalFiles): Promise<boolean> {
    const { sources } = this.around.downloads;
    const isAhead = isBefore(journal.durable, entry.added);
    const bringsAll = sources === undefined || isAhead || journal.contains(entry.added);
    if (!entry.hadData && bringsAll) return false;
    if ((await sources?.isThere(entry)) === true) return true;
    throw new StatusError(2105, entry.database, journal.header?.primary ?? "");
  }

  private identity(
    journal: JournalFiles,
    entry: Pick<CatalogueEntry, "database" | "databaseGuid">,
    state: Omit<MirrorIdentity, "mirror" | "mirrorGuid" | "database" | "databaseGuid">,
  ): MirrorIdentity {
    return {
      mirror: journal.header?.mirror ?? "",
      mirrorGuid: journal.mirrorGuid,
      database: entry.database,
      databaseGuid: entry.databaseGuid,
      ...state,
    };
  }

  /** A name is taken when a copy of it is here. One that only the journal knows may be used again
   *  on the primary: copies others still have become obsolete. Source: RACS_createdatabase. */
  private refuseKnown(name: string): void {
    const wanted = name.toUpperCase();
    const row = this.mirroring.copies.rows().find((copy) => copy.name.toUpperCase() === wanted);
    if (row === undefined || row.status === "Obsolete") return;
    throw new StatusError(2061, name, this.journal().header?.primary ?? "");
  }

  /** Makes an ordinary database part of the mirror. Primary only. What it holds is in no journal,
   *  so other members need a copy of the file.
   *  @throws StatusError 2113, 2063, 2061, 363, 371 */
  async add(directory: string, name: string, enableJournal = true): Promise<void> {
    const journal = this.journal();
    if (!databaseName.test(name)) throw new StatusError(2167);
    if (!this.isPrimary) throw new StatusError(2113);
    const { mutex, own } = this.around;
    const { stream } = this.mirroring;
    await mutex.run(() => {
      const database = this.addable(directory, name, enableJournal);
      // Both cycles stand still: what was written before is in the own journal and in the file.
      return own.cycle.exclusive(() =>
        stream.cycle.exclusive(() => this.label(database, name, journal)),
      );
    });
    // Others acknowledge the record that made it known.
    await stream.cycle.request();
  }

  private addable(directory: string, name: string, enableJournal: boolean): Database {
    const database = this.around.databases.require(directory);
    if (this.around.isSystem(database.directory)) throw new StatusError(363, database.directory);
    if (database.label.mirror !== undefined) throw new StatusError(2063, database.directory);
    this.refuseKnown(name);
    if (!enableJournal && !isJournaled(database.label.properties)) {
      throw new StatusError(374, database.directory);
    }
    return database;
  }

  private async label(database: Database, name: string, journal: JournalFiles): Promise<void> {
    if (!this.isPrimary) throw new StatusError(2113);
    // A new identity each time: what was written while it was not mirrored is in no mirror journal.
    const databaseGuid = this.around.newGuid();
    const hadData = database.nodes.hasAny(Buffer.alloc(0), Buffer.from([255]));
    const { directory } = database;
    this.mirroring.stream.append({
      type: "databaseAdded",
      database: name,
      databaseGuid,
      directory,
      hadData,
    });
    const position = await journal.flush();
    database.relabel({
      mirror: this.identity(
        journal,
        { database: name, databaseGuid },
        { activated: true, caughtUp: true, failoverDatabase: true },
      ),
      mirrored: markAt(position),
      own: undefined,
      properties: { ...database.label.properties, GlobalJournalState: "3" },
    });
    database.commit();
    this.mirroring.copies.current.add(database);
  }

  /** Accepts a copied file as this member's copy; it still has to be caught up.
   *  @param failoverDatabase false on a read-write reporting async, where the copy becomes writable
   *  @throws StatusError 2073, 2078, 2079, 2172 */
  async activate(directory: string, failoverDatabase = true): Promise<void> {
    this.journal();
    await this.around.mutex.run(async () => {
      const { database, identity } = this.mirrored(directory, 2073);
      if (identity.activated) throw new StatusError(2078);
      if (identity.needsDownload === true) throw new StatusError(2079, "it waits for its download");
      if (!this.mirroring.copies.isValid(database)) {
        throw new StatusError(2079, "the file is of another database than the mirror's");
      }
      // It may hold what was never in the mirror.
      if (failoverDatabase && !identity.failoverDatabase) throw new StatusError(2172);
      await this.relabel(database, { mirror: { ...identity, activated: true, failoverDatabase } });
    });
  }

  private mirrored(
    directory: string,
    otherwise: 2064 | 2073,
  ): { database: Database; identity: MirrorIdentity } {
    const database = this.around.databases.require(directory);
    const identity = database.label.mirror;
    if (identity === undefined) throw new StatusError(otherwise, database.directory);
    return { database, identity };
  }

  /** Changes a label while nobody writes; the caller holds the mutex. */
  private async relabel(database: Database, change: Partial<Label>): Promise<void> {
    const action = (): void => {
      database.relabel(change);
      database.commit();
    };
    const { copies, stream } = this.mirroring;
    if (copies.current.has(database)) await stream.cycle.exclusive(action);
    else if (database.isDirty) await this.around.own.cycle.exclusive(action);
    else action();
  }

  /** Brings copies from where they are to the end of the journal; from then on dejournaling goes on
   *  by itself (on the primary: they may be written to).
   *  @returns the copies where this did not work, with the reason */
  async catchUp(directories: readonly string[]): Promise<readonly CatchUpFailure[]> {
    const failures: CatchUpFailure[] = [];
    for (const directory of directories) {
      try {
        await this.catchUpOne(directory);
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        failures.push({ directory, error });
      }
    }
    return failures;
  }

  private async catchUpOne(directory: string): Promise<void> {
    const journal = this.journal();
    const { database, identity } = this.mirrored(directory, 2073);
    const { copies } = this.mirroring;
    if (copies.current.has(database)) return;
    if (!copies.isValid(database)) throw new StatusError(2073, identity.database);
    if (!identity.activated) throw new StatusError(2079, "the database is not activated");
    const position = database.label.mirrored?.position;
    const isAhead = position !== undefined && isBefore(journal.durable, position);
    if (position === undefined || !(isAhead || journal.contains(position))) {
      const list = `mirrorjrn-${identity.mirror}.log`;
      throw new StatusError(2000, String(position?.file ?? 0), identity.database, list);
    }
    copies.stopped.delete(database);
    await this.mirroring.applyTo([database]);
    await this.around.mutex.run(() =>
      this.isPrimary
        ? this.mirroring.stream.cycle.exclusive(() => this.finishCatchUp(database))
        : this.finishCatchUp(database),
    );
  }

  private async finishCatchUp(database: Database): Promise<void> {
    const identity = database.label.mirror;
    if (identity === undefined) return;
    const { copies } = this.mirroring;
    copies.catchingUp.add(database);
    try {
      await this.mirroring.applyAll();
      if (!copies.isValid(database)) throw new StatusError(2073, identity.database);
      await this.relabel(database, { mirror: { ...identity, caughtUp: true } });
      if (this.isPrimary) copies.current.add(database);
    } finally {
      copies.catchingUp.delete(database);
    }
  }

  /** Makes a copy an ordinary database. On the primary the mirror no longer has it; elsewhere only
   *  this copy leaves. @throws StatusError 2064 */
  async remove(directory: string): Promise<void> {
    await this.around.mutex.run(async () => {
      const { database, identity } = this.mirrored(directory, 2064);
      const ordinary = { mirror: undefined, mirrored: undefined, own: undefined };
      if (!this.isPrimary) {
        await this.relabel(database, ordinary);
        return;
      }
      await this.mirroring.stream.cycle.exclusive(async () => {
        if (this.mirroring.copies.isValid(database)) {
          const { database: name } = identity;
          this.mirroring.stream.append({ type: "databaseRemoved", database: name });
          await this.mirroring.journal?.flush();
        }
        this.mirroring.copies.current.delete(database);
        database.relabel(ordinary);
        database.commit();
      });
    });
  }
}
