/** A formed failover pair for tests. */

import { expect } from "vitest";
import { MirrorRefusal } from "../refusal.ts";
import { TestMember } from "./member.ts";
import { eventually } from "./wait.ts";

/** Members a test has started; whoever made the party removes them. */
export class Party {
  private readonly members: TestMember[] = [];

  /** A running instance that is no member of anything. */
  async guest(name: string, release?: string): Promise<TestMember> {
    const member = new TestMember(name, release);
    this.members.push(member);
    await member.start();
    return member;
  }

  /** Two members, a mirrored database on both, and `^x("first")` in it. */
  async pair(mirrorInfo: Record<string, string> = {}): Promise<[TestMember, TestMember]> {
    const a = await this.guest("A");
    const b = await this.guest("B");
    await a.createMirror({ QOSTimeout: "2000", ...mirrorInfo });
    await b.join(a);
    await hasStatus(b, "BACKUP");
    await a.createDatabase();
    await b.createDatabase();
    await a.write("first", "1");
    return [a, b];
  }

  /** A pair, and a DR async that joined through one of them and has the database. */
  async trio(
    through: "primary" | "backup" = "primary",
    mirrorInfo: Record<string, string> = {},
  ): Promise<[TestMember, TestMember, TestMember]> {
    const [a, b] = await this.pair(mirrorInfo);
    const c = await this.guest("C");
    await c.join(through === "primary" ? a : b, "disasterRecovery");
    await hasStatus(c, "CONNECTED");
    await eventually("C knows the database", () => c.opened.mirror.copies.missing().length === 1);
    await c.createDatabase();
    return [a, b, c];
  }

  async end(): Promise<void> {
    for (const member of this.members.splice(0)) await member.remove();
  }
}

/** Waits until a member shows a status. */
export async function hasStatus(member: TestMember, status: string): Promise<void> {
  await eventually(
    `${member.name} is ${status}`,
    () => member.view.status === status,
    () => `${member.view.status}\n${member.log.join("\n")}`,
  );
}

/** Waits until a value is readable on a member. */
export async function arrives(member: TestMember, key: string, value: string): Promise<void> {
  await eventually(
    `${key}=${value} on ${member.name}`,
    () => member.read(key) === value,
    () => `${member.read(key) ?? "nothing"}\n${member.log.join("\n")}`,
  );
}

/** Waits until a line of messages.log contains this. */
export async function logs(member: TestMember, text: string): Promise<void> {
  await eventually(
    `"${text}" in the log of ${member.name}`,
    () => member.log.some((line) => line.includes(text)),
    () => member.log.join("\n"),
  );
}

/** The refusal number a call ends with. */
export async function refusalOf(call: Promise<unknown>): Promise<number> {
  const error: unknown = await call.then(
    () => "nothing was refused",
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(MirrorRefusal);
  return error instanceof MirrorRefusal ? error.number : 0;
}
