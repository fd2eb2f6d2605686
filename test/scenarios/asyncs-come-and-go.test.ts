/** What happens: a pair that holds records gets a DR and a reporting async with one database of
 *  three; later the reporting one is taken out.
 *  What must hold: the preview shows what is new and the verification, nothing else; records of
 *  before and after arrive; writes are refused there; the pair's containers are never touched.
 *  How it is measured: Pulumi's preview, `iris qlist`, sessions, container ids, the status. */

import { expect, it } from "vitest";
import { Checkout } from "../support/checkout.ts";
import { containerId } from "../support/docker.ts";
import { arrives, listedMembers, memberStatus, wholePair } from "../support/mirror-state.ts";
import { freePorts } from "../support/ports.ts";
import { type Change, changesOf } from "../support/preview.ts";
import { line, session } from "../support/session.ts";
import { smallTopology, TestStack } from "../support/test-stack.ts";

const dr1 = { type: "dr" };
const report1 = { type: "reportingReadOnly", databases: ["COMPANY"] };

/** The changes that are neither of these kinds on the named members, nor the verification. */
function others(changes: readonly Change[], kind: string, members: readonly string[]): Change[] {
  const isTheirs = ({ resource }: Change) =>
    members.some((member) => new RegExp(` ${member}(?:-|$)`).test(resource));
  return changes.filter(
    (change) =>
      !(change.kind === kind && isTheirs(change)) && !change.resource.endsWith(" mirror-verify"),
  );
}

async function idsOf(stack: TestStack, members: readonly string[]): Promise<string[]> {
  return Promise.all(members.map((member) => containerId(stack.container(member))));
}

it("asyncs are added to a pair that holds records, and one is taken out again", async () => {
  using checkout = new Checkout();
  const topology = smallTopology(await freePorts(2));
  await using stack = await TestStack.create(checkout, topology);
  await stack.up();
  const { primary } = await wholePair(stack);
  await session(stack.container(primary), "COMPANY", ['set ^before="the asyncs came"']);
  const pair = await idsOf(stack, ["mirrorA", "mirrorB"]);

  stack.configure({ ...topology, async: { dr1, report1 } });
  const coming = changesOf((await stack.preview()).text);
  await stack.up();

  expect(coming).toContainEqual({
    kind: "create",
    resource: "docker:index/container:Container dr1",
  });
  expect(others(coming, "create", ["dr1", "report1"])).toEqual([]);
  expect(await idsOf(stack, ["mirrorA", "mirrorB"])).toEqual(pair);
  expect(await memberStatus(stack, "dr1")).toBe("Disaster Recovery Connected");
  expect(await memberStatus(stack, "report1")).toBe("Read-Only Reporting Connected");
  expect(await stack.outputs()).toMatchObject({
    members: { dr1: { role: "Disaster Recovery" }, report1: { role: "Read-Only Reporting" } },
  });

  await session(stack.container(primary), "COMPANY", ['set ^after="the asyncs came"']);
  for (const member of ["dr1", "report1"]) {
    await arrives(stack, member, "^before", "the asyncs came");
    await arrives(stack, member, "^after", "the asyncs came");
    const [refused] = await session(stack.container(member), "COMPANY", ['set ^here="mine"']);
    expect(refused).toContain("<PROTECT> ^here,/dur/iconfig/mgr/company/");
    expect(await line(stack.container(member), "COMPANY", "write $data(^here)")).toBe("0");
  }
  const has = (kind: string) => `write ##class(Config.${kind}).Exists("CUSTOMER")`;
  for (const kind of ["Databases", "Namespaces"]) {
    expect(await line(stack.container("dr1"), "%SYS", has(kind))).toBe("1");
    expect(await line(stack.container("report1"), "%SYS", has(kind))).toBe("0");
  }
  const status = await stack.tool("operate.mjs", ["status", "--stack", stack.name]);
  expect(status.text).toMatch(/dr1 .*Disaster Recovery +CONNECTED .*COMPANY Dejournaling/);
  expect(status.code, status.text).toBe(0);

  await stack.expectNoChanges();
  expect((await stack.pulumi(["up", "--yes", "--expect-no-changes"])).code).toBe(0);

  const staying = await idsOf(stack, ["mirrorA", "mirrorB", "dr1"]);
  stack.configure({ ...topology, async: { dr1 } });
  const going = changesOf((await stack.preview()).text);
  await stack.up();

  expect(going).toContainEqual({
    kind: "delete",
    resource: "docker:index/container:Container report1",
  });
  expect(others(going, "delete", ["report1"])).toEqual([]);
  expect(await idsOf(stack, ["mirrorA", "mirrorB", "dr1"])).toEqual(staying);
  expect(await stack.belongings()).not.toContain(`container ${stack.container("report1")}`);
  expect(await stack.belongings()).toContain(`volume ${stack.name}-report1-data`);
  for (const member of ["mirrorA", "mirrorB", "dr1"]) {
    expect(await listedMembers(stack, member)).toEqual(["DR1", "MIRRORA", "MIRRORB"]);
  }
  await session(stack.container(primary), "COMPANY", ['set ^last="one has left"']);
  await arrives(stack, "dr1", "^last", "one has left");
  await stack.expectNoChanges();
});
