/** A database with data is added to a running mirror, the way an administrator does it: its file is
 *  copied to the other members, activated and caught up. Real stores, sockets and files. */

import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { arrives, hasStatus, Party } from "./testing/pair.ts";
import type { TestMember } from "./testing/member.ts";
import { eventually, testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

const file = (member: TestMember): string => `${member.databasePlace}IRIS.DAT`;

/** Status words of the databases of a member. */
const statuses = (member: TestMember): string[] =>
  member.opened.mirror.copies.rows().map(({ name, status }) => `${name} ${status}`);

/** A pair whose primary has a database that held data before it was mirrored, and a DR async. */
async function withExistingData(): Promise<[TestMember, TestMember, TestMember]> {
  const a = await party.guest("A");
  const b = await party.guest("B");
  const c = await party.guest("C");
  await a.createMirror({ QOSTimeout: "2000" });
  await b.join(a);
  await hasStatus(b, "BACKUP");
  await c.join(a, "disasterRecovery");
  await hasStatus(c, "CONNECTED");
  await a.addDatabaseWithData("old", "1");
  for (const member of [b, c]) {
    await eventually("it is missing", () => member.opened.mirror.copies.missing().length === 1);
  }
  return [a, b, c];
}

/** Dismounts at the source, copies the file, mounts both again. */
async function copyDismounted(from: TestMember, to: TestMember): Promise<void> {
  to.configureDatabase();
  await from.opened.dismount(from.databasePlace);
  copyFileSync(file(from), file(to));
  await from.opened.mount(from.databasePlace);
  await to.opened.mount(to.databasePlace);
}

async function activateAndCatchUp(member: TestMember): Promise<void> {
  const { mirroredDatabases } = member.opened;
  await mirroredDatabases.activate(member.databasePlace);
  expect(await mirroredDatabases.catchUp([member.databasePlace])).toEqual([]);
}

describe("a database with data that is added to a mirror", () => {
  it("is copied to the backup and the async, activated and caught up, and follows", async () => {
    const [a, b, c] = await withExistingData();
    await expect(b.createDatabase()).rejects.toThrow("#2105");
    for (const member of [b, c]) {
      await copyDismounted(a, member);
      expect(statuses(member)).toEqual(["COMPANY Needs Activation"]);
      await a.write(`while ${member.name} waits`, "2");
      await activateAndCatchUp(member);
      expect(statuses(member)).toEqual(["COMPANY Dejournaling"]);
      expect(member.opened.mirror.copies.missing()).toEqual([]);
      await arrives(member, "old", "1");
      await arrives(member, `while ${member.name} waits`, "2");
    }
    expect(statuses(a)).toEqual(["COMPANY Normal"]);
    await a.write("later", "3");
    for (const member of [b, c]) await arrives(member, "later", "3");
    await a.killInstance();
    await hasStatus(b, "PRIMARY");
    expect([b.read("old"), b.read("later")]).toEqual(["1", "3"]);
    expect(statuses(b)).toEqual(["COMPANY Normal"]);
  });

  it("is copied while frozen, under writes, and from a member that is caught up", async () => {
    const [a, b, c] = await withExistingData();
    b.configureDatabase();
    await a.opened.freeze();
    await a.write("during the freeze", "1");
    copyFileSync(file(a), file(b));
    await a.opened.thaw();
    await b.opened.mount(b.databasePlace);
    await activateAndCatchUp(b);
    await arrives(b, "during the freeze", "1");

    await copyDismounted(b, c);
    await a.write("after", "2");
    await activateAndCatchUp(c);
    for (const member of [b, c]) await arrives(member, "after", "2");
    expect([statuses(b), statuses(c)]).toEqual([
      ["COMPANY Dejournaling"],
      ["COMPANY Dejournaling"],
    ]);
  });
});

describe("a wrong copy", () => {
  it("that is older than the journals that are left is refused, and a newer one is taken", async () => {
    const [a, b] = await withExistingData();
    await copyDismounted(a, b);
    await a.write("after the copy", "2");
    await a.stopInstance(false);
    await a.startInstance();
    await hasStatus(a, "PRIMARY");
    await hasStatus(b, "BACKUP");
    b.purgeAllJournal();
    const { mirroredDatabases } = b.opened;
    await mirroredDatabases.activate(b.databasePlace);
    const [failure] = await mirroredDatabases.catchUp([b.databasePlace]);
    expect(failure?.error.message).toMatch(/^ERROR #2000: Journal file #1 for database 'COMPANY'/);
    expect(statuses(b)).toEqual(["COMPANY Needs Catchup"]);
    await a.write("not skipped", "3");
    expect([b.read("old"), b.read("not skipped")]).toEqual(["1", undefined]);

    await b.opened.dismount(b.databasePlace);
    await copyDismounted(a, b);
    await activateAndCatchUp(b);
    for (const [key, value] of [
      ["after the copy", "2"],
      ["not skipped", "3"],
    ] as const) {
      await arrives(b, key, value);
    }
  });

  it("that is half of a file is refused and changes nothing", async () => {
    const [a, b] = await withExistingData();
    await a.write("much", "x".repeat(200_000));
    b.configureDatabase();
    await a.opened.dismount(a.databasePlace);
    const whole = readFileSync(file(a));
    await a.opened.mount(a.databasePlace);
    for (const part of [0.5, 0.9]) {
      writeFileSync(file(b), whole.subarray(0, Math.floor(whole.length * part)));
      const mounting = b.opened.mount(b.databasePlace);
      await expect(mounting).rejects.toThrow("the file is not whole");
      expect(statuses(b)).toEqual([]);
    }
    writeFileSync(file(b), whole);
    await b.opened.mount(b.databasePlace);
    await activateAndCatchUp(b);
    await arrives(b, "old", "1");
  });

  it("of a database that was never mirrored, or is of another mirror, is refused", async () => {
    const [, b] = await withExistingData();
    const stranger = await party.guest("S");
    b.configureDatabase();
    await stranger.createPlainDatabase();
    await copyDismounted(stranger, b);
    const { mirroredDatabases } = b.opened;
    await expect(mirroredDatabases.activate(b.databasePlace)).rejects.toThrow("#2073");
    const [failure] = await mirroredDatabases.catchUp([b.databasePlace]);
    expect(failure?.error.message).toContain("#2073");
    expect(statuses(b)).toEqual([]);

    await b.opened.dismount(b.databasePlace);
    await stranger.createMirror();
    await stranger.addToMirror();
    await copyDismounted(stranger, b);
    expect(statuses(b)).toEqual(["COMPANY Obsolete"]);
    await expect(mirroredDatabases.activate(b.databasePlace)).rejects.toThrow("#2079");
    expect(b.opened.mirror.copies.missing()).toEqual([]);
  });
});
