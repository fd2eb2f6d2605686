/** What happens: a backup comes back from an old copy of its volume, while the mirror journal files
 *  that it needs are there, or when they are purged.
 *  What must hold: it catches up; or it says that it must be rebuilt, skips nothing and is no
 *  backup. The primary serves on.
 *  Source: GHA_mirror_manage (inconsistent member), GCDI_journal_purge_mirror.
 *  How it is measured: clients on both members, and what both say they are, throughout. */

import { expect } from "vitest";
import { wholePair } from "../support/mirror-state.ts";
import { TestStack } from "../support/test-stack.ts";
import { waitFor } from "../support/wait.ts";
import { budgets } from "../support/budgets.ts";
import { docker } from "../support/docker.ts";
import { drill, nobodyMs, type Stage } from "./drill.ts";
import { drillStack } from "./stacks.ts";
import { VolumeCopy } from "./volume-copy.ts";

const on = "withArbiter";

function mirror(): TestStack {
  const { name, folder } = drillStack(on);
  return TestStack.existing(name, folder);
}

/** The backup's volume as it was before the primary's next two journal files. */
async function copyAndGoOn({ primary, backup, faults, writes }: Stage): Promise<VolumeCopy> {
  const stack = mirror();
  await faults.stop(backup);
  const copy = await VolumeCopy.of(stack.container(backup));
  await faults.start(backup);
  await wholePair(stack);
  // Whoever becomes primary begins a journal file.
  for (const [goes, leads] of [
    [primary, backup],
    [backup, primary],
  ] as const) {
    await faults.stop(goes);
    await writes(leads);
    await faults.start(goes);
    await wholePair(stack);
  }
  await faults.stop(backup);
  return copy;
}

async function saysInconsistent(container: string): Promise<void> {
  await waitFor(`${container} says that it must be rebuilt`, budgets.memberBackMs, async () => {
    const log = await docker(["logs", "--tail", "20", container]);
    return log.includes("its data is inconsistent with the mirror") ? true : undefined;
  });
}

drill(
  "the backup comes back from an old copy, and the journal is there: it catches up",
  { on, served: [["primary", "backup", "primary"]] },
  async (stage) => {
    using old = await copyAndGoOn(stage);
    await old.putBack();
    await stage.faults.start(stage.backup);
    await stage.ready(stage.backup, true);
  },
);

drill(
  "the backup comes back from an old copy, and the journal is purged: it must be rebuilt",
  { on, served: [["primary", "backup", "primary"]] },
  async (stage) => {
    const { primary, backup, faults, run, watch, writes } = stage;
    using old = await copyAndGoOn(stage);
    const container = mirror().container(backup);
    using newest = await VolumeCopy.of(container);
    const purge = "write ##class(SYS.Mirror).PurgeJournalFiles(0)";
    expect(await run(primary, purge)).toBe("1");
    try {
      await old.putBack();
      await faults.start(backup);
      await saysInconsistent(container);
      await watch.servedFor(primary, nobodyMs);
      await writes(primary);
      await stage.agree(backup);
      expect(await run(backup, "write $SYSTEM.Mirror.IsBackup()")).toBe("0");
    } finally {
      await faults.stop(backup);
      await newest.putBack();
      await faults.start(backup);
    }
  },
);
