/** What happens: the clock of one member jumps by an hour while its instance runs.
 *  What must hold: nobody notices; and a failover goes as ever. A mirror measures the time that has
 *  passed, not what a clock shows.
 *  Source: assumed; the documentation asks for no common clock.
 *  How it is measured: clients on both members, and what both say they are, throughout. Only the
 *  instances are lied to, by libfaketime; their agents are not. */

import { afterAll, beforeAll, describe, inject } from "vitest";
import { budgets } from "../support/budgets.ts";
import { wholePair, type PairMember } from "../support/mirror-state.ts";
import { line } from "../support/session.ts";
import { TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";
import { drill, killGapMs, type Stage } from "./drill.ts";
import { Faults } from "./faults.ts";
import { drillStack } from "./stacks.ts";

const hour = 3600;

function mirror() {
  const { name, folder } = drillStack("withArbiter");
  const stack = TestStack.existing(name, folder);
  return { stack, faults: new Faults(stack) };
}

/** Each member's instance is started anew by this. */
async function restartEach(start: (faults: Faults, member: PairMember) => Promise<void>) {
  const { stack, faults } = mirror();
  for (const member of ["mirrorA", "mirrorB"] as const) {
    await faults.stopInstance(member);
    await start(faults, member);
    await wholePair(stack);
  }
}

/** Seconds by which the clock of one member is ahead of the other one's. */
async function lead(member: PairMember, other: PairMember): Promise<number> {
  const { stack } = mirror();
  const seconds = 'write $piece($ztimestamp,",",1)*86400+$piece($ztimestamp,",",2)\\1';
  const [mine, theirs] = await Promise.all(
    [member, other].map((one) => line(stack.container(one), "%SYS", seconds)),
  );
  return Number(mine) - Number(theirs);
}

/** Moves a clock, sees that it moved, and that the primary serves on. */
async function jump(
  { primary, backup, faults, watch, writes }: Stage,
  who: "primary" | "backup",
  bySeconds: number,
): Promise<void> {
  const [moved, other] = who === "primary" ? [primary, backup] : [backup, primary];
  await faults.setClock(moved, bySeconds);
  await waitFor(`the clock of ${moved} to jump`, budgets.memberBackMs, async () => {
    return Math.abs((await lead(moved, other)) - bySeconds) < hour / 2 ? true : undefined;
  });
  await watch.servedFor(primary, killGapMs);
  await writes(primary);
}

describe.skipIf(inject("faketimeLibrary") === undefined)("with libfaketime", () => {
  beforeAll(() => restartEach((faults, member) => faults.startWithOwnClock(member)));
  afterAll(() => restartEach((faults, member) => faults.startInstance(member)));

  for (const who of ["primary", "backup"] as const) {
    for (const bySeconds of [hour, -hour]) {
      const direction = bySeconds > 0 ? "forward" : "back";
      drill(
        `the ${who}'s clock jumps an hour ${direction}: nothing, and then a kill: a takeover in time`,
        { on: "withArbiter", served: [["primary", "backup"]], gapMs: killGapMs },
        async (stage) => {
          await jump(stage, who, bySeconds);
          const { primary, backup, faults, writes } = stage;
          await faults.instance(primary);
          await writes(backup);
          await faults.setClock(who === "primary" ? primary : backup, 0);
          await faults.startWithOwnClock(primary);
        },
      );
    }
  }
});
