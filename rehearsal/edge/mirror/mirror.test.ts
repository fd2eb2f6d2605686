/** Two members in one process, with real stores, sockets and files: they form a mirror, replicate,
 *  hand over, restart, and refuse what they must refuse. What it does not show: other hosts. */

import { afterEach, describe, expect, it } from "vitest";
import { TestMember } from "./testing/member.ts";
import { eventually } from "./testing/wait.ts";

const members: TestMember[] = [];

afterEach(async () => {
  for (const member of members.splice(0)) await member.remove();
});

async function started(name: string): Promise<TestMember> {
  const member = new TestMember(name);
  members.push(member);
  await member.start();
  return member;
}

async function hasStatus(member: TestMember, status: string): Promise<void> {
  await eventually(
    `${member.name} is ${status}`,
    () => member.view.status === status,
    () => `${member.view.status}\n${member.log.join("\n")}`,
  );
}

/** A formed pair with a database in which something stands. */
async function pair(mirrorInfo: Record<string, string> = {}): Promise<[TestMember, TestMember]> {
  const a = await started("A");
  const b = await started("B");
  await a.createMirror({ QOSTimeout: "2000", ...mirrorInfo });
  await b.join(a);
  await hasStatus(b, "BACKUP");
  await a.createDatabase();
  await b.createDatabase();
  await a.write("first", "1");
  return [a, b];
}

async function arrives(member: TestMember, key: string, value: string): Promise<void> {
  await eventually(
    `${key} on ${member.name}`,
    () => member.read(key) === value,
    () => member.read(key),
  );
}

describe("a failover pair", () => {
  it("forms, and what is written on the primary arrives on the backup", async () => {
    const [a, b] = await pair();

    await arrives(b, "first", "1");
    expect(a.view.status).toBe("PRIMARY");
    expect(a.view.failoverMembers().other?.status).toBe("Active");
  });

  it("hands over when the primary is stopped, and has everything", async () => {
    const [a, b] = await pair();
    for (let key = 1; key <= 20; key++) await a.write(`k${key}`, String(key));

    await a.stopInstance();
    await hasStatus(b, "PRIMARY");
    expect(b.read("k20")).toBe("20");
    await b.write("later", "2");

    await a.startInstance();
    await hasStatus(a, "BACKUP");
    await arrives(a, "later", "2");
  });
});
