/** The judgements of verify, on values. That they match a mirror is proven on real containers. */

import { describe, expect, test } from "vitest";
import type { FailoverMember } from "../instance.ts";
import type { Reached } from "../members.ts";
import { deployed } from "../testing/deployment.ts";
import { FakeWorld } from "../testing/fake-world.ts";
import { writeFaults } from "../verify/copies.ts";
import { rolesFault } from "../verify/roles.ts";
import { run } from "./verify.ts";

const mirror = { name: "MIRRORSET", arbiter: "arbiter|2188", qosTimeoutMs: 8000 };
const company = { name: "COMPANY", directory: "/dur/db/company/" };

function members(...statuses: string[]): Reached[] {
  const world = new FakeWorld("mirrorA", "mirrorB");
  return statuses.map((status, index) => ({
    member: world.members[index]!,
    session: world.open(world.members[index]!),
    state: {
      ...{ product: "", status, type: "Failover", service: true, code: "1", databases: [] },
      mirror: { name: "MIRRORSET", guid: "1", arbiter: undefined, qosTimeoutMs: 8000 },
    },
  }));
}

const view = (...roles: [string, string][]): FailoverMember[] =>
  roles.map(([name, role]) => ({ name, role, status: "Active" }));

const sound = view(["MIRRORA", "Primary"], ["MIRRORB", "Backup"]);

describe("the roles", () => {
  test("are sound when both members see the same, in whatever order", () => {
    const views = [sound, sound.toReversed()];

    expect(rolesFault(members("PRIMARY", "BACKUP"), views)).toBeUndefined();
  });

  test.each([
    [["PRIMARY", "PRIMARY"], "MIRRORA is PRIMARY, MIRRORB is PRIMARY"],
    [["BACKUP", "BACKUP"], "MIRRORA is BACKUP, MIRRORB is BACKUP"],
    [["PRIMARY", "SYNCHRONIZING"], "MIRRORA is PRIMARY, MIRRORB is SYNCHRONIZING"],
  ])("are not sound as %s", (statuses, fault) => {
    expect(rolesFault(members(...statuses), [sound, sound])).toBe(fault);
  });

  test("may have more in them than was asked for: one that is about to be taken out", () => {
    expect(rolesFault(members("PRIMARY"), [sound])).toBeUndefined();
  });

  test("are not sound while a member sees them otherwise", () => {
    const stale = view(["MIRRORA", "Backup"], ["MIRRORB", "Primary"]);

    expect(rolesFault(members("PRIMARY", "BACKUP"), [sound, stale])).toBe(
      "mirrorB sees MIRRORA Backup, MIRRORB Primary, wanted: MIRRORA Primary, MIRRORB Backup",
    );
  });

  test("are not sound when a member has another name in the mirror", () => {
    const renamed = view(["MIRRORA", "Primary"], ["OTHER", "Backup"]);

    expect(rolesFault(members("PRIMARY", "BACKUP"), [renamed, renamed])).toBe(
      "mirrorA sees MIRRORA Primary, wanted: MIRRORA Primary, MIRRORB Backup",
    );
  });
});

describe("a write", () => {
  const input = { databases: [company] };

  test("must be refused on the backup, with the product's error", () => {
    const place = { member: "mirrorB", wanted: "<PROTECT>" };

    expect(writeFaults(input, place, ["<PROTECT>"])).toEqual([]);
    expect(writeFaults(input, place, [""])).toEqual([
      "a write to COMPANY on mirrorB meets no error, wanted: <PROTECT>",
    ]);
    expect(writeFaults(input, place, [])).toHaveLength(1);
  });

  test("must be taken on the primary", () => {
    const place = { member: "mirrorA", wanted: "" };

    expect(writeFaults(input, place, [""])).toEqual([]);
    expect(writeFaults(input, place, ["<PROTECT>"])).toEqual([
      "a write to COMPANY on mirrorA meets <PROTECT>, wanted: no error",
    ]);
  });
});

describe("verify", () => {
  test("tells a member that cannot be asked apart from one that is wrong", async () => {
    const world = new FakeWorld("mirrorA");
    const failover = [...world.members, { ...world.members[0]!, name: "x", container: "nowhere" }];

    const failure = run(
      { version: 1, mirror, failover, asyncs: [], databases: [company], after: [] },
      world,
    );

    await expect(failure).rejects.toMatchObject({ code: "container-absent" });
  });

  test("finds a copy that calls itself caught up and holds something else", async () => {
    const world = await deployed();
    const [a, b] = world.instances;
    const input = { mirror, failover: world.members, asyncs: [], databases: [company] };
    const check = () => run({ version: 1, ...input, after: [] }, world);
    a!.files.get(company.directory)!.content = "Company";
    await expect(check()).rejects.toThrow("COMPANY on mirrorB lacks ^Company");

    b!.files.get(company.directory)!.content = "Other";
    await expect(check()).rejects.toThrow("COMPANY on mirrorB alone has ^Other");

    b!.files.get(company.directory)!.content = "Company";
    const { replicated, checks } = await check();
    expect(replicated).toBe(true);
    expect(checks).toEqual([
      "COMPANY on mirrorB: caught up, with every global that mirrorA has",
      expect.stringMatching(
        /^a new record written on mirrorA was read on mirrorB after 0\.\d\d s$/,
      ),
      "COMPANY on mirrorB: read only, a write meets <PROTECT>",
    ]);
  });

  test("does not wait for a member that is in no mirror", async () => {
    const world = new FakeWorld("mirrorA", "mirrorB");
    world.instances[0]!.mirror = { ...mirror, guid: "1" };

    const failure = run(
      { version: 1, mirror, failover: world.members, asyncs: [], databases: [company], after: [] },
      world,
    );

    await expect(failure).rejects.toThrow("mirrorB does not belong to the mirror");
    expect(world.clock.now()).toBe(0);
  });

  test("ends as not verified, with what is wrong, when the roles do not come", async () => {
    const world = new FakeWorld("mirrorA", "mirrorB");
    for (const one of world.instances) {
      one.mirror = { ...mirror, guid: "1" };
      one.status = "WAITING";
    }

    const failure = run(
      { version: 1, mirror, failover: world.members, asyncs: [], databases: [company], after: [] },
      world,
    );

    await expect(failure).rejects.toMatchObject({
      code: "not-verified",
      seen: expect.stringContaining("MIRRORA is WAITING, MIRRORB is WAITING") as string,
    });
  });
});
