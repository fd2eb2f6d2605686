import { existsSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { closeAll, memberPair, TestMember } from "./testing/members.ts";
import { temporaryDirectory } from "./testing/places.ts";

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

  test("one removed on the primary is orphaned elsewhere until removed there", async () => {
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
    const [failure] = await follower.store.mirroredDatabases.catchUp([directory]);
    expect(failure?.error.message).toContain("#2073");
    await expect(follower.store.deleteDatabase(directory)).rejects.toThrow("#318");
    await follower.store.mirroredDatabases.remove(directory);
    expect(follower.process("COMPANY").get("x")).toBe("stays");
    await follower.store.deleteDatabase(directory);
    expect(existsSync(`${directory}IRIS.DAT`)).toBe(false);
    await closeAll(primary, follower);
  });

  test("one removed and added again has another identity: old copies are obsolete", async () => {
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

  test("catching one up leaves the others as they are", async () => {
    const [primary, follower] = await memberPair();
    await primary.mirrored("PERSONAL");
    await follower.follow(primary);
    const personal = await follower.mirrored("PERSONAL");
    await follower.store.dismount(personal);
    for (const name of ["COMPANY", "PERSONAL"]) {
      await primary.process(name).set("x", [], "first");
      await primary.process(name).set("x", [], "second");
    }
    await primary.settle();
    await follower.follow(primary);
    const company = follower.store.databases.require(follower.databaseDirectory("COMPANY"));
    const set = vi.spyOn(company.nodes, "set");
    await follower.store.mount(personal);
    expect(follower.process("PERSONAL").get("x")).toBe("second");
    expect(set).not.toHaveBeenCalled();
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

  test("a reporting copy may take both: its own writes and the mirror's", async () => {
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
