/** A database with data gets to the other members by a copy: what is done in which order, what is
 *  refused, and that an interruption anywhere ends in the same state. That `docker` and the
 *  programs in the containers do what the fake plays is proven on real containers. */

import { describe, expect, test } from "vitest";
import { codeOf, company, deploy, mirror, pair, stateOf, verbs } from "../testing/deployment.ts";
import { answerDocker } from "../testing/fake-files.ts";
import { FakeWorld, problemOf } from "../testing/fake-world.ts";

const records = "records of the primary";
const old = "what the backup had";
const held = { held: [company] };

/** Where an ordinary database of that content stands. */
function put(world: FakeWorld, index: number, content: string): void {
  const { directory, name } = company;
  world.instances[index]!.files.set(directory, { directory, mirror: "", mirrorName: "", content });
  world.instances[index]!.configured.set(name, directory);
}

/** A formed pair; the primary has an ordinary database with data. */
async function ready(world = pair()): Promise<FakeWorld> {
  world.dockerAnswers = (argv) => answerDocker(world.instances, argv);
  put(world, 0, records);
  await verbs.form(world);
  await verbs.join(world, 1);
  world.acts.length = 0;
  return world;
}

/** The steps that put it into the mirror and bring it to the other member. */
async function seedPair(world: FakeWorld): Promise<void> {
  await verbs.database(world);
  await verbs.databases(world, 0, held);
  await verbs.databases(world, 1, held);
}

const fileOf = (world: FakeWorld, index: number) =>
  world.instances[index]!.files.get(company.directory);

const copiesMade = (world: FakeWorld): string[] =>
  world.dockerCalls.filter((call) => call.startsWith("run "));

describe("a database with data", () => {
  test("is added on the primary, copied in a freeze, activated and caught up", async () => {
    const world = await ready();

    await seedPair(world);

    expect(world.acts).toEqual([
      "mirrorA Database.Add COMPANY",
      "mirrorB Database.Configure COMPANY",
      "mirrorB Database.Create COMPANY",
      "mirrorA Freeze.Begin",
      "mirrorA Freeze.End",
      "mirrorB Database.Mount COMPANY",
      "mirrorB Database.Activate COMPANY",
      "mirrorB Database.CatchUp COMPANY",
    ]);
    expect(fileOf(world, 1)).toMatchObject({ content: records, mirrorName: "COMPANY" });
    expect(world.instances[0]).toMatchObject({ frozen: "nobody", frozenFor: 60 });
    expect(world.said.at(-1)).toMatch(/^COMPANY on mirrorB: 1 MB copied, checksum \d+ \d+$/);
  });

  test("sets an ordinary one aside that stands in its place", async () => {
    const world = await ready();
    put(world, 1, old);

    await seedPair(world);

    expect(world.acts).toContain("mirrorB Database.Dismount COMPANY");
    expect(world.acts).not.toContain("mirrorB Database.Create COMPANY");
    expect(fileOf(world, 1)?.content).toBe(records);
    expect(world.instances[1]!.files.get("/dur/db/company.aside-1/")?.content).toBe(old);
    expect(world.said.at(-1)).toContain("what was there is now in /dur/db/company.aside-1");
  });

  test("gives a second one that is set aside another name", async () => {
    const world = await ready();
    put(world, 1, old);
    const directory = "/dur/db/company.aside-1/";
    const earlier = { mirror: "", mirrorName: "", content: "earlier" };
    world.instances[1]!.files.set(directory, { directory, ...earlier });

    await seedPair(world);

    expect(world.instances[1]!.files.get(directory)?.content).toBe("earlier");
    expect(world.instances[1]!.files.get("/dur/db/company.aside-2/")?.content).toBe(old);
  });

  test("is left alone by a second call", async () => {
    const world = await ready();
    await seedPair(world);
    world.acts.length = 0;
    world.dockerCalls.length = 0;

    await seedPair(world);

    expect([world.acts, world.dockerCalls]).toEqual([[], []]);
  });

  test.each(["nothing", "an ordinary database"])(
    "interrupted at any call, is finished by the next one; %s was in its place",
    async (before) => {
      const start = async (): Promise<FakeWorld> => {
        const world = await ready();
        if (before !== "nothing") put(world, 1, old);
        return world;
      };
      const whole = await start();
      await seedPair(whole);
      let killed = 0;
      for (let callsLeft = 0; ; callsLeft++) {
        const world = await start();
        world.callsLeft = callsLeft;
        const isThrough = await seedPair(world).then(
          () => true,
          () => false,
        );
        if (isThrough) break;
        killed += 1;
        world.callsLeft = Infinity;

        await seedPair(world);

        expect(stateOf(world)).toEqual(stateOf(whole));
        expect(world.instances[0]!.frozen).toBe("nobody");
        expect(world.instances.flatMap((one) => [...one.growing])).toEqual([]);
      }
      expect(killed).toBeGreaterThan(40);
    },
  );
});

describe("a copy", () => {
  test("for an async comes from the backup that has caught up, else from the primary", async () => {
    const world = await ready(new FakeWorld("mirrorA", "mirrorB", "dr1"));
    await verbs.database(world);
    await verbs.join(world, 2, "dr");
    await verbs.databases(world, 2, held);
    expect(world.acts).toContain("mirrorA Freeze.Begin");

    const other = await ready(new FakeWorld("mirrorA", "mirrorB", "dr1"));
    await seedPair(other);
    await verbs.join(other, 2, "dr");
    other.acts.length = 0;
    await verbs.databases(other, 2, held);
    expect(other.acts).toContain("mirrorB Freeze.Begin");
    expect(fileOf(other, 2)?.content).toBe(records);
  });

  test("replaces the ordinary databases of an async that comes back on its old volume", async () => {
    const world = new FakeWorld("mirrorA", "mirrorB", "dr1");
    world.dockerAnswers = (argv) => answerDocker(world.instances, argv);
    await deploy(world);
    put(world, 2, old);
    await verbs.join(world, 2, "dr");

    await verbs.databases(world, 2, held);

    expect(fileOf(world, 2)?.mirror).toBe(mirror.name);
    expect(world.instances[2]!.files.get("/dur/db/company.aside-1/")?.content).toBe(old);
  });

  test("replaces one that journals cannot bring forward any more, once", async () => {
    const world = await ready();
    await seedPair(world);
    fileOf(world, 1)!.needs = "catchup";
    world.instances[1]!.hasLostJournals = true;
    world.acts.length = 0;
    world.dockerCalls.length = 0;

    expect(await codeOf(verbs.databases(world, 1, held))).toBe("journals-gone");
    expect(copiesMade(world)).toHaveLength(1);
    expect(world.acts.slice(0, 5)).toEqual([
      "mirrorB Database.CatchUp COMPANY",
      "mirrorA Freeze.Begin",
      "mirrorA Freeze.End",
      "mirrorB Database.Remove",
      "mirrorB Database.Dismount COMPANY",
    ]);

    world.instances[1]!.hasLostJournals = false;
    await verbs.databases(world, 1, held);
    expect(fileOf(world, 1)).toMatchObject({ content: records, mirror: mirror.name });
  });

  test("that is not what was read never gets its name", async () => {
    const world = await ready();
    put(world, 1, old);
    await verbs.database(world);
    world.dockerAnswers = (argv) =>
      argv.includes("cksum") ? { stdout: "1 22\n" } : answerDocker(world.instances, argv);

    expect(await codeOf(verbs.databases(world, 1, held))).toBe("copy-failed");
    expect(fileOf(world, 1)).toMatchObject({ content: old });
    expect(world.instances[0]!.frozen).toBe("nobody");
  });

  test("is of no use when the freeze had ended before it did", async () => {
    const world = await ready();
    await verbs.database(world);
    world.beforeCall = (primitive) => {
      if (primitive === "Freeze.End") world.instances[0]!.frozen = "nobody";
    };

    expect(await codeOf(verbs.databases(world, 1, held))).toBe("copy-failed");
    expect(fileOf(world, 1)).toBeUndefined();
  });

  test("that fails leaves nothing frozen, and no helper behind", async () => {
    const world = await ready();
    await verbs.database(world);
    world.dockerAnswers = (argv) =>
      argv[0] === "run"
        ? { code: 1, stderr: "No space left on device" }
        : answerDocker(world.instances, argv);

    expect(await codeOf(verbs.databases(world, 1, held))).toBe("docker-refused");
    expect(world.instances[0]!.frozen).toBe("nobody");
    expect(world.dockerCalls.at(-1)).toBe("rm --force dev-mirrorB-seeding");
  });

  test("begins anew where a killed run left its helper and half a file", async () => {
    const world = await ready();
    await verbs.database(world);
    const [, b] = world.instances;
    b!.hasHelper = true;
    b!.free = records.length;
    const directory = "/dur/db/company.seeding";
    b!.growing.set(directory, { directory, mirror: "", mirrorName: "", content: "half" });

    await verbs.databases(world, 1, held);

    expect(fileOf(world, 1)?.content).toBe(records);
  });

  test("waits for a freeze of somebody else, and does not end it", async () => {
    const world = await ready();
    await verbs.database(world);
    world.instances[0]!.frozen = "somebody else";

    expect(await codeOf(verbs.databases(world, 1, held))).toBe("time-over");
    expect(world.instances[0]!.frozen).toBe("somebody else");
    expect(copiesMade(world)).toEqual([]);
  });

  test("is not begun without room, nor without a member that has a whole one", async () => {
    const world = await ready();
    await verbs.database(world);
    world.instances[1]!.free = records.length - 1;
    expect(await codeOf(verbs.databases(world, 1, held))).toBe("no-room");

    world.instances[1]!.free = records.length;
    world.instances[0]!.problem = problemOf("instance-down", world.members[0]!);
    expect(await codeOf(verbs.databases(world, 1, held))).toBe("no-source");
    expect(copiesMade(world)).toEqual([]);
  });

  test("is not put in place on a member that lost its connection meanwhile", async () => {
    const world = await ready();
    put(world, 1, old);
    await verbs.database(world);
    world.beforeCall = (primitive) => {
      if (primitive === "Freeze.End") world.instances[1]!.status = "WAITING";
    };

    expect(await codeOf(verbs.databases(world, 1, held))).toBe("copy-failed");
    expect(fileOf(world, 1)).toMatchObject({ content: old });
  });
});
