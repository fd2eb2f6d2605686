/** The worst day: a DR async becomes primary where none runs. Three members in one process. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { Configuration } from "../../storage/configuration.ts";
import { readMembership } from "./configuration-file.ts";
import type { TestMember } from "./testing/member.ts";
import { arrives, hasStatus, logs, Party, refusalOf } from "./testing/pair.ts";
import { testPatience } from "./testing/wait.ts";

vi.setConfig(testPatience);
const party = new Party();
afterEach(() => party.end());

async function promote(member: TestMember, partner?: string): Promise<readonly string[]> {
  const survey = await member.running.roles.surveyWithoutPrimary();
  await member.running.roles.promoteAlone(survey, partner);
  return survey.absent;
}

describe("promotion without a primary", () => {
  it("with nobody to be reached: it serves; whoever comes back follows or must be rebuilt", async () => {
    const [a, b, c] = await party.trio();
    await arrives(c, "first", "1");
    await c.killInstance();
    await a.write("alone", "1");
    await b.killHost();
    await a.killHost();
    await c.startInstance();
    await hasStatus(c, "WAITING");

    expect(await promote(c)).toEqual(["A", "B"]);
    expect(c.view.status).toBe("PRIMARY");
    expect(c.view.memberType).toBe("Failover");
    await logs(c, "not reached: A, B");
    await c.write("next", "2");

    // Nobody set ValidatedMember=0. Together they could have led without C.
    await a.start();
    await b.start();
    await logs(a, "its data is inconsistent with the mirror MIR");
    await logs(b, "its data is inconsistent with the mirror MIR");
    expect([a, b, c].map((member) => member.view.isPrimary)).toEqual([false, false, true]);
    expect(a.read("next")).toBeUndefined();
  });

  it("fetches what an agent still has, and fences that member on its disk", async () => {
    const [a, b, c] = await party.trio();
    await arrives(c, "first", "1");
    await c.killInstance();
    await a.write("late", "1");
    await arrives(b, "late", "1");
    await a.killHost();
    await hasStatus(b, "WAITING");
    await b.killInstance();
    await c.startInstance();
    await hasStatus(c, "WAITING");

    expect(await promote(c)).toEqual(["A"]);
    expect(c.read("late")).toBe("1");
    await logs(c, "Retrieving journal data from the agent of B");
    const onDisk = readMembership(new Configuration(`${b.directory}iris.cpf`));
    expect(onDisk?.local.isValidated).toBe(false);
    await b.startInstance();
    await hasStatus(b, "CONNECTED");
    expect(b.view.memberType).toBe("Disaster Recovery");
    await a.start();
    await hasStatus(a, "CONNECTED");
    expect(c.view.status).toBe("PRIMARY");
  });

  it("with a selected partner, which stays failover member and follows as backup", async () => {
    const [a, b, c] = await party.trio();
    await a.killHost();
    await hasStatus(b, "WAITING");

    expect(await refusalOf(promote(c, "A"))).toBe(2128);
    expect(await refusalOf(promote(c, "X"))).toBe(2124);
    expect(await promote(c, "B")).toEqual(["A"]);
    expect(c.view.status).toBe("PRIMARY");
    await hasStatus(b, "BACKUP");
    await c.write("next", "2");
    await arrives(b, "next", "2");
    await a.start();
    await hasStatus(a, "CONNECTED");
    expect(a.view.memberType).toBe("Disaster Recovery");
  });

  it("is refused while a primary is seen, and to failover members", async () => {
    const [a, , c] = await party.trio();
    expect(await refusalOf(promote(c))).toBe(2155);
    expect(await refusalOf(promote(a))).toBe(2117);
  });

  it("forces down a primary that lived on unseen, as soon as it is reached", async () => {
    const [a, b, c] = await party.trio();
    await b.killHost();
    await logs(a, "trouble timeout ended");
    await a.stopAgent();
    a.breakChannels();
    await hasStatus(c, "WAITING");
    expect(await promote(c)).toEqual(["A", "B"]);
    expect([a.view.status, c.view.status]).toEqual(["PRIMARY", "PRIMARY"]);

    await a.startAgent();
    await logs(a, "this member is forced down");
    expect(a.forcedDown).toBe(1);
  });
});
