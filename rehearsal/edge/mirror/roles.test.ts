/** Promotion and demotion, planned: three members in one process. */

import { afterEach, describe, expect, it, vi } from "vitest";
import type { TestMember } from "./testing/member.ts";
import { arrives, hasStatus, Party, refusalOf } from "./testing/pair.ts";
import { eventually, testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

/** Waits until all of them show the same types: `A Failover, B Disaster Recovery, …`. */
async function agree(members: readonly TestMember[], expected: string): Promise<void> {
  for (const member of members) {
    const seen = () => member.view.members.map(({ name, type }) => `${name} ${type}`).join(", ");
    await eventually(`${member.name} shows ${expected}`, () => seen() === expected, seen);
  }
}

const swapped = "A Failover, B Disaster Recovery, C Failover";

describe("a promoted DR async", () => {
  it("becomes the backup, its predecessor a DR async, and takes over like any backup", async () => {
    const [a, b, c] = await party.trio();
    expect(await c.running.roles.promotionOutlook()).toEqual({ unavailable: [], partner: "A" });

    await c.running.roles.promote();
    await hasStatus(c, "BACKUP");
    await hasStatus(b, "CONNECTED");
    await agree([a, b, c], swapped);
    await a.write("k", "1");
    await arrives(b, "k", "1");

    await a.stopInstance();
    await hasStatus(c, "PRIMARY");
    expect(c.read("k")).toBe("1");
    await c.write("next", "2");
    await arrives(b, "next", "2");
    await a.startInstance();
    await hasStatus(a, "BACKUP");
    expect(b.view.status).toBe("CONNECTED");
  });

  it("gets the arbiter's protection, which its predecessor has lost", async () => {
    const arbiter = await party.guest("X");
    const [a, b, c] = await party.trio("primary", { ArbiterNode: arbiter.arbiterNode });
    await eventually("arbiter", () => a.view.failoverMode === "Arbiter Controlled");

    await c.running.roles.promote();
    await hasStatus(c, "BACKUP");
    await eventually("arbiter again", () => c.view.failoverMode === "Arbiter Controlled");
    expect(b.view.failoverMode).toBe("Agent Controlled");

    await a.killHost();
    await hasStatus(c, "PRIMARY");
    await hasStatus(b, "CONNECTED");
    expect(b.view.isPrimary).toBe(false);
  });

  it("may have a predecessor that is away: that one comes back as a DR async", async () => {
    const [a, b, c] = await party.trio();
    await b.killHost();
    await a.write("alone", "1");
    expect(await c.running.roles.promotionOutlook()).toEqual({ unavailable: ["B"], partner: "A" });

    await c.running.roles.promote();
    await hasStatus(c, "BACKUP");
    await a.killInstance();
    await hasStatus(c, "PRIMARY");
    // It still believes to be a failover member, and A's agent would have let it take over.
    await b.start();
    await hasStatus(b, "CONNECTED");
    await agree([b, c], swapped);
  });

  it("is refused where there is no running primary, and to failover members", async () => {
    const [a, b, c] = await party.trio();

    expect(await refusalOf(a.running.roles.promote())).toBe(2117);
    expect(await refusalOf(b.running.roles.promote())).toBe(2117);
    await b.killHost();
    await a.killHost();
    await hasStatus(c, "WAITING");
    expect(await refusalOf(c.running.roles.promote())).toBe(2082);
    expect(await refusalOf(c.running.roles.promotionOutlook())).toBe(2082);
  });

  it("is refused while the primary is in trouble", async () => {
    const [a, b, c] = await party.trio();

    await b.killHost();
    await eventually("trouble", () => a.view.memberStatus[1] === "Trouble");
    expect(await refusalOf(c.running.roles.promote())).toBe(2157);
    expect(c.view.memberType).toBe("Disaster Recovery");
  });
});

describe("a demoted backup", () => {
  it("may go for work on its host: the primary restarts alone; promotion brings it back", async () => {
    const [a, b] = await party.pair();

    await b.running.roles.demote();
    await hasStatus(b, "CONNECTED");
    expect(b.view.memberType).toBe("Disaster Recovery");
    await b.killHost();
    await a.stopInstance();
    await a.startInstance();
    await hasStatus(a, "PRIMARY");
    await a.write("alone", "1");

    await b.start();
    await hasStatus(b, "CONNECTED");
    await b.running.roles.promote();
    await hasStatus(b, "BACKUP");
    await arrives(b, "alone", "1");
  });

  it("that is down when it is demoted never becomes primary, whoever it asks", async () => {
    const [a, b] = await party.pair();
    await b.stopInstance();

    await a.running.roles.demotePartner();
    await a.killInstance();
    await b.startInstance();
    await hasStatus(b, "WAITING");
    expect(b.view.isPrimary).toBe(false);
    await a.startInstance();
    await hasStatus(a, "PRIMARY");
    await hasStatus(b, "CONNECTED");
    expect(b.view.memberType).toBe("Disaster Recovery");
  });

  it("is refused where it makes no sense, each with its number", async () => {
    const [a, b, c] = await party.trio();

    expect(await refusalOf(a.running.roles.demote())).toBe(5001);
    expect(await refusalOf(b.running.roles.demotePartner())).toBe(2113);
    expect(await refusalOf(c.running.roles.demote())).toBe(2081);
    await b.killHost();
    expect(await refusalOf(a.running.roles.demotePartner())).toBe(2128);
    await b.start();
    await hasStatus(b, "BACKUP");
    await b.running.roles.demote();
    expect(await refusalOf(a.running.roles.demote())).toBe(2133);
    expect(await refusalOf(a.running.roles.demotePartner())).toBe(2075);
  });
});

describe("ValidatedMember=0", () => {
  it("keeps a member from becoming primary until a primary has told it its role", async () => {
    const [a, b] = await party.pair();
    await b.stopInstance();
    await a.stopInstance();
    b.edit("MirrorMember", "ValidatedMember", "0");

    await b.startInstance();
    await hasStatus(b, "WAITING");
    expect(b.view.isPrimary).toBe(false);
    await a.startInstance();
    await hasStatus(a, "PRIMARY");
    await hasStatus(b, "BACKUP");
    expect(b.opened.configuration.get("MirrorMember", "ValidatedMember")).toBe("1");
  });
});
