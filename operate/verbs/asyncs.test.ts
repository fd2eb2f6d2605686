/** The verbs on async members in memory: how they join, what they hold and release, that they are
 *  verified, go and leave. What the engine does with the same calls is tested beside it
 *  (rehearsal/system/mirror/install-classes.test.ts). */

import { describe, expect, test } from "vitest";
import type { AsyncType } from "../contract/common.ts";
import {
  codeOf,
  company,
  deploy,
  mirror,
  personal,
  stateOf,
  verbs,
} from "../testing/deployment.ts";
import { FakeWorld, problemOf } from "../testing/fake-world.ts";
import { run as mayGo } from "./may-go.ts";
import { run as verify } from "./verify.ts";

const version = 1 as const;
const dr = 2;
const report = 3;

/** A pair, a DR and a reporting async, none of the two in the mirror yet. */
async function four(): Promise<FakeWorld> {
  const world = new FakeWorld("mirrorA", "mirrorB", "dr1", "report1");
  await deploy(world);
  world.acts.length = 0;
  return world;
}

/** Every step of the two asyncs, in its order. */
async function follow(world: FakeWorld): Promise<void> {
  await verbs.join(world, dr, "dr");
  await verbs.join(world, report, "reportingReadOnly");
  await verbs.databases(world, dr, { releases: true });
  await verbs.databases(world, report, { held: [company], releases: true });
}

async function followed(): Promise<FakeWorld> {
  const world = await four();
  await follow(world);
  world.acts.length = 0;
  return world;
}

const inMirror = { mirror: mirror.name, version } as const;

describe("an async", () => {
  test("joins as its type, and holds what it is to hold", async () => {
    const world = await four();

    await follow(world);

    expect(world.instances.slice(dr).map((one) => `${one.type} ${one.status}`)).toEqual([
      "Disaster Recovery CONNECTED",
      "Read-Only Reporting CONNECTED",
    ]);
    expect(world.acts).toEqual([
      "dr1 Mirror.JoinAsync",
      "report1 Mirror.JoinAsync",
      "dr1 Database.Configure COMPANY",
      "dr1 Database.Create COMPANY",
      "dr1 Database.Configure PERSONAL",
      "dr1 Database.Create PERSONAL",
      "report1 Database.Configure COMPANY",
      "report1 Database.Create COMPANY",
    ]);
    world.acts.length = 0;
    await follow(world);
    expect(world.acts).toEqual([]);
  });

  test("interrupted at any call, is finished by the next one in the same state", async () => {
    const wanted = stateOf(await followed());
    let killed = 0;
    for (let callsLeft = 0; ; callsLeft++) {
      const world = await four();
      world.callsLeft = callsLeft;
      const isThrough = await follow(world).then(
        () => true,
        () => false,
      );
      if (isThrough) break;
      killed += 1;
      world.callsLeft = Infinity;

      await follow(world);

      expect(stateOf(world)).toEqual(wanted);
    }
    expect(killed).toBeGreaterThan(20);
  });

  test("joins through the member that answers", async () => {
    const world = await four();
    world.instances[0]!.problem = problemOf("instance-down", world.members[0]!);

    expect((await verbs.join(world, dr, "dr")).changed).toBe(true);
  });

  test("does not take WAITING for connected", async () => {
    const world = await followed();
    world.instances[dr]!.status = "WAITING";

    await expect(verbs.join(world, dr, "dr")).rejects.toThrow("wanted: it is CONNECTED");
  });

  test("is refused as another type than it has", async () => {
    const world = await followed();

    expect(await codeOf(verbs.join(world, dr, "reportingReadOnly"))).toBe("other-type");
    expect(await codeOf(verbs.join(world, dr))).toBe("other-type");
    expect(await codeOf(verbs.join(world, 1, "dr"))).toBe("other-type");
  });

  test("whose type is not known now is left alone", async () => {
    const world = await followed();
    world.instances[dr]!.type = "Async";

    expect((await verbs.join(world, dr, "dr")).changed).toBe(false);
  });
});

describe("databases of an async", () => {
  test("are released when the last run listed them and this one does not", async () => {
    const world = await followed();
    world.environment = { PULUMI_COMMAND_STDOUT: '{"databases":["COMPANY","PERSONAL"]}' };

    const result = await verbs.databases(world, dr, { held: [personal], releases: true });

    expect(result).toMatchObject({ databases: ["PERSONAL"], changed: true });
    expect(world.acts).toEqual(["dr1 Database.Remove"]);
    expect(world.instances[dr]!.files.get(company.directory)?.mirror).toBe("");
    expect(world.instances[0]!.files.get(company.directory)?.mirror).toBe("MIRRORSET");
  });

  test.each([
    ["on the pair", 1, false, '{"databases":["COMPANY","PERSONAL"]}'],
    ["that nobody listed", dr, true, '{"databases":["PERSONAL"]}'],
    ["when the last output cannot be read", dr, true, "oops"],
  ])("are not released %s", async (_where, index, releases, stdout) => {
    const world = await followed();
    world.environment = { PULUMI_COMMAND_STDOUT: stdout };

    await verbs.databases(world, index, { held: [personal], releases });

    expect(world.acts).toEqual([]);
  });
});

describe("verify with asyncs", () => {
  const check = (world: FakeWorld, type: AsyncType = "reportingReadOnly") =>
    verify(
      {
        ...{ version, mirror, failover: world.members.slice(0, 2), after: [] },
        databases: [company, personal],
        asyncs: [
          { member: world.members[dr]!, type: "dr", databases: ["COMPANY", "PERSONAL"] },
          { member: world.members[report]!, type, databases: ["COMPANY"] },
        ],
      },
      world,
    );

  test("gives the type of each as its role", async () => {
    expect(await check(await followed())).toMatchObject({
      roles: {
        mirrorA: "Primary",
        mirrorB: "Backup",
        dr1: "Disaster Recovery",
        report1: "Read-Only Reporting",
      },
      replicated: true,
    });
  });

  test("takes a write on a read-write reporting async for right", async () => {
    const world = await followed();
    world.instances[report]!.type = "Read-Write Reporting";

    await expect(check(world)).rejects.toThrow("report1 is Read-Write Reporting, wanted: Read-O");
    expect(await check(world, "reportingReadWrite")).toMatchObject({ replicated: true });
  });

  test("says which async is not connected, and which copy is behind", async () => {
    const world = await followed();
    world.instances[dr]!.databaseStatus.set("COMPANY", "Needs Catchup");
    await expect(check(world)).rejects.toThrow("COMPANY on dr1 is Needs Catchup");

    world.instances[dr]!.status = "WAITING";
    await expect(check(world)).rejects.toThrow("dr1 is WAITING");
  });
});

describe("an async goes", () => {
  const ask = (world: FakeWorld, index: number, previous?: number) =>
    mayGo(
      {
        ...{ ...inMirror, everyoneGoes: false, failover: world.members.slice(0, 2) },
        member: world.members[index]!,
        ...(previous === undefined ? {} : { previous: world.members[previous]! }),
      },
      world,
    );

  test("whatever the pair does: no failover depends on it", async () => {
    const world = await followed();
    world.instances[1]!.problem = problemOf("instance-down", world.members[1]!);

    expect((await ask(world, dr)).why).toContain("it is an async");
  });

  test("not before the one that was replaced just before is back, nor does a backup", async () => {
    const world = await followed();
    world.instances[dr]!.status = "SYNCHRONIZING";

    for (const index of [report, 1]) {
      await expect(ask(world, index, dr)).rejects.toThrow("dr1 is not back: SYNCHRONIZING");
    }
    world.instances[dr]!.status = "CONNECTED";
    for (const index of [report, 1]) {
      expect((await ask(world, index, dr)).mayGo).toBe(true);
    }
  });
});
