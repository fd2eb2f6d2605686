/** A DR async beside a failover pair, in one process, with real stores, sockets and files. */

import { afterEach, describe, expect, it, vi } from "vitest";
import type { TestMember } from "./testing/member.ts";
import { arrives, hasStatus, Party, refusalOf } from "./testing/pair.ts";
import { eventually, testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

const rows = (member: TestMember) =>
  member.view.members.map(({ name, type, status }) => `${name} ${type} ${status}`);

describe("a DR async", () => {
  it.for(["primary", "backup"] as const)("joins through the %s and follows", async (through) => {
    const [a, b, c] = await party.trio(through);
    await a.write("k", "1");
    await arrives(c, "k", "1");
    await arrives(c, "first", "1");

    expect(c.view).toMatchObject({
      isMember: 2,
      isConnectedAsync: true,
      memberType: "Disaster Recovery",
      qlistStatus: "Connected",
    });
    await expect(c.write("wrong", "1")).rejects.toThrow("<PROTECT>");
    const expected = ["A Failover Primary", "B Failover Backup", "C Disaster Recovery Connected"];
    for (const member of [a, b, c]) {
      await eventually(
        `${member.name} shows all`,
        () => rows(member).join() === expected.join(),
        () => rows(member).join(),
      );
    }
    expect(c.opened.mirror.copies.rows()[0]?.status).toBe("Dejournaling");
  });

  it("delays no acknowledgement while it is away, and catches up when it is back", async () => {
    const [a, , c] = await party.trio();

    await c.killHost();
    await a.write("meanwhile", "1");
    expect(a.view.memberStatus).toEqual(["Primary"]);

    await c.start();
    await hasStatus(c, "CONNECTED");
    await arrives(c, "meanwhile", "1");
  });

  it("follows the new primary after a failover, and never becomes primary itself", async () => {
    const [a, b, c] = await party.trio();

    await a.killInstance();
    await hasStatus(b, "PRIMARY");
    await hasStatus(c, "CONNECTED");
    await b.write("next", "2");
    await arrives(c, "next", "2");

    await b.killHost();
    await hasStatus(c, "WAITING");
    expect(c.view.isPrimary).toBe(false);
    await b.start();
    await hasStatus(b, "PRIMARY");
    await hasStatus(c, "CONNECTED");
  });

  it("gets nothing that an active backup does not have", async () => {
    const [a, b, c] = await party.trio();
    await arrives(c, "first", "1");

    const { journal } = b.opened.mirror;
    if (journal === undefined) throw new Error("B has no journal");
    const flush = journal.flush.bind(journal);
    const disk = Promise.withResolvers<undefined>();
    vi.spyOn(journal, "flush").mockImplementation(() => disk.promise.then(flush));
    const written = a.write("tail", "1");
    // B has it in memory, so whatever was sent to C at the same time is there too.
    await eventually("B received it", () => journal.end.offset > journal.durable.offset);
    expect(c.opened.mirror.journal?.end).toEqual(journal.durable);
    disk.resolve(undefined);
    await written;
    await arrives(c, "tail", "1");
  });

  it("stops and starts, also over a restart; stays a member that is Down meanwhile", async () => {
    const [a, , c] = await party.trio();

    expect(await refusalOf(c.running.setNoFailover())).toBe(2081);
    await c.running.stopMirror("MIR");
    await c.stopInstance();
    await c.startInstance();
    expect(c.view.status).toBe("STOPPED");
    expect(rows(a)[2]).toBe("C Disaster Recovery Down");
    await c.running.startMirror("MIR");
    await hasStatus(c, "CONNECTED");
  });

  it("leaves the mirror; its files say what it was before", async () => {
    const [a, b, c] = await party.trio();
    const { configuration } = c.opened;
    const own = configuration.entries("MirrorMember");
    expect(Object.fromEntries(own.map(({ key, value }) => [key, value]))).toMatchObject({
      AsyncMemberGUID: c.opened.guid,
      AsyncMemberType: "0",
    });
    expect(configuration.entries("MapMirrors.MIR")[2]?.value).toMatch(
      /,2,127\.0\.0\.1,\d+,,0,,0,0$/,
    );

    await c.running.removeConfiguration();
    expect(c.view.status).toBe("NOTINIT");
    for (const member of [a, b]) {
      await eventually("C is off the list", () => member.view.members.length === 2);
    }
  });

  it("keeps nobody from starting: the failover members do not ask it", async () => {
    const [a, b, c] = await party.trio();
    await b.stopInstance();
    await a.stopInstance();

    await Promise.all([a.startInstance(), b.startInstance()]);
    await hasStatus(a, "PRIMARY");
    await hasStatus(b, "BACKUP");
    await hasStatus(c, "CONNECTED");
  });
});

describe("joining as an async", () => {
  it("is refused to a member of a mirror, and under a taken name", async () => {
    const [a, b] = await party.pair();
    const c = await party.guest("B");

    expect(await refusalOf(b.join(a, "disasterRecovery"))).toBe(2101);
    expect(await refusalOf(c.join(a, "disasterRecovery"))).toBe(2033);
  });
});
