/** What happens: either member is killed while a client writes, and started again.
 *  What must hold: every acknowledged write is on both members afterwards, and nothing that nobody
 *  wrote. Whoever is primary then, the preview is empty.
 *  How it is measured: a ledger. The moment of the kill is a drawn number of acknowledged writes,
 *  printed, so that it can be given again. */

import { expect, it } from "vitest";
import { budgets } from "../support/budgets.ts";
import { docker } from "../support/docker.ts";
import { commitSynchronously, Ledger } from "../support/ledger.ts";
import { wholePair, type PairMember } from "../support/mirror-state.ts";
import { sharedStack } from "../support/shared-stack.ts";
import { waitFor } from "../support/wait.ts";

const { stack } = sharedStack();

const drawn = Number(process.env["IRIS_MIRROR_KILL_AT"] ?? 20 + Math.floor(Math.random() * 400));

/** Writes, kills, starts again; gives the balance on each member. */
async function killWhileWriting(which: "primary" | "backup") {
  const before = await wholePair(stack);
  await commitSynchronously(stack.container(before.primary));
  const ledger = new Ledger(stack.container(before.primary), "COMPANY", `ledger${Date.now()}`);
  const acknowledged = (count: number) => async () =>
    Promise.resolve(ledger.acknowledged >= count ? true : undefined);
  await waitFor(`${drawn} acknowledged writes`, budgets.memberBackMs, acknowledged(drawn));

  await docker(["kill", stack.container(before[which])]);
  if (which === "backup") {
    // The primary goes on alone once its trouble has ended, and the ledger with it.
    const more = ledger.acknowledged + 50;
    await waitFor("writes without backup", budgets.memberBackMs, acknowledged(more));
    await docker(["start", stack.container(before.backup)]);
    await wholePair(stack);
    await docker(["restart", stack.container(before.primary)]);
  } else {
    await docker(["start", stack.container(before.primary)]);
  }
  await ledger.over();
  await wholePair(stack);
  const balance = (member: PairMember) => ledger.balance(stack.container(member), "COMPANY");
  return { mirrorA: await balance("mirrorA"), mirrorB: await balance("mirrorB") };
}

it.for(["primary", "backup"] as const)(
  `the %s killed after ${drawn} writes comes back with every acknowledged write`,
  async (which) => {
    const balances = await killWhileWriting(which);

    for (const { acknowledged, lost, unexpected } of Object.values(balances)) {
      expect(acknowledged).toBeGreaterThanOrEqual(drawn);
      expect({ lost, unexpected }).toEqual({ lost: [], unexpected: [] });
    }
    await stack.expectNoChanges();
  },
);
