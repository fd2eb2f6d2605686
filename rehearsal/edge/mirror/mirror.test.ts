/** Two members in one process, with real stores, sockets and files. What it does not show: other
 *  hosts, and processes that die as a whole. */

import { copyFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { TestMember } from "./testing/member.ts";
import { arrives, hasStatus, logs, Party } from "./testing/pair.ts";
import { eventually, testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

describe("a failover pair", () => {
  it("forms, and what is written on the primary arrives on the backup", async () => {
    const [a, b] = await party.pair();

    await arrives(b, "first", "1");
    expect(a.view.status).toBe("PRIMARY");
    expect(a.view.failoverMembers().other?.status).toBe("Active");
    expect(b.view.failoverMembers()).toMatchObject({
      this: { name: "B", role: "Backup", status: "Active" },
      other: { name: "A", role: "Primary", status: "Active" },
    });
  });

  it("refuses writes on the backup", async () => {
    const [, b] = await party.pair();

    await expect(b.write("wrong", "1")).rejects.toThrow("<PROTECT>");
  });

  it("hands over when the primary is stopped, and nothing is missing", async () => {
    const [a, b] = await party.pair();
    for (let key = 1; key <= 20; key++) await a.write(`k${key}`, String(key));

    await a.stopInstance();
    await hasStatus(b, "PRIMARY");
    expect(b.read("k20")).toBe("20");
    await b.write("later", "2");

    await a.startInstance();
    await hasStatus(a, "BACKUP");
    await arrives(a, "later", "2");
  });

  it("does not hand over when no failover is set, and clears it at the restart", async () => {
    const [a, b] = await party.pair();

    await b.running.setNoFailover();
    await eventually("A knows", () => a.view.configuration?.definedPrimary === "A");
    await a.stopInstance();
    await logs(b, "AckDaemon");
    expect(b.view.status).not.toBe("PRIMARY");

    await a.startInstance();
    await hasStatus(a, "PRIMARY");
    await hasStatus(b, "BACKUP");
    expect(b.view.configuration?.definedPrimary).toBeUndefined();
  });

  it("does not hand over when it is stopped without failover, whatever its agent says", async () => {
    const [a, b] = await party.pair();

    await a.stopInstance(false);
    await logs(b, "no failover is set");
    expect(b.view.status).not.toBe("PRIMARY");

    await a.startInstance();
    await hasStatus(a, "PRIMARY");
    await hasStatus(b, "BACKUP");
    expect(b.view.configuration?.definedPrimary).toBeUndefined();
  });

  it("goes on without its backup when that one is stopped, and takes it in again", async () => {
    const [a, b] = await party.pair();

    await b.stopInstance();
    await a.write("alone", "1");
    expect(a.view.status).toBe("PRIMARY");

    await b.startInstance();
    await hasStatus(b, "BACKUP");
    await arrives(b, "alone", "1");
  });

  it("waits in trouble for a backup that died, then goes on without it", async () => {
    const [a, b] = await party.pair();

    await b.killHost();
    await eventually("trouble", () => a.view.memberStatus[1] === "Trouble");
    await a.write("after", "1");
    expect(a.view.memberStatus).toEqual(["Primary"]);

    await b.start();
    await hasStatus(b, "BACKUP");
    await arrives(b, "after", "1");
  });
});

describe("a primary that dies", () => {
  it("is followed by its backup when its agent says that it is down", async () => {
    const [a, b] = await party.pair();
    await a.write("last", "1");

    await a.killInstance();
    await hasStatus(b, "PRIMARY");
    expect(b.read("last")).toBe("1");
    await b.write("next", "2");

    await a.startInstance();
    await hasStatus(a, "BACKUP");
    await arrives(a, "next", "2");
  });

  it("is followed by nobody when its agent died with it and there is no arbiter (trap 3)", async () => {
    const [a, b] = await party.pair();

    await a.killHost();
    await logs(b, "Failed to contact agent on former primary, can't take over");
    expect(b.view.status).toBe("WAITING");

    await a.start();
    await hasStatus(a, "PRIMARY");
    await hasStatus(b, "BACKUP");
  });
});

describe("a restart", () => {
  it("of both finds one primary and all data", async () => {
    const [a, b] = await party.pair();
    await b.stopInstance();
    await a.write("only on A", "1");
    await a.stopInstance();

    await Promise.all([a.startInstance(), b.startInstance()]);
    await hasStatus(a, "PRIMARY");
    await hasStatus(b, "BACKUP");
    await arrives(b, "only on A", "1");
  });

  it("of one member alone leaves it waiting while the other's agent is silent (trap 4)", async () => {
    const [a, b] = await party.pair();
    await b.killHost();
    await a.killInstance();

    await a.startInstance();
    await hasStatus(a, "WAITING");
    await logs(a, "Failed to become either Primary or Backup at startup");
    await expect(a.write("wrong", "1")).rejects.toThrow("<PROTECT>");

    await b.startAgent();
    await hasStatus(a, "PRIMARY");
  });

  it("of the backup alone fetches the newer journal from the primary's agent", async () => {
    const [a, b] = await party.pair();
    await b.stopInstance();
    await a.write("only on A", "1");
    await a.killInstance();

    await b.startInstance();
    await hasStatus(b, "PRIMARY");
    expect(b.read("only on A")).toBe("1");
  });
});

describe("a member that left the history", () => {
  /** A went on alone and was put back to before that; its later volume is still there. */
  async function forked(): Promise<{
    a: TestMember;
    b: TestMember;
    earlier: string;
    later: string;
  }> {
    const [a, b] = await party.pair();
    await arrives(b, "first", "1");
    await b.stopInstance();
    await a.stopInstance();
    const earlier = a.saveVolume();
    await a.startInstance();
    await hasStatus(a, "PRIMARY");
    await a.write("elsewhere", "1");
    await a.stopInstance();
    const later = a.saveVolume();
    a.restoreVolume(earlier);
    await Promise.all([a.startInstance(), b.startInstance()]);
    await hasStatus(a, "PRIMARY");
    await hasStatus(b, "BACKUP");
    await a.stopInstance();
    await hasStatus(b, "PRIMARY");
    return { a, b, earlier, later };
  }

  it("says so, stops, and is rebuilt by a copy, when its databases went along", async () => {
    const { a, b, later } = await forked();

    a.restoreVolume(later);
    await a.startInstance();
    await logs(a, "This member has detected that its data is inconsistent with the mirror MIR");
    expect(a.view.status).toBe("WAITING");
    expect(a.opened.mirror.copies.rows()[0]?.status).toBe("Dejournaling Stopped");

    // Source: GHA_mirror_manage 5.7: leave with the databases marked, join again, copy, activate.
    await a.running.removeConfiguration();
    await a.opened.mirror.closeJournal();
    a.opened.mirror.removeJournals("MIR");
    await a.join(b);
    await hasStatus(a, "BACKUP");
    await a.opened.dismount(a.databasePlace);
    await b.opened.dismount(b.databasePlace);
    copyFileSync(`${b.databasePlace}IRIS.DAT`, `${a.databasePlace}IRIS.DAT`);
    await b.opened.mount(b.databasePlace);
    await a.opened.mount(a.databasePlace);
    await a.opened.mirroredDatabases.activate(a.databasePlace);
    expect(await a.opened.mirroredDatabases.catchUp([a.databasePlace])).toEqual([]);
    expect(a.opened.mirror.copies.rows()[0]?.status).toBe("Dejournaling");
    await b.write("after the rebuilding", "1");
    await arrives(a, "after the rebuilding", "1");
    expect(a.read("elsewhere")).toBeUndefined();
  });

  it("forgets that part of its journal and follows, when its databases did not", async () => {
    const { a, earlier, later } = await forked();

    a.restoreVolume(later, "mgr/journal");
    a.restoreVolume(earlier, "company");
    await a.startInstance();
    await hasStatus(a, "BACKUP");
    await arrives(a, "first", "1");
    expect(a.read("elsewhere")).toBeUndefined();
  });
});
