/** What happens: on a pair with a DR, somebody demotes the backup, stops mirroring, dismounts a
 *  database, takes one out of the mirror on one side, deletes and changes our classes, removes,
 *  stops and changes containers; the primary hands over; at last the DR is promoted.
 *  What must hold: each is named by the preview as the step of that member, and only that; `up`
 *  repairs it, and the next preview is empty. A hand-over is no drift. Neither is the promotion: a
 *  note tells which change of the topology makes it permanent, and that change is carried out.
 *  How it is measured: Pulumi's preview, sessions, `iris qlist`, Docker. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { Checkout } from "../support/checkout.ts";
import { docker } from "../support/docker.ts";
import { memberStatus, wholePair } from "../support/mirror-state.ts";
import { changesOf } from "../support/preview.ts";
import { line } from "../support/session.ts";
import { smallTopology, TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";

const plain = { ...smallTopology([]), failover: { mirrorA: {}, mirrorB: {} } };
const topology = { ...plain, async: { dr1: { type: "dr" } } };
const company = "/dur/iconfig/mgr/company/";
const customer = "/dur/iconfig/mgr/customer/";

/** Runs a method of %SYS that answers 1. */
async function byHand(stack: TestStack, member: string, call: string): Promise<void> {
  expect(await line(stack.container(member), "%SYS", `write ##class(${call}`)).toBe("1");
}

/** Puts another class in the place of one of ours. */
async function loadMine(stack: TestStack, member: string, name: string): Promise<void> {
  const file = `${name}.cls`;
  writeFileSync(
    join(stack.folder, file),
    `Class ZIrisMirror.${name} { ClassMethod Mine() { quit 1 } }`,
  );
  await docker(["cp", join(stack.folder, file), `${stack.container(member)}:/dur/${file}`]);
  await byHand(stack, member, `%SYSTEM.OBJ).Load("/dur/${file}","ck-d")`);
}

async function becomes(stack: TestStack, member: string, status: string): Promise<void> {
  await waitFor(`${member} is ${status}`, budgets.memberBackMs, async () =>
    (await memberStatus(stack, member)) === status ? true : undefined,
  );
}

/** The preview names these updates and no more, with these words; `up` repairs, nothing is left.
 *  `mirror-verify` follows every repair. */
async function isRepaired(
  stack: TestStack,
  names: readonly string[],
  words: readonly string[],
): Promise<void> {
  const { text, code } = await stack.preview();
  expect(code, text).toBe(0);
  for (const one of words) expect(text).toContain(one);
  const changes = changesOf(text).map(({ resource }) => resource.split(" ")[1] ?? "");
  expect(changes.toSorted()).toEqual([...names, "mirror-verify"].toSorted());
  await stack.up();
  await stack.expectNoChanges();
}

it("a changed membership or database is named and repaired", async () => {
  using checkout = new Checkout();
  await using stack = await TestStack.create(checkout, topology);
  await stack.up();
  const { primary, backup } = await wholePair(stack);

  await byHand(stack, backup, "SYS.Mirror).Demote()");
  await byHand(stack, "dr1", 'SYS.Mirror).StopMirror("MIRRORSET")');
  await becomes(stack, backup, "Disaster Recovery Connected");
  await isRepaired(
    stack,
    [`${backup}-join`, "dr1-join"],
    [
      `${backup} was demoted to DR async and is promoted again (repair 1)`,
      "mirroring is stopped on dr1 (repair 1)",
    ],
  );
  expect(await wholePair(stack)).toEqual({ primary, backup });
  await becomes(stack, "dr1", "Disaster Recovery Connected");

  const dismount = `do ##class(SYS.Database).DismountDatabase("${company}")`;
  await line(stack.container(backup), "%SYS", dismount);
  await byHand(stack, "dr1", `SYS.Mirror).RemoveMirroredDatabase("${customer}")`);
  await isRepaired(
    stack,
    [`${backup}-databases`, "dr1-databases"],
    [
      `database COMPANY on ${backup}: Database Dismounted (repair 2)`,
      "database CUSTOMER on dr1 is an ordinary one, which a copy will replace (repair 2)",
    ],
  );

  await byHand(stack, primary, `SYS.Mirror).RemoveMirroredDatabase("${customer}")`);
  const removed = await stack.preview();
  expect(removed.text).toContain(
    `database CUSTOMER is not in the mirror on the primary ${primary}, where it is an ordinary one`,
  );
  await stack.up();
  await stack.expectNoChanges();
});

it("altered code and containers are named and repaired", async () => {
  using checkout = new Checkout();
  await using stack = await TestStack.create(checkout, topology);
  await stack.up();
  const { primary, backup } = await wholePair(stack);

  await line(stack.container(primary), "%SYS", 'do $system.OBJ.Delete("ZIrisMirror.Instance")');
  await loadMine(stack, "dr1", "Service");
  const { text } = await stack.preview();
  for (const words of [
    `Instance altered or missing on ${primary}`,
    "Service altered or missing on dr1",
  ]) {
    expect(text).toContain(`ZIrisMirror.${words} (repair 1)`);
  }
  await stack.up();
  await stack.expectNoChanges();

  await docker(["rm", "-f", stack.container("dr1")]);
  await docker(["stop", stack.container(backup)]);
  await docker(["update", "--restart=no", stack.container(primary)]);
  const down = await stack.preview();
  expect(down.code, down.text).toBe(0);
  expect(down.text).toMatch(new RegExp(`warning: ${backup}: the container is exited`));
  expect(down.text).toMatch(/mustRun *: false => true/);
  expect(down.text).toMatch(/restart *: "no" => "unless-stopped"/);
  const containers = changesOf(down.text).filter(({ resource }) =>
    resource.includes(":Container "),
  );
  expect(containers.map(({ kind }) => kind).toSorted()).toEqual(["create", "update", "update"]);
  await stack.up();
  await becomes(stack, "dr1", "Disaster Recovery Connected");
  expect(await wholePair(stack)).toEqual({ primary, backup });
  await stack.expectNoChanges();
});

it("a hand-over is no drift, and a promotion is told with what makes it permanent", async () => {
  using checkout = new Checkout();
  await using stack = await TestStack.create(checkout, topology);
  await stack.up();
  const { primary, backup } = await wholePair(stack);

  const iris = (verb: string) => [
    ...["exec", stack.container(primary), "iris", verb, "IRIS", "quietly"],
  ];
  await docker(iris("stop"));
  const down = await stack.preview();
  expect(down.code, down.text).toBe(0);
  expect(down.text).toMatch(
    new RegExp(`warning: ${primary}: the container runs, the instance is down.*iris start IRIS`),
  );
  expect(changesOf(down.text)).toEqual([]);
  await docker(iris("start"));
  expect(await wholePair(stack)).toEqual({ primary: backup, backup: primary });
  await stack.expectNoChanges();

  const promote = 'write ##class(SYS.Mirror).Promote(.absent),$get(absent)=""';
  expect(await line(stack.container("dr1"), "%SYS", promote)).toBe("11");
  await becomes(stack, "dr1", "Failover Backup");
  await becomes(stack, primary, "Disaster Recovery Connected");
  const promoted = await stack.preview();
  expect(promoted.code, promoted.text).toBe(0);
  expect(changesOf(promoted.text)).toEqual([]);
  expect(promoted.text).toContain(
    `dr1 was promoted to failover member by hand, and ${primary} is Disaster Recovery since`,
  );

  stack.configure({
    ...plain,
    failover: { [backup]: {}, dr1: {} },
    async: { [primary]: { type: "dr" } },
  });
  const moved = await stack.preview();
  expect(moved.code, moved.text).toBe(0);
  const parent = (key: string) => `irismirror:index:AsyncMember ${key}`;
  expect(changesOf(moved.text).filter(({ kind }) => kind !== "update")).toEqual([
    { kind: "create", resource: parent(primary) },
    { kind: "delete", resource: parent("dr1") },
  ]);
  await stack.up();
  expect(await memberStatus(stack, "dr1")).toBe("Failover Backup");
  await stack.expectNoChanges();
});
