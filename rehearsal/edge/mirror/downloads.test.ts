/** A mirrored database that exists on the primary with data is created on other members and fetched
 *  by itself, while writing goes on; and what becomes of it when somebody dies meanwhile. Real
 *  stores, sockets and files in one process: not proven here is the speed of a network. */

import { readdirSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DownloadTarget } from "../../storage/download-target.ts";
import { StatusError } from "../../storage/status-error.ts";
import { Connection } from "./connection.ts";
import type { TestMember } from "./testing/member.ts";
import { arrives, hasStatus, logs, Party } from "./testing/pair.ts";
import { eventually, testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(async () => {
  vi.restoreAllMocks();
  await party.end();
});

const newest = "2026.1";

/** Several pieces of the wire. */
const large = "x".repeat(1_500_000);

/** The status word of the only database of a member. */
const status = (member: TestMember): string =>
  member.opened.mirror.copies.rows().map((row) => row.status)[0] ?? "none";

async function becomes(member: TestMember, word: string): Promise<void> {
  await eventually(
    `the database on ${member.name} is ${word}`,
    () => status(member) === word,
    () => `${status(member)}\n${member.log.join("\n")}`,
  );
}

const files = (member: TestMember): string[] => readdirSync(member.databasePlace);

/** Every node of ^x. */
function allOf(member: TestMember): [string, string | undefined][] {
  const { globals } = member.opened.process({ jobNumber: 3, namespace: "COMPANY" });
  const found: [string, string | undefined][] = [];
  let next = globals.query({ name: "x", subscripts: [] }, 1);
  for (; next !== undefined; next = globals.query({ name: "x", ...next }, 1)) {
    found.push([next.subscripts.join(), next.value]);
  }
  return found;
}

/** Writes until it is told to stop; all of it was acknowledged. */
function writingOn(member: TestMember): { stop(): Promise<number> } {
  const wish = { isOver: false };
  const work = (async () => {
    let count = 0;
    for (; !wish.isOver; count++) await member.write(`during ${count}`, String(count));
    return count;
  })();
  return {
    stop: async () => {
      wish.isOver = true;
      return work;
    },
  };
}

async function knows(member: TestMember): Promise<void> {
  await eventually(
    `${member.name} knows the database`,
    () => member.opened.mirror.copies.missing().length === 1,
  );
}

/** A pair; the primary has a database that held data before it was mirrored. */
async function withData(release = newest): Promise<[TestMember, TestMember]> {
  const a = await party.guest("A", release);
  const b = await party.guest("B", release);
  await a.createMirror({ QOSTimeout: "2000" });
  await b.join(a);
  await hasStatus(b, "BACKUP");
  await a.addDatabaseWithData("old", large);
  await knows(b);
  return [a, b];
}

/** Calls this once, when so many pieces were written; what comes behind it waits until the returned
 *  function is called. */
function interruptAfter(pieces: number, action: () => void): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const write = Reflect.get(DownloadTarget.prototype, "write");
  let seen = 0;
  vi.spyOn(DownloadTarget.prototype, "write").mockImplementation(async function (
    this: DownloadTarget,
    bytes,
  ) {
    seen += 1;
    if (seen === pieces) {
      action();
      await held;
    }
    await write.call(this, bytes);
  });
  return release;
}

describe("a database with data that is created on other members", () => {
  it("is downloaded by backup and async while writing goes on, and follows", async () => {
    const [a, b] = await withData();
    const c = await party.guest("C", newest);
    await c.join(a, "disasterRecovery");
    await hasStatus(c, "CONNECTED");
    await knows(c);
    const writing = writingOn(a);
    for (const member of [b, c]) {
      await member.createDatabase();
      await becomes(member, "Dejournaling");
      expect(member.opened.mirror.copies.missing()).toEqual([]);
    }
    expect(await writing.stop()).toBeGreaterThan(1);
    await a.write("last", "1");
    for (const member of [b, c]) {
      await arrives(member, "last", "1");
      expect(allOf(member)).toEqual(allOf(a));
      expect(files(member).filter((name) => name.includes("download"))).toEqual([]);
    }
    expect(a.log.join("\n")).toContain("Sending COMPANY to B");
    await a.killInstance();
    await hasStatus(b, "PRIMARY");
    await b.write("on the new primary", "2");
    await arrives(c, "on the new primary", "2");
    expect(allOf(c)).toEqual(allOf(b));
  });

  it("comes from the backup where the primary itself has none", async () => {
    const [a, b] = await withData();
    const release = interruptAfter(2, () => undefined);
    await b.createDatabase();
    await becomes(b, "Downloading");
    const c = await party.guest("C", newest);
    release();
    await becomes(b, "Dejournaling");
    await c.join(a, "disasterRecovery");
    await hasStatus(c, "CONNECTED");
    await knows(c);
    await a.opened.dismount(a.databasePlace);
    await c.createDatabase();
    await becomes(c, "Dejournaling");
    expect(b.log.join("\n")).toContain("Sending COMPANY to C");
    await a.opened.mount(a.databasePlace);
    await a.write("last", "1");
    await arrives(c, "last", "1");
    expect(allOf(c)).toEqual(allOf(a));
  });

  it("is refused with 2105 where no valid copy can be reached", async () => {
    const [a, b] = await withData();
    await a.opened.dismount(a.databasePlace);
    await expect(b.createDatabase()).rejects.toThrow("#2105");
    expect(files(b)).toEqual([]);
  });
});

describe("a download that is interrupted", () => {
  it("by the death of the taking member begins again after its start", async () => {
    const [a, b] = await withData();
    const killed = new Promise<void>((resolve) => {
      const release = interruptAfter(3, () => {
        void b.killInstance().then(resolve);
        release();
      });
    });
    await b.createDatabase();
    await killed;
    await a.write("meanwhile", "1");
    await b.startInstance();
    await hasStatus(b, "BACKUP");
    await becomes(b, "Dejournaling");
    await arrives(b, "meanwhile", "1");
    expect(allOf(b)).toEqual(allOf(a));
    expect(files(b).filter((name) => name.includes("download"))).toEqual([]);
  });

  it("by the death of the giving primary begins again with it, and nothing half stays", async () => {
    const [a, b] = await withData();
    const killed = new Promise<void>((resolve) => {
      const release = interruptAfter(3, () => {
        void a.killInstance().then(resolve);
        release();
      });
    });
    await b.createDatabase();
    await killed;
    await hasStatus(b, "PRIMARY");
    // The mirror goes on without this database, which nobody can write to.
    expect(status(b)).toBe("Needs Download");
    await expect(b.write("x", "1")).rejects.toThrow("<PROTECT>");
    await a.startInstance();
    await hasStatus(a, "BACKUP");
    await becomes(b, "Normal");
    await b.write("later", "2");
    await arrives(a, "later", "2");
    expect(allOf(b)).toEqual(allOf(a));
    expect(b.read("old")).toBe(large);
    expect(files(b).filter((name) => name.includes("download"))).toEqual([]);
  });

  it("by a full disk says so, leaves nothing, and is tried again", async () => {
    const [a, b] = await withData();
    const full = vi
      .spyOn(DownloadTarget.prototype, "write")
      .mockRejectedValue(new Error("ENOSPC: no space left on device, write"));
    await b.createDatabase();
    await logs(b, "Download of COMPANY waits: A: ENOSPC");
    await eventually("nothing is left", () => !files(b).some((name) => name.includes("download")));
    full.mockRestore();
    await becomes(b, "Dejournaling");
    expect(allOf(b)).toEqual(allOf(a));
  });

  it("by bytes that were damaged on the way is not believed", async () => {
    const [a, b] = await withData();
    const send = Reflect.get(Connection.prototype, "sendPiece");
    vi.spyOn(Connection.prototype, "sendPiece").mockImplementationOnce(function (
      this: Connection,
      at,
      bytes,
    ) {
      send.call(this, at, Buffer.alloc(bytes.length));
    });
    await b.createDatabase();
    await logs(b, "Download of COMPANY waits: A: the bytes that arrived");
    await becomes(b, "Dejournaling");
    expect(allOf(b)).toEqual(allOf(a));
  });

  it("by a person who takes the copy out of the mirror ends", async () => {
    const [, b] = await withData();
    const release = interruptAfter(2, () => undefined);
    await b.createDatabase();
    await becomes(b, "Downloading");
    await b.opened.mirroredDatabases.remove(b.databasePlace);
    release();
    await eventually("nothing is left", () => !files(b).some((name) => name.includes("download")));
    expect([status(b), b.read("old")]).toEqual(["none", undefined]);
  });
});

describe("release 2022.1", () => {
  it("downloads nothing and gives nothing", async () => {
    const [a, b] = await withData("2022.1");
    await expect(b.createDatabase()).rejects.toThrow(StatusError);
    await expect(b.createDatabase()).rejects.toThrow("#2105");
    const c = await party.guest("C", newest);
    await c.join(a, "disasterRecovery");
    await hasStatus(c, "CONNECTED");
    await knows(c);
    await expect(c.createDatabase()).rejects.toThrow("#2105");
  });
});
