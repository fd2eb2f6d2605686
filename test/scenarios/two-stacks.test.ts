/** What happens: a second stack is deployed on the engine that already has one, destroyed, deployed
 *  again, and at last removed with its data.
 *  What must hold: the first is not touched; destroy keeps data and mirror; the word that deletes
 *  data leaves nothing.
 *  How it is measured: records, container ids, everything that carries the stack's label. */

import { expect, it } from "vitest";
import { Checkout } from "../support/checkout.ts";
import { containerId } from "../support/docker.ts";
import { wholePair } from "../support/mirror-state.ts";
import { line, session } from "../support/session.ts";
import { sharedStack } from "../support/shared-stack.ts";
import { TestStack } from "../support/test-stack.ts";

const { stack: first } = sharedStack();

it("lives beside the first, survives destroy, and goes without a trace when told to", async () => {
  using checkout = new Checkout();
  await using second = await TestStack.create(checkout);
  const idBefore = await containerId(first.container("mirrorA"));

  await second.up();
  const deployed = await wholePair(second);
  await session(second.container(deployed.primary), "COMPANY", ['set ^kept="over a destroy"']);
  const guid = 'write ##class(Config.Mirrors).Get("MIRRORSET",.p),p("GUID")';
  const mirror = await line(second.container("mirrorA"), "%SYS", guid);

  await second.destroy();
  expect((await second.belongings()).map((name) => name.split(" ")[0])).toEqual([
    "volume",
    "volume",
  ]);

  await second.up();
  const again = await wholePair(second);
  expect(await line(second.container("mirrorA"), "%SYS", guid)).toBe(mirror);
  expect(await line(second.container(again.primary), "COMPANY", "write ^kept")).toBe(
    "over a destroy",
  );
  await second.expectNoChanges();

  const gone = await second.tool("down.mjs", ["--delete-data", second.name]);
  expect(gone.code, gone.text).toBe(0);
  expect(await second.belongings()).toEqual([]);
  expect(await containerId(first.container("mirrorA"))).toBe(idBefore);
  await first.expectNoChanges();
});
