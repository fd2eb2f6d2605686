/** What happens: the primary goes while no failover is set, or with plain sets under way.
 *  What must hold: with no failover nobody takes over, until the primary is back, which clears it
 *  (GHA_mirror_set_member_change 6.1.3). Plain sets promise nothing: those that were not flushed
 *  are lost, here as on the product, and only those.
 *  How it is measured: clients on both members, and what both say they are, throughout. */

import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { wholePair } from "../support/mirror-state.ts";
import { line } from "../support/session.ts";
import { TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";
import { drill, nobodyMs } from "./drill.ts";
import { Faults } from "./faults.ts";
import { PlainSets } from "./plain-sets.ts";
import { drillStack } from "./stacks.ts";

drill(
  "no failover is set and the primary's container is killed: nobody takes over",
  { on: "withArbiter", served: [["primary"]] },
  async ({ primary, faults, run, watch, writes, ready }) => {
    expect(await run(primary, "write ##class(SYS.Mirror).SetNoFailover()")).toBe("1");
    await ready(primary, false);
    await faults.kill(primary);
    await watch.nobodyServed(nobodyMs);
    await faults.start(primary);
    await writes(primary);
    await ready(primary, true);
  },
);

drill(
  "the primary is stopped with nofailover: nobody takes over",
  { on: "withArbiter", served: [["primary"]] },
  async ({ primary, faults, watch, writes }) => {
    await faults.stopWithoutFailover(primary);
    await watch.nobodyServed(nobodyMs);
    await faults.startInstance(primary);
    await writes(primary);
  },
);

it("plain sets that were not flushed are lost by a kill, and nothing before them", async () => {
  const { name, folder } = drillStack("withArbiter");
  const stack = TestStack.existing(name, folder);
  const { primary, backup } = await wholePair(stack);
  const sets = new PlainSets(stack.container(primary), `plain${Date.now()}`);
  await waitFor("2000 plain sets", budgets.memberBackMs, () =>
    Promise.resolve(sets.last >= 2000 ? true : undefined),
  );

  const faults = new Faults(stack);
  await faults.halt(primary);
  await sets.quiet();
  await faults.kill(primary);
  await sets.over();
  await faults.start(primary);
  await wholePair(stack);

  const count = `set n=0,k="" for { set k=$order(^${sets.global}(k)) quit:k=""  set n=n+1 } write n`;
  for (const member of [primary, backup]) {
    const container = stack.container(member);
    const held = Number(await line(container, "COMPANY", count));
    const newest = await line(container, "COMPANY", `write $order(^${sets.global}(""),-1)`);
    expect(held).toBe(Number(newest));
    expect(held).toBeLessThan(sets.last);
  }
});
