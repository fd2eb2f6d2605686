/** Purging mirror journals, and what becomes of a member that would have needed them. */

import { copyFileSync, mkdirSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { TestMember } from "./testing/member.ts";
import { arrives, hasStatus, logs, Party } from "./testing/pair.ts";
import { eventually, testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

const oldest = (member: TestMember): number | undefined =>
  member.opened.mirror.journal?.oldest.file;

/** As `SYS.Mirror.PurgeJournalFiles(0)`. */
async function purge(member: TestMember): Promise<string[]> {
  const { mirror } = member.opened;
  const needed = member.running.journalNeededByOthers() ?? mirror.journal?.durable;
  return needed === undefined ? [] : mirror.purgeJournal(needed);
}

/** The primary is started again: it begins a new journal file. */
async function beginFile(primary: TestMember, ...followers: TestMember[]): Promise<void> {
  await primary.stopInstance(false);
  await primary.startInstance();
  await hasStatus(primary, "PRIMARY");
  for (const member of followers) {
    await eventually(`${member.name} is back`, () =>
      ["BACKUP", "CONNECTED"].includes(member.view.status),
    );
  }
}

describe("purging the mirror's journal on the primary", () => {
  it("waits for every member that is connected or away for less than 14 days", async () => {
    const [a, b, c] = await party.trio();
    await c.killHost();
    await a.write("C is away", "1");
    await beginFile(a, b);
    await arrives(b, "C is away", "1");
    expect([await purge(a), oldest(a)]).toEqual([[], 1]);

    await c.start();
    await arrives(c, "C is away", "1");
    await eventually("nobody needs the first file", () => {
      const needed = a.running.journalNeededByOthers();
      return needed !== undefined && needed.file > 1;
    });
    expect(await purge(a)).toHaveLength(1);
    expect(oldest(a)).toBe(2);
    await logs(a, "Purged mirror journal file ");
    await a.write("later", "2");
    for (const member of [b, c]) await arrives(member, "later", "2");
  });

  it("waits for the databases here, a dismounted one too", async () => {
    const a = await party.guest("A");
    await a.createMirror();
    await a.createDatabase();
    await a.write("first", "1");
    await beginFile(a);
    await a.opened.dismount(a.databasePlace);
    // The journal goes on to a third file while the database rests in the second.
    const other = `${a.directory}other/`;
    mkdirSync(other);
    await a.opened.mirroredDatabases.create({ directory: other, name: "OTHER" });
    const { journal } = a.opened.mirror;
    if (journal?.header === undefined) throw new Error("no journal");
    journal.beginFile(journal.header);
    await journal.flush();
    expect(await purge(a)).toHaveLength(1);
    expect(oldest(a)).toBe(2);
    await a.opened.mount(a.databasePlace);
    expect(a.opened.mirror.copies.rows()[0]?.status).toBe("Normal");
  });

  it("is refused on a DR async while another async may need the files", async () => {
    const [a, , c] = await party.trio();
    expect(() => c.running.journalNeededByOthers()).not.toThrow();
    const d = await party.guest("D");
    await d.join(a, "disasterRecovery");
    await hasStatus(d, "CONNECTED");
    await eventually("C knows D", () => c.view.configuration?.members.length === 4);
    expect(() => c.running.journalNeededByOthers()).toThrow("not simulated: purging");
  });
});

describe("a member that needs journal files that were purged", () => {
  it("says so, skips nothing, and is rebuilt by a copy", async () => {
    const [a, b, c] = await party.trio();
    await arrives(c, "first", "1");
    await c.killHost();
    await a.write("C is away", "1");
    await beginFile(a, b);
    await arrives(b, "C is away", "1");
    // As after more than 14 days.
    await eventually("the databases here are in the second file", () => {
      void a.opened.mirror.purgeJournal({ file: 2, offset: 0 });
      return oldest(a) === 2;
    });

    await c.start();
    await logs(c, "The journal files it needs are not there any more");
    await a.write("not skipped", "2");
    await arrives(b, "not skipped", "2");
    expect([c.read("C is away"), c.read("not skipped")]).toEqual([undefined, undefined]);

    // Source: GHA_mirror_manage 5.7: leave with the databases marked, join again, copy, activate.
    await c.running.removeConfiguration();
    await c.opened.mirror.closeJournal();
    c.opened.mirror.removeJournals("MIR");
    await c.join(a, "disasterRecovery");
    await hasStatus(c, "CONNECTED");
    await c.opened.dismount(c.databasePlace);
    await b.opened.dismount(b.databasePlace);
    mkdirSync(c.databasePlace, { recursive: true });
    copyFileSync(`${b.databasePlace}IRIS.DAT`, `${c.databasePlace}IRIS.DAT`);
    await b.opened.mount(b.databasePlace);
    await c.opened.mount(c.databasePlace);
    await c.opened.mirroredDatabases.activate(c.databasePlace);
    expect(await c.opened.mirroredDatabases.catchUp([c.databasePlace])).toEqual([]);
    await a.write("at last", "3");
    for (const [key, value] of [
      ["C is away", "1"],
      ["not skipped", "2"],
      ["at last", "3"],
    ] as const) {
      await arrives(c, key, value);
    }
  });
});
