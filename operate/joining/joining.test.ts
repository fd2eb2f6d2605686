/** What `join` puts right, on instances in memory: a lost member's entry, stopped mirroring, a
 *  demoted member; and where it leaves the choice to a person. */

import { describe, expect, test } from "vitest";
import { codeOf, deployed, verbs } from "../testing/deployment.ts";
import { FakeWorld, problemOf } from "../testing/fake-world.ts";

/** The first member lost its volume: the other one is primary and still lists it. */
async function withoutFirst(): Promise<FakeWorld> {
  const world = await deployed();
  const [a, b] = world.instances;
  a!.mirror = undefined;
  a!.status = "NOTINIT";
  b!.status = "PRIMARY";
  world.stillListed = ["MIRRORA"];
  return world;
}

describe("a member that lost its volume", () => {
  test("joins anew under its name, when its entry on the primary is gone", async () => {
    const world = await withoutFirst();

    expect(await verbs.join(world, 0)).toMatchObject({ changed: true });
    expect(world.acts).toEqual(["mirrorB Mirror.Forget", "mirrorA Mirror.Join"]);
    expect(world.said.join()).toContain("assumed to be accepted");
  });

  test("is an async that joins anew as what it was", async () => {
    const world = new FakeWorld("mirrorA", "mirrorB", "dr1");
    await verbs.form(world);
    await verbs.join(world, 1);
    world.stillListed = ["DR1"];
    world.acts.length = 0;

    await verbs.join(world, 2, "dr");

    expect(world.acts).toEqual(["mirrorA Mirror.Forget", "dr1 Mirror.JoinAsync"]);
    expect(world.instances[2]?.type).toBe("Disaster Recovery");
  });

  test.each(["elsewhere", ""])("touches no entry that leads to %o", async (address) => {
    const world = await withoutFirst();
    world.entryAddress = address;

    expect(await codeOf(verbs.join(world, 0))).toBe("stale-entry");
    expect(world.acts).toEqual([]);
  });

  test("is left to a person where the product does not take the entry off the list", async () => {
    const world = await withoutFirst();
    world.refusesForget = true;

    await expect(verbs.join(world, 0)).rejects.toThrow("Remove Other Mirror Member");
    expect(world.stillListed).toEqual(["MIRRORA"]);
  });

  test("waits for a primary and removes nothing where there is none", async () => {
    const world = await withoutFirst();
    world.instances[1]!.status = "WAITING";

    expect(await codeOf(verbs.join(world, 0))).toBe("no-primary");
    expect(world.acts).toEqual([]);
  });

  test("asks for the member that holds the mirror when that does not answer", async () => {
    const world = await withoutFirst();
    world.instances[1]!.problem = problemOf("container-stopped", world.members[1]!);

    expect(await codeOf(verbs.join(world, 0))).toBe("mirror-absent");
    expect(world.acts).toEqual([]);
  });
});

describe("a member that somebody stopped", () => {
  test("is started again", async () => {
    const world = await deployed();
    world.instances[1]!.status = "STOPPED";

    expect(await verbs.join(world, 1)).toMatchObject({ changed: true });
    expect(world.acts).toEqual(["mirrorB Mirror.Start"]);
    expect(await verbs.join(world, 1)).toMatchObject({ changed: false });
  });
});

describe("a failover member that somebody demoted", () => {
  async function demoted(): Promise<FakeWorld> {
    const world = await deployed();
    world.instances[1]!.type = "Disaster Recovery";
    world.instances[1]!.status = "CONNECTED";
    return world;
  }

  test("is the primary's partner again", async () => {
    const world = await demoted();

    expect(await verbs.join(world, 1)).toMatchObject({ changed: true });
    expect(world.acts).toEqual(["mirrorB Mirror.Promote"]);
    expect(world.instances[1]?.type).toBe("Failover");
  });

  test("is started first where mirroring was stopped, too", async () => {
    const world = await demoted();
    world.instances[1]!.status = "STOPPED";

    await verbs.join(world, 1);

    expect(world.acts).toEqual(["mirrorB Mirror.Start", "mirrorB Mirror.Promote"]);
  });

  test("stays what it is while another member has its place", async () => {
    const world = await demoted();
    world.stillListed = ["DR1"];

    expect(await codeOf(verbs.join(world, 1))).toBe("other-type");
    expect(world.acts).toEqual([]);
  });

  test("stays what it is while nobody is primary", async () => {
    const world = await demoted();
    world.instances[0]!.status = "TRANSITION";

    expect(await codeOf(verbs.join(world, 1))).toBe("other-type");
    expect(world.acts).toEqual([]);
  });

  test("is no matter of an async: one that was promoted stays", async () => {
    const world = await deployed();

    expect(await codeOf(verbs.join(world, 1, "dr"))).toBe("other-type");
    expect(world.acts).toEqual([]);
  });
});
