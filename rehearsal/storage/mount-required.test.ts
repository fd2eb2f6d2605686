import { copyFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { addDatabases } from "./testing/instances.ts";
import { closeAll, memberPair, type TestMember } from "./testing/members.ts";

/** This database of a member is marked MountRequired=1. */
function mark({ store }: TestMember, name: string, directory: string): void {
  store.configuration.set("Databases", name, `${directory},,1`);
  store.configuration.save();
}

const clear = (member: TestMember): void =>
  member.store.configuration.set("Databases", "COMPANY", member.databaseDirectory("COMPANY"));

describe("a database that is marked MountRequired=1", () => {
  test("must be mounted, and is not mounted by asking", async () => {
    const [primary, follower] = await memberPair();
    const directory = follower.databaseDirectory("COMPANY");
    mark(follower, "COMPANY", directory);
    expect(follower.store.unmetRequirements()).toEqual([]);

    await follower.store.dismount(directory);
    const sentence =
      `database COMPANY (${directory}) has MountRequired=1 and is not mounted: ` +
      "repair IRIS.DAT and mount it, or clear MountRequired";
    expect(follower.store.unmetRequirements()).toEqual([sentence]);
    expect(follower.statuses()).toEqual({ COMPANY: "Database Dismounted" });
    clear(follower);
    expect(follower.store.unmetRequirements()).toEqual([]);
    await closeAll(primary, follower);
  });

  test("must be activated and caught up where it is mirrored", async () => {
    const [primary, follower] = await memberPair();
    const directory = follower.databaseDirectory("COMPANY");
    mark(follower, "COMPANY", directory);
    await primary.store.dismount(primary.databaseDirectory("COMPANY"));
    await follower.store.dismount(directory);
    copyFileSync(`${primary.databaseDirectory("COMPANY")}IRIS.DAT`, `${directory}IRIS.DAT`);
    await primary.store.mount(primary.databaseDirectory("COMPANY"));
    await follower.store.mount(directory);
    const unmet = (): string => follower.store.unmetRequirements().join();
    expect(unmet()).toContain("is not activated: activate it and catch it up");

    await follower.store.mirroredDatabases.activate(directory);
    expect(unmet()).toContain("is not caught up");
    expect(await follower.store.mirroredDatabases.catchUp([directory])).toEqual([]);
    expect(unmet()).toBe("");
    await closeAll(primary, follower);
  });

  test("needs nothing else where it is not mirrored", async () => {
    const [primary, follower] = await memberPair();
    await addDatabases(follower.store, follower.directory, "PLAIN");
    const directory = follower.databaseDirectory("PLAIN");
    mark(follower, "PLAIN", directory);
    expect(follower.store.unmetRequirements()).toEqual([]);
    await follower.store.dismount(directory);
    expect(follower.store.unmetRequirements()).toHaveLength(1);
    await closeAll(primary, follower);
  });

  test("and damaged does not keep a member of a mirror from starting", async () => {
    const [primary, follower] = await memberPair();
    const directory = follower.databaseDirectory("COMPANY");
    mark(follower, "COMPANY", directory);
    follower.store.configuration.set("Mirrors", "MIR", "");
    follower.store.configuration.save();
    await follower.store.dismount(directory);
    writeFileSync(`${directory}IRIS.DAT`, "not a database at all".repeat(1000));

    await follower.restart();
    expect(follower.instance.messages[0]).toContain("2 ERROR #314: This is not a database");
    expect(follower.store.unmetRequirements()).toHaveLength(1);
    await closeAll(primary, follower);
  });
});
