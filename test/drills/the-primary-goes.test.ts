/** What happens: the primary's container, instance, agent or network goes.
 *  What must hold: whoever may take over by the documentation's tables does, nobody else; the write
 *  gap; nothing acknowledged is lost and there are never two primaries.
 *  How it is measured: clients on both members, and both members' status pages, throughout. */

import { drill, killGapMs, nobodyMs, stopGapMs } from "./drill.ts";

drill(
  "the primary's container is killed: the backup takes over on the arbiter's word",
  { on: "withArbiter", served: [["primary", "backup"]], gapMs: killGapMs },
  async ({ primary, backup, faults, writes }) => {
    await faults.kill(primary);
    await writes(backup);
    await faults.start(primary);
  },
);

drill(
  "the primary's container is killed and there is no arbiter: nobody takes over",
  // When its agent is back the backup may take over; when its instance is, it may be primary again.
  { on: "withoutArbiter", served: [["primary"], ["primary", "backup"]] },
  async ({ primary, backup, faults, is, watch }) => {
    await faults.kill(primary);
    await is(backup, "WAITING");
    await watch.nobodyServed(nobodyMs);
    await faults.start(primary);
  },
);

drill(
  "the primary is stopped gracefully: it hands over",
  { on: "withArbiter", served: [["primary", "backup"]], gapMs: stopGapMs },
  async ({ primary, backup, faults, writes }) => {
    await faults.stop(primary);
    await writes(backup);
    await faults.start(primary);
  },
);

drill(
  "the primary is cut off from backup and arbiter: the backup takes over, the old one is forced down",
  { on: "withArbiter", served: [["primary", "backup"]], gapMs: killGapMs },
  async ({ primary, backup, faults, writes, down }) => {
    await Promise.all([faults.cutBoth(primary, backup), faults.cutBoth(primary, "arbiter")]);
    await writes(backup);
    await faults.heal(primary, backup, "arbiter");
    await down(primary);
    await faults.startInstance(primary);
  },
);
