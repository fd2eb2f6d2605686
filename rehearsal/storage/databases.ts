/** The table of mounted databases. Every database that was mounted once keeps its system file
 *  number until the instance ends. */

import { existsSync, rmSync, statSync } from "node:fs";
import { databaseFileName } from "./database-file.ts";
import { Database } from "./database.ts";
import { defaultProperties, type DatabaseProperties } from "./database-properties.ts";
import { directoryName } from "./configuration.ts";
import type { Label } from "./label.ts";
import { StatusError } from "./status-error.ts";

/** A database the instance knows. */
export interface DatabaseEntry {
  /** System file number. */
  readonly sfn: number;
  readonly directory: string;
  /** `undefined` while it is dismounted. */
  readonly database: Database | undefined;
  /** True when somebody dismounted it: it stays so until somebody mounts it. */
  readonly isDismounted: boolean;
}

interface Entry extends DatabaseEntry {
  database: Database | undefined;
  isDismounted: boolean;
}

/** What the store does around opening and closing a file. */
export interface DatabaseLife {
  /** The file is open; nobody uses it yet. Recovery of one database. */
  opened(database: Database): Promise<void> | void;
  /** Runs the closing while nobody writes to it. */
  whileIdle(database: Database, action: () => void): Promise<void>;
  /** True when no transaction is open in the own journal: a file closed now needs nothing of it. */
  isSettled(): boolean;
}

/** Mounted databases by directory. */
export class Databases {
  private readonly entries = new Map<string, Entry>();
  private readonly life: DatabaseLife;
  private readonly newGuid: () => string;
  /** GUID of the instance, written into every file it mounts. */
  private readonly owner: () => string;

  constructor(life: DatabaseLife, newGuid: () => string, owner: () => string) {
    this.life = life;
    this.newGuid = newGuid;
    this.owner = owner;
  }

  /** All databases that were mounted since the instance started, by system file number. */
  list(): readonly DatabaseEntry[] {
    return [...this.entries.values()];
  }

  /** The mounted ones. */
  *mounted(): Generator<Database, void, void> {
    for (const entry of this.entries.values())
      if (entry.database !== undefined) yield entry.database;
  }

  find(directory: string): DatabaseEntry | undefined {
    // Most ask by the name itself, several times for each set.
    return this.entries.get(directory) ?? this.entries.get(directoryName(directory));
  }

  /** A mounted database.
   *  @throws StatusError 371 when it is not mounted */
  require(directory: string): Database {
    const database = this.find(directory)?.database;
    if (database === undefined) throw new StatusError(371, directoryName(directory));
    return database;
  }

  /** A label for a new database. */
  newLabel(properties: DatabaseProperties = {}): Label {
    return {
      guid: this.newGuid(),
      owner: this.owner(),
      own: undefined,
      mirror: undefined,
      mirrored: undefined,
      properties: { ...defaultProperties, ...properties },
    };
  }

  /** Creates the file in an existing directory and mounts it.
   *  @throws StatusError 73 without directory, 20 when there is a file */
  async create(directory: string, label: Label): Promise<Database> {
    const place = directoryName(directory);
    if (!existsSync(place) || !statSync(place).isDirectory()) throw new StatusError(73);
    Database.create(place, label);
    return this.mount(place);
  }

  /** Mounts; a mounted one stays as it is.
   *  @throws StatusError 350, 314 */
  async mount(directory: string): Promise<Database> {
    const place = directoryName(directory);
    const known = this.entries.get(place);
    if (known?.database !== undefined) return known.database;
    const database = Database.open(place);
    try {
      await this.life.opened(database);
    } catch (error) {
      database.rollback();
      database.close();
      throw error;
    }
    const entry = known ?? {
      sfn: this.entries.size,
      directory: place,
      database,
      isDismounted: false,
    };
    entry.database = database;
    entry.isDismounted = false;
    this.entries.set(place, entry);
    return database;
  }

  /** Dismounts: afterwards the directory holds one complete file. Nothing to do is no error. */
  async dismount(directory: string): Promise<void> {
    const entry = this.entries.get(directoryName(directory));
    if (entry === undefined) return;
    const { database } = entry;
    entry.isDismounted = true;
    if (database === undefined) return;
    await this.life.whileIdle(database, () => {
      entry.database = undefined;
      if (this.life.isSettled()) database.relabel({ own: undefined });
      database.commit();
      database.close();
    });
  }

  /** Dismounts and removes the file.
   *  @throws StatusError 318 for a mirrored database */
  async remove(directory: string): Promise<void> {
    const place = directoryName(directory);
    const database = this.entries.get(place)?.database;
    if (database?.label.mirror !== undefined) throw new StatusError(318, place);
    await this.dismount(place);
    rmSync(`${place}${databaseFileName}`, { force: true });
    this.entries.delete(place);
  }
}
