import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { slowMs } from "./testing/budgets.ts";
import { closeAll, memberPair, TestMember } from "./testing/members.ts";
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
  test("is copied while dismounted, activated and caught up; what came later comes by journal", async () => {
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
      for (let index = 0; index < 3000; index++) {
        await writer.set("x", ["during", String(index)], "value ".repeat(20));
        if (index % 500 === 0) await primary.settle();
      }
      await primary.settle();
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

describe("the databases of a mirror", () => {
  test("what a member lacks is known to it, also when it joined late", async () => {
    const [primary, follower] = await memberPair();
    await primary.mirrored("PERSONAL");
    await primary.settle();
    await follower.follow(primary);
    const missing = () => follower.store.mirror.copies.missing().map(({ database }) => database);
    expect(missing()).toEqual(["PERSONAL"]);
    await follower.mirrored("PERSONAL");
    expect(missing()).toEqual([]);

    await primary.promote("A again");
    await primary.store.mirror.purgeJournal(primary.journal.end);
    expect(primary.journal.oldest.file).toBe(2);
    const late = await TestMember.open(temporaryDirectory());
    const start = primary.journal.oldest;
    late.journal.receive(start, primary.journal.read(start, 1_000_000).bytes);
    await late.journal.flush();
    expect(late.store.mirror.copies.missing().map(({ database }) => database)).toEqual([
      "COMPANY",
      "PERSONAL",
    ]);
    await expect(late.mirrored("COMPANY")).rejects.toThrow("#2000");
    await closeAll(primary, follower, late);
  });

  test("a database removed on the primary is orphaned elsewhere until it is removed there", async () => {
    const [primary, follower] = await memberPair();
    await primary.process("COMPANY").set("x", [], "stays");
    await primary.settle();
    await primary.store.mirroredDatabases.remove(primary.databaseDirectory("COMPANY"));
    await primary.process("COMPANY").set("x", [], "is ordinary now");
    await primary.settle();
    await follower.follow(primary);
    expect([primary.statuses(), follower.statuses()]).toEqual([{}, { COMPANY: "Orphaned" }]);
    await expect(follower.process("COMPANY").set("x", [], "v")).rejects.toThrow("<PROTECT>");
    const directory = follower.databaseDirectory("COMPANY");
    await expect(follower.store.deleteDatabase(directory)).rejects.toThrow("#318");
    await follower.store.mirroredDatabases.remove(directory);
    expect(follower.process("COMPANY").get("x")).toBe("stays");
    await follower.store.deleteDatabase(directory);
    expect(existsSync(`${directory}IRIS.DAT`)).toBe(false);
    await closeAll(primary, follower);
  });

  test("one that is removed and added again has another identity: old copies are obsolete", async () => {
    const [primary, follower] = await memberPair();
    const directory = primary.databaseDirectory("COMPANY");
    const set = (value: string) => primary.process("COMPANY").set("x", [], value);
    await set("in the first");
    await primary.store.mirroredDatabases.remove(directory);
    await set("in no mirror journal");
    await primary.store.mirroredDatabases.add(directory, "COMPANY");
    await set("in the second");
    await primary.settle();
    await follower.follow(primary);
    expect(follower.statuses()).toEqual({ COMPANY: "Obsolete" });
    expect(follower.process("COMPANY").get("x")).toBe("in the first");
    await follower.restart();
    await follower.follow(primary);
    expect(follower.process("COMPANY").get("x")).toBe("in the first");
    await closeAll(primary, follower);
  });

  test("a copy that was away is caught up when it is mounted again", async () => {
    const [primary, follower] = await memberPair();
    const directory = follower.databaseDirectory("COMPANY");
    await follower.store.dismount(directory);
    expect(follower.statuses()).toEqual({ COMPANY: "Database Dismounted" });
    expect(existsSync(`${directory}iris.lck`)).toBe(false);
    await primary.process("COMPANY").set("x", [], "meanwhile");
    await primary.settle();
    await follower.follow(primary);
    await follower.store.mount(directory);
    expect(existsSync(`${directory}iris.lck`)).toBe(true);
    expect(follower.process("COMPANY").get("x")).toBe("meanwhile");
    expect(follower.statuses()).toEqual({ COMPANY: "Dejournaling" });
    await closeAll(primary, follower);
  });

  test("a copy whose journals are gone is left out, and the others go on", async () => {
    const [primary, follower] = await memberPair();
    await primary.mirrored("PERSONAL");
    await follower.follow(primary);
    await follower.mirrored("PERSONAL");
    await follower.store.dismount(follower.databaseDirectory("COMPANY"));
    await primary.process("COMPANY").set("x", [], "v");
    await primary.settle();
    await primary.promote("A again");
    await primary.process("PERSONAL").set("x", [], "v");
    await primary.settle();
    await follower.follow(primary);
    follower.journal.purge(follower.journal.end);
    await follower.store.mount(follower.databaseDirectory("COMPANY"));
    await follower.store.mirror.dejournal();

    expect(follower.statuses()).toEqual({
      COMPANY: "Dejournaling Stopped",
      PERSONAL: "Dejournaling",
    });
    expect(follower.process("PERSONAL").get("x")).toBe("v");
    expect(follower.instance.messages.join("\n")).toContain("journal file #1");
    await closeAll(primary, follower);
  });

  test("a reporting copy that may be written to takes both: its own writes and the mirror's", async () => {
    const [primary] = await memberPair();
    const reporting = await TestMember.open(temporaryDirectory());
    await reporting.follow(primary);
    const directory = reporting.configure("COMPANY");
    const { mirroredDatabases } = reporting.store;
    await mirroredDatabases.create({ directory, name: "COMPANY", failoverDatabase: false });
    await reporting.process("COMPANY").set("local", [], "mine");
    await primary.process("COMPANY").set("x", [], "the mirror's");
    await primary.settle();
    await reporting.follow(primary);
    const seen = () => ["local", "x"].map((name) => reporting.process("COMPANY").get(name));
    expect(seen()).toEqual(["mine", "the mirror's"]);
    await reporting.restart();
    await reporting.follow(primary);
    expect(seen()).toEqual(["mine", "the mirror's"]);
    await closeAll(primary, reporting);
  });

  test("what is not allowed is refused with the product's number", async () => {
    const [primary, follower] = await memberPair();
    const { mirroredDatabases } = primary.store;
    const other = primary.configure("OTHER");
    const create = (name: string) => mirroredDatabases.create({ directory: other, name });
    await expect(create("company")).rejects.toThrow("#2061");
    await expect(create("1X")).rejects.toThrow("#2167");
    await expect(mirroredDatabases.add(primary.databaseDirectory("COMPANY"), "C2")).rejects.toThrow(
      "#2063",
    );
    await expect(mirroredDatabases.add(primary.store.managerDirectory, "SYS")).rejects.toThrow(
      "#363",
    );
    await expect(mirroredDatabases.add(other, "OTHER")).rejects.toThrow("#371");
    await expect(mirroredDatabases.remove(`${primary.directory}mgr/user/`)).rejects.toThrow(
      "#2064",
    );
    await expect(follower.mirrored("UNKNOWN")).rejects.toThrow("#2103");
    await expect(
      follower.store.mirroredDatabases.add(`${follower.directory}mgr/user/`, "USER"),
    ).rejects.toThrow("#2113");
    const alone = await TestMember.open(temporaryDirectory());
    await alone.store.mirror.closeJournal();
    await expect(alone.mirrored("X")).rejects.toThrow("#2074");
    await closeAll(primary, follower, alone);
  });

  test("an instance that left the mirror keeps its copies, marked and read only", async () => {
    const [primary, follower] = await memberPair();
    await follower.store.mirror.closeJournal();
    await expect(follower.process("COMPANY").set("x", [], "v")).rejects.toThrow("<PROTECT>");
    expect(follower.store.mirror.leftoverJournals("DEV")).toHaveLength(1);
    follower.store.mirror.removeJournals("DEV");
    expect(follower.store.mirror.leftoverJournals("DEV")).toEqual([]);
    await follower.store.mirroredDatabases.remove(follower.databaseDirectory("COMPANY"));
    await follower.process("COMPANY").set("x", [], "v");
    await closeAll(primary, follower);
  });
});
