/** A whole deployment on instances in memory: the order of the steps, what a second one does, and
 *  that an interrupted one is finished by the next. Nothing here proves what the product does. */

import { describe, expect, test } from "vitest";
import { deploy, deployed, pair, stateOf, verbs } from "../testing/deployment.ts";

describe("a deployment", () => {
  test("acts once for each thing, primary first", async () => {
    const world = pair();

    await deploy(world);

    expect(world.acts).toEqual([
      "mirrorA Mirror.Create",
      "mirrorB Mirror.Join",
      "mirrorA Database.Configure COMPANY",
      "mirrorA Database.Create COMPANY",
      "mirrorA Database.Configure PERSONAL",
      "mirrorA Database.Create PERSONAL",
      "mirrorB Database.Configure COMPANY",
      "mirrorB Database.Create COMPANY",
      "mirrorB Database.Configure PERSONAL",
      "mirrorB Database.Create PERSONAL",
    ]);
  });

  test("does nothing the second time, and says so", async () => {
    const world = await deployed();

    const results = [
      await verbs.form(world),
      await verbs.join(world, 0),
      await verbs.join(world, 1),
      await verbs.database(world),
      await verbs.databases(world, 1),
    ];

    expect(results.map((result) => result.changed)).toEqual([false, false, false, false, false]);
    expect(world.acts).toEqual([]);
  });

  test("interrupted at any call, is finished by the next one in the same state", async () => {
    const wanted = stateOf(await deployed());
    let killed = 0;
    for (let callsLeft = 0; ; callsLeft++) {
      const world = pair();
      world.callsLeft = callsLeft;
      const isThrough = await deploy(world).then(
        () => true,
        () => false,
      );
      if (isThrough) {
        break;
      }
      killed += 1;
      world.callsLeft = Infinity;

      await deploy(world);

      expect(stateOf(world)).toEqual(wanted);
      expect(world.acts.filter((act) => act.includes("Mirror.Create"))).toHaveLength(1);
    }
    expect(killed).toBeGreaterThan(20);
  });
});
