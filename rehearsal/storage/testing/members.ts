/** Two instances that share a mirror, for tests of the storage: bytes are carried by hand. */

import { mkdirSync } from "node:fs";
import type { JournalFiles } from "../journal-files.ts";
import type { JournalPosition } from "../types.ts";
import { openInstance, TestProcess, type TestInstance } from "./instances.ts";
import { ManualClock } from "./manual-clock.ts";
import { firstFile, temporaryDirectory } from "./places.ts";

/** A primary and a follower that have the mirrored database COMPANY. */
export async function memberPair(): Promise<[TestMember, TestMember]> {
  const primary = await TestMember.open(temporaryDirectory());
  const follower = await TestMember.open(temporaryDirectory());
  await primary.promote("A");
  await primary.mirrored("COMPANY");
  await follower.follow(primary);
  await follower.mirrored("COMPANY");
  return [primary, follower];
}

/** Closes members in order. */
export async function closeAll(...members: readonly TestMember[]): Promise<void> {
  for (const { store } of members) await store.close();
}

/** One member under test. */
export class TestMember {
  readonly directory: string;
  instance: TestInstance;
  readonly clock: ManualClock;

  private constructor(directory: string, clock: ManualClock, instance: TestInstance) {
    this.directory = directory;
    this.clock = clock;
    this.instance = instance;
  }

  static async open(directory: string): Promise<TestMember> {
    const clock = new ManualClock(firstFile.createdEpochMs);
    const member = new TestMember(directory, clock, await openInstance(directory, clock));
    member.join();
    return member;
  }

  private join(): void {
    this.instance.store.mirror.openJournal(firstFile.mirror, firstFile.mirrorGuid);
  }

  get store(): TestInstance["store"] {
    return this.instance.store;
  }

  get journal(): JournalFiles {
    const { journal } = this.store.mirror;
    if (journal === undefined) throw new Error("no journal");
    return journal;
  }

  /** Becomes primary as the documentation of the store says. */
  async promote(
    lineage: string,
    acknowledge: (position: JournalPosition) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { mirror } = this.store;
    await this.journal.flush();
    this.journal.beginFile({ ...firstFile, lineage, primary: lineage });
    await mirror.rollbackOpenTransactions();
    await mirror.setAccess({ kind: "primary", acknowledge });
  }

  /** Everything durable on the other member arrives, in pieces of these sizes. */
  async follow(primary: TestMember, sizes: readonly number[] = [65_536]): Promise<void> {
    for (let step = 0; ; step++) {
      const { at, bytes } = primary.journal.read(this.journal.end, sizes[step % sizes.length] ?? 1);
      if (bytes.length === 0) break;
      this.journal.receive(at, bytes);
    }
    await this.journal.flush();
    await this.store.mirror.dejournal();
  }

  /** A crash and a new start. */
  async restart(): Promise<void> {
    this.store.abandon();
    this.instance = await openInstance(this.directory, this.clock);
    this.join();
  }

  process(namespace: string, jobNumber = 1): TestProcess {
    const process = new TestProcess(this.store, namespace, jobNumber);
    process.store.synchronousCommit = true;
    return process;
  }

  /** Runs a cycle of the mirror's journal. */
  async settle(): Promise<void> {
    await this.store.mirror.stream.cycle.request();
  }

  /** Registers a database with a namespace of its name and makes its directory. */
  configure(name: string): string {
    const { configuration } = this.store;
    const directory = this.databaseDirectory(name);
    mkdirSync(directory, { recursive: true });
    configuration.set("Databases", name, directory);
    configuration.set("Namespaces", name, name);
    configuration.save();
    return directory;
  }

  databaseDirectory(name: string): string {
    return `${this.directory}db/${name.toLowerCase()}/`;
  }

  /** A new mirrored database with a namespace of its name. */
  async mirrored(name: string): Promise<string> {
    const directory = this.configure(name);
    await this.store.mirroredDatabases.create({ directory, name });
    return directory;
  }

  /** Status words by mirror database name. */
  statuses(): Record<string, string> {
    const rows = this.store.mirror.copies.rows();
    return Object.fromEntries(rows.map(({ name, status }) => [name, status]));
  }
}
