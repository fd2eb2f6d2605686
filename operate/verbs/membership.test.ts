/** form and join on instances in memory: what they refuse, and what they do not do twice. What the
 *  product does is proven on real containers. */

import { describe, expect, test } from "vitest";
import { codeOf, deployed, mirror, pair, verbs } from "../testing/deployment.ts";
import { problemOf } from "../testing/fake-world.ts";

describe("form", () => {
  test("creates nothing on an empty volume while the mirror lives on the other member", async () => {
    const world = await deployed();
    const [a, b] = world.instances;
    a!.mirror = undefined;
    a!.status = "NOTINIT";
    b!.status = "PRIMARY";

    const result = await verbs.form(world);

    expect(result).toMatchObject({ guid: b!.mirror?.guid, changed: false });
    expect(world.acts).toEqual([]);
  });

  test("creates nothing while a member cannot be asked what it holds", async () => {
    const world = pair();
    world.instances[1]!.problem = problemOf("instance-down", world.members[1]!);

    expect(await codeOf(verbs.form(world))).toBe("cannot-see-all");
    expect(world.acts).toEqual([]);
  });

  test("refuses when a member belongs to another mirror", async () => {
    const world = pair();
    world.instances[1]!.mirror = { ...mirror, name: "OTHER", guid: "1" };

    expect(await codeOf(verbs.form(world))).toBe("other-mirror");
    expect(world.acts).toEqual([]);
  });

  test("refuses when two members hold two mirrors of the same name", async () => {
    const world = await deployed();
    world.instances[1]!.mirror = { ...mirror, guid: "another" };

    expect(await codeOf(verbs.form(world))).toBe("two-mirrors");
  });

  test.each([
    { arbiter: "elsewhere|2188", qosTimeoutMs: 8000 },
    { arbiter: "", qosTimeoutMs: 8000 },
    { arbiter: "arbiter|2188", qosTimeoutMs: 2000 },
  ])("refuses settings the product does not change by itself: %o", async (held) => {
    const world = await deployed();
    for (const one of world.instances) {
      one.mirror = { name: mirror.name, guid: "1", ...held };
    }

    expect(await codeOf(verbs.form(world))).toBe("settings-differ");
  });

  test("waits until a member is primary, and tells who is what when none becomes it", async () => {
    const world = await deployed();
    for (const one of world.instances) {
      one.status = "WAITING";
    }

    await expect(verbs.form(world)).rejects.toThrow(
      "MIRRORSET: mirrorA is WAITING, mirrorB is WAITING after 60 s, " +
        "wanted: a failover member is primary.",
    );
  });
});

describe("join", () => {
  test("brings back the first member when its volume was lost", async () => {
    const world = await deployed();
    const [a, b] = world.instances;
    a!.mirror = undefined;
    a!.status = "NOTINIT";
    b!.status = "PRIMARY";

    const result = await verbs.join(world, 0);

    expect(result.changed).toBe(true);
    expect(world.acts).toEqual(["mirrorA Mirror.Join"]);
  });

  test("refuses when no partner holds the mirror", async () => {
    expect(await codeOf(verbs.join(pair(), 1))).toBe("mirror-absent");
  });

  test("names the partner that cannot be asked", async () => {
    const world = pair();
    world.instances[0]!.problem = problemOf("container-stopped", world.members[0]!);

    await expect(verbs.join(world, 1)).rejects.toThrow("Start dev-mirrorA");
  });

  test("does not take WAITING for a member that has arrived", async () => {
    const world = await deployed();
    world.instances[1]!.status = "WAITING";

    expect(await codeOf(verbs.join(world, 1))).toBe("time-over");
  });

  test("refuses a member of another mirror of the same name", async () => {
    const world = await deployed();
    world.instances[1]!.mirror = { ...mirror, guid: "another" };

    expect(await codeOf(verbs.join(world, 1))).toBe("two-mirrors");
  });
});
