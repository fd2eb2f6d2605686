import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { slowMs } from "./testing/budgets.ts";
import { closeAll, TestMember } from "./testing/members.ts";
import { temporaryDirectory } from "./testing/places.ts";

/** A primary with COMPANY, which held data before it was mirrored; and another member. */
async function withExistingData(): Promise<[TestMember, TestMember]> {
  const primary = await TestMember.open(temporaryDirectory());
  const other = await TestMember.open(temporaryDirectory());
  await primary.promote("A");
  const directory = primary.configure("COMPANY");
  await primary.store.createDatabase(directory);
  await primary.process("COMPANY").set("x", ["old"], "from before the mirror");
  await primary.store.mirroredDatabases.add(directory, "COMPANY");
  await primary.process("COMPANY").set("x", ["1"], "in the copy");
  return [primary, other];
}

/** Takes the file of a database from one member to another. */
async function copyFile(from: TestMember, to: TestMember, name: string): Promise<string> {
  const directory = to.configure(name);
  copyFileSync(`${from.databaseDirectory(name)}IRIS.DAT`, `${directory}IRIS.DAT`);
  await to.store.mount(directory);
  return directory;
}

describe("a database that held data before", () => {
  test("is copied while dismounted, activated and caught up by journal", async () => {
    const [primary, other] = await withExistingData();
    await other.follow(primary);
    await expect(other.mirrored("COMPANY")).rejects.toThrow(
      "ERROR #2105: Matching mirrored DB COMPANY in member A was not created as mirrored DB",
    );
    const source = primary.databaseDirectory("COMPANY");
    await primary.store.dismount(source);
    expect(readdirSync(source)).toEqual(["IRIS.DAT"]);
    expect(primary.statuses()).toEqual({ COMPANY: "Database Dismounted" });
    const directory = await copyFile(primary, other, "COMPANY");
    expect(other.statuses()).toEqual({ COMPANY: "Needs Activation" });
    await primary.store.mount(source);
    expect(primary.statuses()).toEqual({ COMPANY: "Normal" });
    await primary.process("COMPANY").set("x", ["2"], "after the copy");
    await primary.settle();
    await other.follow(primary);
    expect(other.process("COMPANY").get("x", "2")).toBeUndefined();

    const { mirroredDatabases } = other.store;
    const [early] = await mirroredDatabases.catchUp([directory]);
    expect(early?.error.message).toContain("not activated");
    await mirroredDatabases.activate(directory);
    expect(other.statuses()).toEqual({ COMPANY: "Needs Catchup" });
    await expect(mirroredDatabases.activate(directory)).rejects.toThrow("#2078");
    expect(await mirroredDatabases.catchUp([directory])).toEqual([]);
    expect(other.statuses()).toEqual({ COMPANY: "Dejournaling" });
    expect(other.process("COMPANY").all("x")).toEqual(primary.process("COMPANY").all("x"));
    await closeAll(primary, other);
  });

  test(
    "may be copied while frozen: writing goes on and the copy catches up",
    async () => {
      const [primary, other] = await withExistingData();
      await other.follow(primary);
      await primary.store.freeze();
      const source = `${primary.databaseDirectory("COMPANY")}IRIS.DAT`;
      const before = readFileSync(source);
      const writer = primary.process("COMPANY");
      // More than makes SQLite write its log into the file by itself.
      for (let index = 0; index < 16; index++) {
        await writer.set("x", ["during", String(index)], "x".repeat(1_000_000));
        await primary.settle();
      }
      expect(readFileSync(source).equals(before)).toBe(true);
      const directory = await copyFile(primary, other, "COMPANY");
      await primary.store.thaw();
      await other.follow(primary);
      await other.store.mirroredDatabases.activate(directory);
      expect(await other.store.mirroredDatabases.catchUp([directory])).toEqual([]);
      expect(other.process("COMPANY").all("x")).toEqual(writer.all("x"));
      await closeAll(primary, other);
    },
    slowMs,
  );

  test("becomes writable on a read-write reporting async, and its file then stays there", async () => {
    const [primary, other] = await withExistingData();
    await other.follow(primary);
    await primary.store.dismount(primary.databaseDirectory("COMPANY"));
    const directory = await copyFile(primary, other, "COMPANY");
    await primary.store.mount(primary.databaseDirectory("COMPANY"));
    const { mirroredDatabases } = other.store;

    await mirroredDatabases.activate(directory, false);
    expect(await mirroredDatabases.catchUp([directory])).toEqual([]);
    await other.process("COMPANY").set("local", ["1"], "mine");
    await other.store.dismount(directory);

    const third = await TestMember.open(temporaryDirectory());
    await third.follow(primary);
    const copy = await copyFile(other, third, "COMPANY");
    await expect(third.store.mirroredDatabases.activate(copy)).rejects.toThrow("#2172");
    await closeAll(primary, other, third);
  });

  test("may come from a member that is ahead: it waits for the journal", async () => {
    const [primary, other] = await withExistingData();
    await other.follow(primary);
    const ahead = other.journal.durable;
    await primary.process("COMPANY").set("x", ["2"], "in the copy, not yet in the journal here");
    await primary.store.dismount(primary.databaseDirectory("COMPANY"));
    const directory = await copyFile(primary, other, "COMPANY");
    await primary.store.mount(primary.databaseDirectory("COMPANY"));
    expect(other.store.mirror.copiesBeyond(ahead)).toEqual([]);
    await other.store.mirroredDatabases.activate(directory);
    expect(await other.store.mirroredDatabases.catchUp([directory])).toEqual([]);
    expect(other.store.mirror.copiesBeyond(ahead)).toEqual(["COMPANY"]);
    expect(other.statuses()).toEqual({ COMPANY: "Dejournaling" });
    await primary.process("COMPANY").set("x", ["3"], "later");
    await primary.settle();
    await other.follow(primary);
    expect(other.process("COMPANY").all("x")).toEqual(primary.process("COMPANY").all("x"));
    await closeAll(primary, other);
  });

  test("cannot be caught up when the journals it needs are gone, and says which", async () => {
    const [primary, other] = await withExistingData();
    await primary.store.freeze();
    await other.follow(primary);
    const directory = await copyFile(primary, other, "COMPANY");
    await primary.store.thaw();
    await primary.process("COMPANY").set("x", ["3"], "later");
    await primary.settle();
    await primary.promote("A again");
    await other.follow(primary);
    other.journal.purge(other.journal.end);

    await other.store.mirroredDatabases.activate(directory);
    const [failure] = await other.store.mirroredDatabases.catchUp([directory]);
    expect(failure?.error.message).toBe(
      "ERROR #2000: Journal file #1 for database 'COMPANY' not found in mirror journal log " +
        "(mirrorjrn-DEV.log)",
    );
    expect(other.statuses()).toEqual({ COMPANY: "Needs Catchup" });
    await closeAll(primary, other);
  });

  test("the copy of another database of that name is refused", async () => {
    const [primary, other] = await withExistingData();
    await other.follow(primary);
    const stranger = await TestMember.open(temporaryDirectory());
    await stranger.promote("S");
    await stranger.mirrored("COMPANY");
    await stranger.store.close();
    const directory = await copyFile(stranger, other, "COMPANY");
    expect(other.statuses()).toEqual({ COMPANY: "Obsolete" });
    await expect(other.store.mirroredDatabases.activate(directory)).rejects.toThrow("#2079");
    await other.store.mirroredDatabases.remove(directory);
    await other.process("COMPANY").set("x", [], "an ordinary database");
    await closeAll(primary, other);
  });
});
