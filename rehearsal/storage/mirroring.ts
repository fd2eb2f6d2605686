/** The mirrored side of the store: the mirror's journal and what it does to the databases. */

import { nextTurn, type Clock } from "./clock.ts";
import type { Databases } from "./databases.ts";
import type { Database } from "./database.ts";
import { Dejournaler } from "./dejournaler.ts";
import { JournalFiles, type JournalPlace } from "./journal-files.ts";
import { journalFileNames } from "./journal-open.ts";
import { removeFile } from "./journal-file.ts";
import { mirrorPrefix } from "./journal-reader.ts";
import { JournalStream } from "./journal-stream.ts";
import { markAt } from "./label.ts";
import type { Log } from "./log.ts";
import { MirroredCopies } from "./mirrored-copies.ts";
import type { Mutex } from "./mutex.ts";
import { earlierOf, formatPosition, isBefore, startOfHistory } from "./position.ts";
import type { JournalPosition, MirrorAccess, MirroredStore } from "./types.ts";
import { undoOpenTransactions } from "./undo.ts";
import type { MirrorWriting } from "./writer.ts";

/** What the mirrored side needs from the rest of the store. */
export interface MirrorSurroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly mutex: Mutex;
  readonly databases: Databases;
  readonly own: JournalStream;
  readonly managerDirectory: string;
  /** True while files must stay as they are. */
  isFrozen(): boolean;
  journalPlace(prefix: string): Omit<JournalPlace, "listPath" | "mirrorGuid">;
}

/** Mirrored databases of the instance. Without a journal it is not a member of any mirror. */
export class Mirroring implements MirroredStore, MirrorWriting {
  readonly copies: MirroredCopies;
  readonly stream: JournalStream;
  private readonly around: MirrorSurroundings;
  private granted: MirrorAccess = { kind: "readOnly" };
  /** Counts how often unacknowledged work was taken back. */
  private abandonments = 0;
  private files: JournalFiles | undefined;
  private dejournaler: Dejournaler | undefined;

  constructor(around: MirrorSurroundings) {
    this.around = around;
    this.copies = new MirroredCopies({
      databases: around.databases,
      journal: () => this.files,
      isPrimary: () => this.granted.kind === "primary",
    });
    this.stream = new JournalStream({
      name: "mirrored",
      clock: around.clock,
      log: around.log,
      nameIn: (database) => database.label.mirror?.database,
      databases: () => this.copies.current,
      acknowledge: (position) => this.acknowledge(position),
      abandoned: () => {
        this.abandonments += 1;
        this.granted = { kind: "readOnly" };
        this.copies.current.clear();
      },
    });
  }

  openJournal(mirror: string, mirrorGuid: string): JournalFiles {
    if (this.files !== undefined) {
      if (this.files.mirrorGuid === mirrorGuid) return this.files;
      throw new Error(`This instance already has the journal of ${this.files.mirrorGuid}.`);
    }
    const journal = new JournalFiles({
      ...this.around.journalPlace(mirrorPrefix(mirror)),
      listPath: `${this.around.managerDirectory}mirrorjrn-${mirror}.log`,
      mirrorGuid,
    });
    this.files = journal;
    this.stream.journal = journal;
    this.dejournaler = new Dejournaler({
      journal,
      transactions: this.stream.transactions,
      mutex: this.around.mutex,
      targets: () => this.readable(),
      foldsTransactions: () => this.granted.kind !== "primary",
      isCommittedByOwnCycle: (database) => database.label.mirror?.failoverDatabase === false,
    });
    if (journal.cutBytes > 0) {
      const text = `Mirror journal ${mirror}: unfinished record of ${journal.cutBytes} bytes cut`;
      this.around.log(1, "Generic.Event", text);
    }
    return journal;
  }

  get journal(): JournalFiles | undefined {
    return this.files;
  }

  get access(): MirrorAccess {
    return this.granted;
  }

  private async acknowledge(position: JournalPosition): Promise<void> {
    if (this.granted.kind === "primary") await this.granted.acknowledge(position);
  }

  destination(database: Database): { stream: JournalStream; name: string } | undefined {
    const { mirror } = database.label;
    if (mirror === undefined || mirror.needsDownload === true) return undefined;
    if (this.granted.kind === "primary" && this.copies.current.has(database)) {
      return { stream: this.stream, name: mirror.database };
    }
    // A read-write reporting copy takes writes of its own. Source: GHA_mirror_set.
    if (mirror.failoverDatabase || this.granted.kind === "primary") return undefined;
    return { stream: this.around.own, name: database.directory };
  }

  /** @throws Error when primary access was asked for and unacknowledged work was taken back before
   *  it could be given: whoever asked no longer knows what is in the databases */
  async setAccess(access: MirrorAccess): Promise<void> {
    const { abandonments } = this;
    await this.around.mutex.run(() =>
      this.stream.cycle.exclusive(() => {
        if (access.kind === "readOnly") this.revoke();
        else if (this.abandonments === abandonments) return this.grant(access);
        else throw new Error("An acknowledgement was refused before access could be given.");
        return undefined;
      }),
    );
  }

  private revoke(): void {
    if (this.granted.kind === "primary") {
      // Transactions still open are undone by whoever is primary next, not by their processes.
      this.stream.era += 1;
      if (this.files !== undefined) this.dejournaler?.skipTo(this.files.durable);
    }
    this.granted = { kind: "readOnly" };
    this.copies.current.clear();
  }

  private async grant(access: MirrorAccess): Promise<void> {
    if (this.granted.kind === "primary") {
      this.granted = access;
      return;
    }
    await this.applyAll();
    this.granted = access;
    if (this.files === undefined) return;
    const { durable } = this.files;
    this.stream.settled = durable;
    for (const database of this.copies.complete(durable)) this.copies.current.add(database);
  }

  async dejournal(): Promise<void> {
    if (this.files === undefined || this.dejournaler === undefined) return;
    if (this.granted.kind === "primary" && this.readable().length === 0) return;
    await this.files.flush();
    await this.dejournaler.run();
    const local = this.copies.targets().filter((copy) => !copy.label.mirror?.failoverDatabase);
    if (local.some(({ isDirty }) => isDirty)) await this.around.own.cycle.request();
  }

  /** The targets whose journals are here; the others are set aside, with the reason. */
  private readable(): Database[] {
    // A member that has just joined has received nothing yet.
    if (this.files === undefined || this.files.durable.file === 0) return [];
    return this.copies.targets().filter((database) => {
      const position = database.label.mirrored?.position ?? startOfHistory;
      if (this.files?.contains(position) === true) return true;
      // A copy taken from a member that is ahead: the journal will come.
      if (this.files !== undefined && isBefore(this.files.durable, position)) return false;
      const reason = this.files?.reaches(position)
        ? `it went on to ${formatPosition(position)}, where the mirror's history does not lead`
        : `journal file #${position.file} is not here`;
      this.copies.stopped.set(database, reason);
      this.around.log(
        2,
        "Utility.Event",
        `Dejournaling of ${database.directory} stopped: ${reason}. ` +
          `Copy the database anew, activate it and catch it up.`,
      );
      return false;
    });
  }

  get dejournaled(): JournalPosition | undefined {
    return this.copies.lowest();
  }

  async rollbackOpenTransactions(): Promise<void> {
    const { journal } = this;
    if (journal === undefined) return;
    await this.dejournal();
    await this.around.mutex.run(async () => {
      const following = this.copies.complete(journal.durable);
      try {
        await this.undoIn(journal, following);
      } catch (error) {
        for (const database of following) database.rollback();
        throw error;
      }
    });
  }

  private async undoIn(journal: JournalFiles, following: readonly Database[]): Promise<void> {
    const undone = await undoOpenTransactions({
      journal,
      transactions: this.stream.transactions,
      databaseOf: (name) => following.find(({ label }) => label.mirror?.database === name),
    });
    if (undone === 0) return;
    const position = await journal.flush();
    for (const database of following) {
      database.mark("mirrored", markAt(position));
      database.commit();
    }
    this.dejournaler?.skipTo(position);
    this.around.log(0, "Utility.Event", `Rolled back ${undone} transactions of the mirror`);
  }

  copiesBeyond(position: JournalPosition): readonly string[] {
    return this.copies.beyond(position);
  }

  /** Brings these copies forward together with the others. */
  async applyTo(databases: readonly Database[]): Promise<void> {
    for (const database of databases) this.copies.catchingUp.add(database);
    try {
      await this.files?.flush();
      await this.dejournaler?.run();
    } finally {
      for (const database of databases) this.copies.catchingUp.delete(database);
    }
  }

  /** The rest of the journal, by whoever holds the mutex and keeps writers away. */
  async applyAll(): Promise<void> {
    while ((await this.dejournaler?.batch()) === false) await nextTurn();
  }

  /** Closes a copy while nobody writes to it; the caller holds the mutex. */
  async whileIdle(database: Database, action: () => void): Promise<void> {
    const isWritten = this.copies.current.has(database);
    const close = (): void => {
      this.copies.leave(database);
      action();
    };
    if (isWritten) await this.stream.cycle.exclusive(close);
    else close();
  }

  /** Removes journal files nothing here needs any more; none during a freeze.
   *  @param before what others still need lies behind it
   *  @returns paths of the removed files */
  purgeJournal(before: JournalPosition): Promise<string[]> {
    const { mutex, own } = this.around;
    return mutex.run(() =>
      own.cycle.exclusive(() => this.stream.cycle.exclusive(() => this.purge(before))),
    );
  }

  /** By whoever holds mutex and writers. */
  private purge(before: JournalPosition): string[] {
    // A position counts only when it cannot be lost with the log beside the file.
    if (this.around.isFrozen()) return [];
    for (const database of this.copies.mounted()) {
      database.commit();
      database.checkpoint();
    }
    const needed = this.copies.needed();
    const removed = this.files?.purge(needed ? earlierOf(before, needed) : before) ?? [];
    const text = "Purged mirror journal file";
    for (const path of removed) this.around.log(0, "Utility.Event", `${text} ${path}`);
    return removed;
  }

  /** Files another mirror of this name, or an earlier membership, left behind. */
  leftoverJournals(mirror: string): string[] {
    const { directory, prefix } = this.around.journalPlace(mirrorPrefix(mirror));
    return journalFileNames(directory, prefix).map((name) => `${directory}${name}`);
  }

  /** Removes the journal files of a mirror this instance has left. */
  removeJournals(mirror: string): void {
    for (const path of this.leftoverJournals(mirror)) removeFile(path);
  }

  /** The instance leaves the mirror: its databases stay marked and read only. */
  async closeJournal(): Promise<void> {
    await this.setAccess({ kind: "readOnly" });
    await this.around.mutex.run(async () => {
      await this.files?.flush();
      this.files?.close();
      this.files = undefined;
      this.stream.journal = undefined;
      this.dejournaler = undefined;
      this.stream.transactions.clear();
    });
  }
}
