/** What happens: the primary of a pair is taken out of the topology, comes back on its old volume,
 *  and is taken out as the backup; before, an exchange in one step; in the end a backup is taken
 *  out whose container is gone already.
 *  What must hold: the role moves before the primary leaves, no record is lost, the volume stays;
 *  the preview says that a failover is impossible then; who comes back has every record; the
 *  exchange is refused and nothing touched; who cannot leave by itself is named. Each ends in an
 *  empty preview.
 *  How it is measured: Pulumi's words, `iris qlist`, the list of members, sessions, `docker ps`. */

import { expect, it } from "vitest";
import { Checkout } from "../support/checkout.ts";
import { docker } from "../support/docker.ts";
import {
  arrives,
  listedMembers,
  memberStatus,
  type PairMember,
  wholePair,
} from "../support/mirror-state.ts";
import { freePorts } from "../support/ports.ts";
import { line, session } from "../support/session.ts";
import { smallTopology, TestStack } from "../support/test-stack.ts";

const impossible = (key: string) =>
  `a failover is impossible then: ${key} is the only failover member`;

/** The stack with these failover members. */
function configure(stack: TestStack, topology: Record<string, unknown>, ...keys: string[]): void {
  stack.configure({ ...topology, failover: Object.fromEntries(keys.map((key) => [key, {}])) });
}

/** A member is alone in the mirror, the other one's volume stays, and nothing is left to change. */
async function expectAlone(stack: TestStack, key: PairMember, other: PairMember): Promise<void> {
  expect(await memberStatus(stack, key)).toBe("Failover Primary");
  const belongings = await stack.belongings();
  expect(belongings).not.toContain(`container ${stack.container(other)}`);
  expect(belongings).toContain(`volume ${stack.name}-${other}-data`);
  expect(await stack.outputs()).toMatchObject({ failoverMode: "single member" });
  await stack.expectNoChanges();
}

it("failover members leave, whoever is primary, and come back", async () => {
  using checkout = new Checkout();
  const topology = smallTopology(await freePorts(2));
  await using stack = await TestStack.create(checkout, topology);
  configure(stack, topology, "mirrorA", "mirrorB");
  await stack.up();
  const { primary, backup } = await wholePair(stack);
  await session(stack.container(primary), "COMPANY", ['set ^before="it left"']);

  // Both in place of each other, and one: refused.
  const before = await stack.belongings();
  for (const keys of [
    ["mirrorC", "mirrorD"],
    [backup, "mirrorC"],
  ]) {
    configure(stack, topology, ...keys);
    const refused = await stack.pulumi(["up", "--yes", "--skip-preview"]);
    expect(refused.text).toContain("nothing was touched");
    expect(refused.text).toContain(`mirrorC in place of ${primary}`);
    expect(refused.code).not.toBe(0);
  }
  expect(await stack.belongings()).toEqual(before);

  // The primary.
  configure(stack, topology, backup);
  const preview = await stack.preview();
  expect(preview.text).toContain(`it is primary, so ${backup} takes over first`);
  expect(preview.text).toContain(impossible(backup));
  await stack.up();
  await expectAlone(stack, backup, primary);
  expect(await listedMembers(stack, backup)).toEqual([backup.toUpperCase()]);
  expect(await line(stack.container(backup), "COMPANY", "write ^before")).toBe("it left");
  await session(stack.container(backup), "COMPANY", ['set ^while="it was away"']);

  // Back on its old volume.
  configure(stack, topology, primary, backup);
  await stack.up();
  expect(await wholePair(stack)).toEqual({ primary: backup, backup: primary });
  await arrives(stack, primary, "^before", "it left");
  await arrives(stack, primary, "^while", "it was away");
  await stack.expectNoChanges();

  // The same one, now the backup.
  configure(stack, topology, backup);
  const again = await stack.preview();
  expect(again.text).toContain(impossible(backup));
  expect(again.text).not.toContain("takes over first");
  await stack.up();
  await expectAlone(stack, backup, primary);
  expect(await listedMembers(stack, backup)).toEqual([backup.toUpperCase()]);
  expect(await line(stack.container(backup), "COMPANY", "write ^while")).toBe("it was away");
});

it("a backup whose container is gone is taken out, and comes back as it was", async () => {
  using checkout = new Checkout();
  const topology = smallTopology(await freePorts(2));
  await using stack = await TestStack.create(checkout, topology);
  configure(stack, topology, "mirrorA", "mirrorB");
  await stack.up();
  const { primary, backup } = await wholePair(stack);

  await docker(["rm", "--force", stack.container(backup)]);
  configure(stack, topology, primary);
  const preview = await stack.preview();
  expect(preview.text).toContain(`${backup} has no container, so it cannot leave`);
  const said = await stack.up();
  expect(said).toContain(`the container is gone, and ${primary} still lists it`);
  await expectAlone(stack, primary, backup);

  configure(stack, topology, primary, backup);
  await stack.up();
  expect(await wholePair(stack)).toEqual({ primary, backup });
  await stack.expectNoChanges();
});
