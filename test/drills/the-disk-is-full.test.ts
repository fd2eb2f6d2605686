/** What happens: a member's disk is full, and has room again later.
 *  What must hold: a backup that cannot write is not waited for longer than QoS; a primary that
 *  cannot write acknowledges nothing and nobody takes over. With room both go on by themselves.
 *  Source: GHA_mirror_set 3.3.5 for a backup that does not acknowledge. Assumed: the product's
 *  primary, too, stays primary while its journal cannot be written.
 *  How it is measured: clients on both members, and what both say they are, throughout. */

import { afterAll, beforeAll, expect } from "vitest";
import { wholePair, type PairMember } from "../support/mirror-state.ts";
import { TestStack } from "../support/test-stack.ts";
import { drill, killGapMs, nobodyMs } from "./drill.ts";
import { Faults } from "./faults.ts";
import { SmallDisk } from "./small-disk.ts";
import { drillStack } from "./stacks.ts";

const members = ["mirrorA", "mirrorB"] as const;
const disks = new Map<PairMember, SmallDisk>();

function mirror() {
  const { name, folder } = drillStack("withArbiter");
  const stack = TestStack.existing(name, folder);
  return { stack, faults: new Faults(stack) };
}

beforeAll(async () => {
  const { stack, faults } = mirror();
  for (const member of members) {
    await faults.stop(member);
    disks.set(member, await SmallDisk.under(stack.container(member)));
    await faults.start(member);
    await wholePair(stack);
  }
});

/** Also when a drill failed: a volume on a disk of ours could not be removed. */
afterAll(async () => {
  const { stack, faults } = mirror();
  for (const member of members) {
    await faults.stop(member);
    await disks.get(member)?.remove();
  }
  for (const member of members) await faults.start(member);
  await wholePair(stack);
});

drill(
  "the backup's disk is full: the primary goes on, and the backup catches up when there is room",
  { on: "withArbiter", served: [["primary"]], gapMs: killGapMs },
  async ({ primary, backup, ready, writes }) => {
    await disks.get(backup)?.fill();
    await ready(primary, false);
    await writes(primary);
    disks.get(backup)?.empty();
    await ready(primary, true);
  },
);

drill(
  "the primary's disk is full: nothing is acknowledged, nobody takes over, and it goes on with room",
  { on: "withArbiter", served: [["primary"]] },
  async ({ primary, watch, writes, silent }) => {
    await disks.get(primary)?.fill();
    await silent(nobodyMs);
    await watch.servedFor(primary, nobodyMs);
    disks.get(primary)?.empty();
    await writes(primary);
    expect(disks.size).toBe(2);
  },
);
