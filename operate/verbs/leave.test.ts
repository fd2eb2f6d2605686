/** Members that leave, and a primary that hands over first, in leave and in form. On instances in
 *  memory; what the product does with the same calls is proven on containers. */

import { describe, expect, test } from "vitest";
import type { Eligibility } from "../contract/common.ts";
import { codeOf, deploy, deployed, mirror, stateOf, verbs } from "../testing/deployment.ts";
import { containTheStack } from "../testing/fake-containers.ts";
import { FakeWorld, problemOf } from "../testing/fake-world.ts";
import { run as form } from "./form.ts";
import { run as leave } from "./leave.ts";

const version = 1 as const;

/** A deployed pair in containers, of which that one is primary. */
async function pairLedBy(primary: number, gone: readonly string[] = []): Promise<FakeWorld> {
  const world = await deployed();
  world.instances.forEach((one, index) => {
    one.status = index === primary ? "PRIMARY" : "BACKUP";
  });
  containTheStack(world, gone);
  return world;
}

function leaves(world: FakeWorld, index: number, eligibility: Eligibility = "failover") {
  const member = world.members[index]!;
  const failover = world.members.slice(0, 2);
  return leave({ version, mirror: mirror.name, eligibility, member, failover }, world);
}

const commands = (world: FakeWorld) =>
  world.dockerCalls.filter((call) => call.startsWith("exec")).map((call) => call.slice(5));

describe("a backup leaves", () => {
  test("while the other one is primary, and is in no mirror afterwards", async () => {
    const world = await pairLedBy(0);

    expect(await leaves(world, 1)).toEqual({
      ...{ version, left: true, why: "it was taken out and restarted" },
    });
    expect(world.acts).toEqual(["mirrorB Mirror.Leave"]);
    expect(commands(world)).toEqual([
      "dev-mirrorB iris stop IRIS quietly",
      "dev-mirrorB iris start IRIS quietly",
    ]);
    expect(world.instances[1]!.mirror).toBeUndefined();
    expect(await leaves(world, 1)).toMatchObject({ left: false, why: "it is in no mirror" });
  });

  test("only when the other one is primary, not while nobody is", async () => {
    const world = await pairLedBy(0);
    world.instances[0]!.status = "WAITING";

    expect(await codeOf(leaves(world, 1))).toBe("no-primary");
    expect(world.acts).toEqual([]);
  });

  test("once it is connected again, so that the primary learns it", async () => {
    const world = await pairLedBy(0);
    world.instances[1]!.status = "SYNCHRONIZING";
    world.beforeCall = (primitive) => {
      if (world.clock.now() > 5000) world.instances[1]!.status = "BACKUP";
      if (primitive === "Mirror.Leave") expect(world.instances[1]!.status).toBe("BACKUP");
    };

    expect((await leaves(world, 1)).left).toBe(true);
    expect(world.clock.now()).toBeGreaterThan(5000);
  });

  test("all the same when it never comes back, and says what is left of it", async () => {
    const world = await pairLedBy(0);
    world.instances[1]!.status = "WAITING";
    world.stillListed = ["MIRRORB"];

    expect(await leaves(world, 1)).toMatchObject({
      left: true,
      why: "it was taken out and restarted; mirrorA still lists it",
    });
    expect(world.said.join("\n")).toContain("mirrorA, started anew, does not become primary");
  });

  test("from a mirror that it is the last failover member of: never", async () => {
    const world = await pairLedBy(1);
    world.instances[0]!.mirror = undefined;

    expect(await codeOf(leaves(world, 1))).toBe("last-member");
    expect(world.acts).toEqual([]);
  });

  test("from its own mirror only", async () => {
    const world = await pairLedBy(0);
    world.instances[1]!.mirror = { ...mirror, name: "OTHER", guid: "2" };

    expect(await codeOf(leaves(world, 1))).toBe("other-mirror");
  });

  test("with a container that is gone: done, and who still lists it is named", async () => {
    const world = await pairLedBy(0, ["mirrorB"]);

    expect(await leaves(world, 1)).toMatchObject({
      ...{ left: false, why: "the container is gone; mirrorA still lists it" },
    });
    expect(world.said.join("\n")).toContain("Remove Other Mirror Member");
    expect(world.acts).toEqual([]);

    world.instances[1]!.mirror = undefined;
    expect(await leaves(world, 1)).toMatchObject({ left: false, why: "the container is gone" });
  });
});

describe("a primary leaves", () => {
  test("after it has handed over", async () => {
    const world = await pairLedBy(1);

    expect((await leaves(world, 1)).left).toBe(true);
    expect(world.instances.map(({ status }) => status)).toEqual(["PRIMARY", "NOTINIT"]);
    expect(commands(world)).toEqual([
      ...["stop", "start", "stop", "start"].map((verb) => `dev-mirrorB iris ${verb} IRIS quietly`),
    ]);
  });

  test("not while the other one could not take over: nothing is stopped", async () => {
    const world = await pairLedBy(1);
    world.instances[0]!.status = "SYNCHRONIZING";

    await expect(leaves(world, 1)).rejects.toThrow("mirrorA is SYNCHRONIZING");
    expect(await codeOf(leaves(world, 1))).toBe("may-not-go");
    expect(commands(world)).toEqual([]);
  });

  test("not while the other one cannot be asked", async () => {
    const world = await pairLedBy(1);
    world.instances[0]!.problem = problemOf("instance-down", world.members[0]!);

    expect(await codeOf(leaves(world, 1))).toBe("is-primary");
    expect(commands(world)).toEqual([]);
  });

  test("interrupted at any call, is out after the next one", async () => {
    const wanted = await pairLedBy(1);
    await leaves(wanted, 1);
    let killed = 0;
    for (let callsLeft = 0; ; callsLeft++) {
      const world = await pairLedBy(1);
      world.callsLeft = callsLeft;
      const isThrough = await leaves(world, 1).then(
        () => true,
        () => false,
      );
      world.callsLeft = Infinity;
      if (isThrough) break;
      killed += 1;

      await leaves(world, 1);

      expect(stateOf(world)).toEqual(stateOf(wanted));
    }
    expect(killed).toBeGreaterThan(15);
  });
});

describe("form without the primary", () => {
  const formWith = (world: FakeWorld, index: number) =>
    form({ version, mirror, failover: [world.members[index]!] }, world);

  test("lets it hand over to the member that stays", async () => {
    const world = await pairLedBy(1);

    expect(await formWith(world, 0)).toMatchObject({ changed: false });
    expect(world.instances.map(({ status }) => status)).toEqual(["PRIMARY", "BACKUP"]);
    expect(commands(world)).toHaveLength(2);

    await formWith(world, 0);
    expect(commands(world)).toHaveLength(2);
  });

  test("starts the old primary again when the other one does not take over", async () => {
    const world = await pairLedBy(1);
    const answer = world.dockerAnswers;
    world.dockerAnswers = (argv) => {
      const said = answer(argv);
      if (argv.includes("stop")) world.instances[0]!.status = "TRANSITION";
      return said;
    };

    await expect(formWith(world, 0)).rejects.toThrow("mirrorA: it is TRANSITION after 60 s");
    expect(world.instances[1]!.problem).toBeUndefined();
  });

  test("stops nobody while the member that stays is no active backup", async () => {
    const world = await pairLedBy(1);
    world.instances[0]!.status = "SYNCHRONIZING";

    expect(await codeOf(formWith(world, 0))).toBe("may-not-go");
    expect(commands(world)).toEqual([]);
  });

  test("leaves a primary of another mirror of that name alone", async () => {
    const world = await pairLedBy(1);
    world.instances[1]!.mirror = { ...mirror, guid: "another" };

    expect(await codeOf(formWith(world, 0))).toBe("time-over");
    expect(commands(world)).toEqual([]);
  });
});

describe("an async leaves", () => {
  async function withDr(): Promise<FakeWorld> {
    const world = new FakeWorld("mirrorA", "mirrorB", "dr1");
    await deploy(world);
    await verbs.join(world, 2, "dr");
    world.acts.length = 0;
    containTheStack(world);
    return world;
  }

  test("also where the pair has one member left, which could not leave", async () => {
    const world = await withDr();
    world.instances[1]!.mirror = undefined;

    expect((await leaves(world, 2, "dr")).left).toBe(true);
    expect(world.acts).toEqual(["dr1 Mirror.Leave"]);
  });

  test("as the failover member it has become, when it was promoted", async () => {
    const world = await withDr();
    for (const one of world.instances.slice(0, 2)) one.mirror = undefined;
    Object.assign(world.instances[2]!, { type: "Failover", status: "BACKUP" });

    expect(await codeOf(leaves(world, 2, "dr"))).toBe("last-member");
  });
});
