/** May-go on instances in memory, and its pure decision. Nothing here proves what the product does
 *  on a graceful stop. */

import { describe, expect, test } from "vitest";
import type { Asked } from "../members.ts";
import { FakeWorld, problemOf } from "../testing/fake-world.ts";
import { decide, run } from "./may-go.ts";

const mirror = "MIRRORSET";

/** Members as a look found them: a status, or why there is none. */
function asked(world: FakeWorld, index: number, status: string): Asked {
  const member = world.members[index]!;
  if (status === status.toLowerCase()) {
    return { member, problem: problemOf(status as "no-answer", member) };
  }
  const isMember = status !== "NOTINIT";
  return {
    member,
    session: world.open(member),
    state: {
      ...{ product: "", status, type: "Failover", service: true, code: "1", databases: [] },
      mirror: isMember
        ? { name: mirror, guid: "1", arbiter: undefined, qosTimeoutMs: 0 }
        : undefined,
    },
  };
}

function decided(own: string, ...others: string[]): string {
  const world = new FakeWorld("mirrorA", "mirrorB");
  const decision = decide(
    mirror,
    asked(world, 0, own),
    others.map((status) => asked(world, 1, status)),
  );
  if ("primary" in decision) {
    return `ask ${decision.primary.member.name}`;
  }
  return "done" in decision ? `yes: ${decision.done}` : `wait: ${decision.still}`;
}

describe("a member may go", () => {
  test.each([
    ["container-absent", "BACKUP", "yes: it serves nothing: container-absent"],
    ["container-stopped", "PRIMARY", "yes: it serves nothing: container-stopped"],
    ["instance-down", "PRIMARY", "yes: it serves nothing: instance-down"],
    ["NOTINIT", "PRIMARY", "yes: it is not in the mirror"],
  ])("when it serves nothing: %s", (own, other, answer) => {
    expect(decided(own, other)).toBe(answer);
  });

  test("when it is alone", () => {
    expect(decided("PRIMARY")).toBe(
      "yes: it is the only failover member: the mirror is down while it is away",
    );
  });

  test("perhaps, when the other half is sound: the primary knows", () => {
    expect(decided("PRIMARY", "BACKUP")).toBe("ask mirrorA");
    expect(decided("BACKUP", "PRIMARY")).toBe("ask mirrorB");
    expect(decided("WAITING", "PRIMARY")).toBe("ask mirrorB");
  });

  test.each([
    ["PRIMARY", "SYNCHRONIZING", "wait: mirrorA is PRIMARY, mirrorB is SYNCHRONIZING"],
    ["PRIMARY", "no-answer", "wait: mirrorB cannot be asked: no-answer"],
    ["PRIMARY", "instance-down", "wait: mirrorB cannot be asked: instance-down"],
    ["BACKUP", "WAITING", "wait: mirrorA is BACKUP, mirrorB is WAITING"],
    ["no-answer", "PRIMARY", "wait: it cannot be asked: no-answer"],
  ])("not yet, when it is %s and the other %s", (own, other, answer) => {
    expect(decided(own, other)).toBe(answer);
  });

  test("at once when the whole stack goes", async () => {
    const world = new FakeWorld("mirrorA");
    const [member] = world.members;

    const output = await run(
      { version: 1, mirror, member: member!, failover: world.members, everyoneGoes: true },
      world,
    );

    expect(output).toEqual({ version: 1, mayGo: true, why: "the whole stack goes" });
  });

  test("never, when the other does not come back: that is a refusal", async () => {
    const world = new FakeWorld("mirrorA", "mirrorB");
    const [a, b] = world.instances;
    a!.mirror = { name: mirror, guid: "1", arbiter: "", qosTimeoutMs: 8000 };
    a!.status = "PRIMARY";
    b!.problem = problemOf("instance-down", b!.address);

    const failure = run(
      { version: 1, mirror, member: a!.address, failover: world.members, everyoneGoes: false },
      world,
    );

    await expect(failure).rejects.toMatchObject({ code: "may-not-go", definite: true });
  });

  test("one at a time: the second is told who goes", async () => {
    const world = new FakeWorld("mirrorA", "mirrorB");
    const [a, b] = world.instances;
    for (const one of [a!, b!]) {
      one.mirror = { name: mirror, guid: "1", arbiter: "", qosTimeoutMs: 8000 };
    }
    a!.status = "PRIMARY";
    b!.status = "BACKUP";
    world.dockerAnswers = () => ({ stdout: JSON.stringify(["mirrorA", "mirrorB"].map(inspected)) });
    const ask = (index: number): Promise<unknown> =>
      run(
        {
          ...{ version: 1, mirror, failover: world.members, everyoneGoes: false },
          member: world.members[index]!,
        },
        world,
      );

    const results = await Promise.allSettled([ask(1), ask(0)]);

    expect(results.map((one) => one.status)).toEqual(["fulfilled", "rejected"]);
    expect((results[1] as PromiseRejectedResult).reason).toMatchObject({
      seen: expect.stringContaining("mirrorB is about to go") as string,
    });
  });
});

function inspected(name: string): object {
  return {
    ...{ Id: `id-${name}`, Name: `/dev-${name}`, RestartCount: 0 },
    State: { Status: "running", Restarting: false, ExitCode: 0 },
    Config: { Labels: null },
  };
}
