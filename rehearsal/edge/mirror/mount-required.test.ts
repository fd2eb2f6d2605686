/** A database marked MountRequired=1 is a condition of the primary role; one that is not marked is
 *  none. Real stores, sockets and files. */

import { rmSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { TestMember } from "./testing/member.ts";
import { hasStatus, logs, Party } from "./testing/pair.ts";
import { testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

const file = (member: TestMember): string => `${member.databasePlace}IRIS.DAT`;

/** A pair with the database; that of B is spoilt while B is down, and B follows without it. */
async function withSpoiltCopy(
  isRequired: boolean,
  spoil: (path: string) => void,
): Promise<[TestMember, TestMember, string]> {
  const [a, b] = await party.pair();
  b.configureDatabase(isRequired);
  await b.stopInstance();
  const saved = b.saveVolume();
  for (const suffix of ["-wal", "-shm"]) rmSync(`${file(b)}${suffix}`, { force: true });
  spoil(file(b));
  await b.startInstance();
  await hasStatus(b, "BACKUP");
  return [a, b, saved];
}

const damage = (path: string): void => writeFileSync(path, "not a database at all".repeat(1000));
const lose = (path: string): void => rmSync(path);
const refusal = "This member does not become primary: database COMPANY";

describe.for([
  { how: "damaged", spoil: damage },
  { how: "missing", spoil: lose },
])("a backup whose database is $how", ({ spoil }) => {
  it("does not become primary where it is required, says why, and does once it is there", async () => {
    const [a, b, saved] = await withSpoiltCopy(true, spoil);
    await a.killInstance();
    await logs(b, refusal);
    const lines = b.log.filter((line) => line.includes(refusal));
    expect(lines).toEqual([
      `2 [Utility.Event] ${refusal} (${b.databasePlace}) has MountRequired=1 and is not mounted: ` +
        "repair IRIS.DAT and mount it, or clear MountRequired",
    ]);
    expect(b.view.isPrimary).toBe(false);
    expect(b.opened.mirror.access.kind).toBe("readOnly");

    b.restoreVolume(saved, "company/");
    await b.opened.mount(b.databasePlace);
    await hasStatus(b, "PRIMARY");
    expect(b.read("first")).toBe("1");
    expect(b.log.filter((line) => line.includes(refusal))).toHaveLength(1);
  });

  it("becomes primary without it where it is not required", async () => {
    const [a, b] = await withSpoiltCopy(false, spoil);
    await a.killInstance();
    await hasStatus(b, "PRIMARY");
    expect(b.log.filter((line) => line.includes(refusal))).toEqual([]);
    expect(() => b.read("first")).toThrow("<DIRECTORY>");
  });
});

describe("a planned stop", () => {
  it("does not make a backup primary that lacks a required database; clearing the mark does", async () => {
    const [a, b] = await withSpoiltCopy(true, lose);
    await a.stopInstance();
    await logs(b, refusal);
    expect(b.view.isPrimary).toBe(false);

    b.configureDatabase(false);
    await hasStatus(b, "PRIMARY");
  });
});
