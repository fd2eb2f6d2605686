/** What happens: one process in a container dies, or the backup does.
 *  What must hold: a dead primary whose agent lives is taken over, with and without an arbiter;
 *  nothing else makes anybody take over.
 *  How it is measured: clients on both members, and what both say they are, throughout. */

import { drill, killGapMs } from "./drill.ts";

for (const on of ["withArbiter", "withoutArbiter"] as const) {
  drill(
    `${on}: the primary's instance dies and its agent lives: the backup takes over`,
    { on, served: [["primary", "backup"]], gapMs: killGapMs },
    async ({ primary, backup, faults, writes }) => {
      await faults.instance(primary);
      await writes(backup);
      await faults.startInstance(primary);
    },
  );

  drill(
    `${on}: the backup is killed: the primary goes on alone`,
    { on, served: [["primary"]] },
    async ({ primary, backup, faults, ready, writes }) => {
      await faults.kill(backup);
      await ready(primary, false);
      await writes(primary);
      await faults.start(backup);
    },
  );
}

drill(
  "the primary's agent dies: the primary serves on, and hands over when it is stopped",
  { on: "withArbiter", served: [["primary", "backup"]] },
  async ({ primary, faults, watch, writes }) => {
    await faults.agent(primary);
    await watch.servedFor(primary, killGapMs);
    await writes(primary);
    await faults.stop(primary);
    await faults.start(primary);
  },
);
