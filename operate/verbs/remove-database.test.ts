/** remove-database on instances in memory: in which order it acts, and what it leaves alone. What
 *  the product does is proven on real containers. */

import { describe, expect, test } from "vitest";
import { codeOf, company, deployed, mirror, stateOf, verbs } from "../testing/deployment.ts";
import { containTheStack } from "../testing/fake-containers.ts";
import { FakeWorld, problemOf } from "../testing/fake-world.ts";

describe("remove-database", () => {
  test("takes it out on the primary first, and leaves the files", async () => {
    const world = await deployed();
    world.instances[0]!.status = "BACKUP";
    world.instances[1]!.status = "PRIMARY";

    const result = await verbs.removeDatabase(world);

    expect(result.removedFrom).toEqual(["mirrorB", "mirrorA"]);
    expect(world.instances.map((one) => one.files.get(company.directory)?.mirror)).toEqual([
      "",
      "",
    ]);
  });

  test("changes nothing the second time", async () => {
    const world = await deployed();
    await verbs.removeDatabase(world);

    expect((await verbs.removeDatabase(world)).removedFrom).toEqual([]);
  });

  test("begins nothing while a member is silent", async () => {
    const world = await deployed();
    world.instances[1]!.problem = problemOf("no-answer", world.members[1]!);

    expect(await codeOf(verbs.removeDatabase(world))).toBe("no-answer");
    expect(world.acts).toEqual([]);
  });

  test("goes on without a member whose container is gone", async () => {
    const world = await deployed();
    world.instances[1]!.problem = problemOf("container-absent", world.members[1]!);

    expect((await verbs.removeDatabase(world)).removedFrom).toEqual(["mirrorA"]);
  });

  test("refuses without a primary", async () => {
    const world = await deployed();
    world.instances[0]!.status = "WAITING";

    expect(await codeOf(verbs.removeDatabase(world))).toBe("no-primary");
  });
});

describe("remove-database with asyncs", () => {
  function withAsyncs(): FakeWorld {
    const world = new FakeWorld("dr1", "mirrorA", "mirrorB", "stranger");
    world.instances.forEach((one, index) => {
      const status = ["CONNECTED", "BACKUP", "PRIMARY", "CONNECTED"][index];
      const type = index === 0 || index === 3 ? "Disaster Recovery" : "Failover";
      const held = index === 3 ? { ...mirror, name: "OTHER" } : mirror;
      Object.assign(one, { status, type, mirror: { ...held, guid: "1" } });
      one.configured.set("COMPANY", company.directory);
      one.files.set(company.directory, {
        ...{ directory: company.directory, mirror: mirror.name, mirrorName: "COMPANY" },
      });
    });
    containTheStack(world);
    return world;
  }
  const remove = (world: FakeWorld) => verbs.removeDatabase(world, world.members.slice(1, 3));

  test("on the primary first, then on the backup, then on asyncs that nobody named", async () => {
    const world = withAsyncs();

    expect((await remove(world)).removedFrom).toEqual(["mirrorB", "mirrorA", "dr1"]);
    expect((await remove(world)).removedFrom).toEqual([]);
    expect(world.instances[3]!.files.get(company.directory)?.mirror).toBe("MIRRORSET");
  });

  test("interrupted at any call, has left everywhere after the next one", async () => {
    const wanted = withAsyncs();
    await remove(wanted);
    let killed = 0;
    for (let callsLeft = 0; ; callsLeft++) {
      const world = withAsyncs();
      world.callsLeft = callsLeft;
      const isThrough = await remove(world).then(
        () => true,
        () => false,
      );
      world.callsLeft = Infinity;
      if (isThrough) break;
      killed += 1;

      await remove(world);

      expect(stateOf(world)).toEqual(stateOf(wanted));
    }
    expect(killed).toBeGreaterThan(8);
  });

  test("waits for a member that restarts because it leaves in the same run", async () => {
    const world = withAsyncs();
    world.instances[1]!.problem = problemOf("instance-down", world.members[1]!);
    world.beforeCall = () => {
      if (world.clock.now() > 3000) world.instances[1]!.problem = undefined;
    };

    expect((await remove(world)).removedFrom).toEqual(["mirrorB", "mirrorA", "dr1"]);
  });

  test("leaves another one alone that was made in its directory", async () => {
    const world = withAsyncs();
    world.instances[2]!.files.get(company.directory)!.mirrorName = "FIRM";

    expect((await remove(world)).removedFrom).toEqual(["mirrorA", "dr1"]);
  });
});
