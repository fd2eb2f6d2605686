/** What happens: both members are gone, and come back together, alone, or again and again.
 *  What must hold: a failover member that cannot reach the other one's agent never becomes primary,
 *  whoever it was before. Source: GHA_mirror_set_member_change 6.1.1.
 *  How it is measured: clients on both members, and what both say they are, throughout. */

import { drill, nobodyMs, type Stage } from "./drill.ts";

/** Who is primary after an outage of both is not documented, only that one is. */
const either = [["primary"], ["primary", "backup"]] as const;

async function killBoth({ primary, backup, faults, watch }: Stage): Promise<void> {
  await Promise.all([faults.kill(primary), faults.kill(backup)]);
  await watch.nobodyServed(0);
}

for (const on of ["withArbiter", "withoutArbiter"] as const) {
  drill(`${on}: total outage, both start again`, { on, served: either }, async (stage) => {
    const { primary, backup, faults } = stage;
    await killBoth(stage);
    await Promise.all([faults.start(primary), faults.start(backup)]);
  });

  for (const first of ["primary", "backup"] as const) {
    drill(
      `${on}: total outage, the former ${first} starts alone: nobody is primary`,
      { on, served: either },
      async (stage) => {
        const { primary, backup, faults, is, watch } = stage;
        await killBoth(stage);
        await faults.start(stage[first]);
        await is(stage[first], "WAITING");
        await watch.nobodyServed(nobodyMs);
        await faults.start(first === "primary" ? backup : primary);
      },
    );
  }
}

drill(
  "a restart storm: both are killed and started five times",
  { on: "withArbiter", served: either },
  async (stage) => {
    const { primary, backup, faults } = stage;
    for (let round = 1; round <= 5; round++) {
      await Promise.all([faults.kill(primary), faults.kill(backup)]);
      await Promise.all([faults.start(primary), faults.start(backup)]);
    }
  },
);
