/** What happens: the arbiter dies, alone, with the backup, or before the primary.
 *  What must hold: without it nobody takes over from a host that is gone; losing it and the backup
 *  at once stops the primary until the backup is back, one after the other does not.
 *  Source: GHA_mirror_set 3.3.3.5, 3.3.5, Table 3-1.
 *  How it is measured: clients on both members, and what both say they are, throughout. */

import { drill, nobodyMs } from "./drill.ts";

drill(
  "the arbiter is killed: the primary goes on, and is arbiter controlled again when it is back",
  { on: "withArbiter", served: [["primary"]] },
  async ({ primary, faults, ready, writes }) => {
    await faults.kill("arbiter");
    await ready(primary, false);
    await writes(primary);
    await faults.start("arbiter");
    await ready(primary, true);
  },
);

drill(
  "the arbiter, then the primary's container is killed: nobody takes over",
  { on: "withArbiter", served: [["primary"], ["primary", "backup"]] },
  async ({ primary, backup, faults, ready, is, watch }) => {
    await faults.kill("arbiter");
    await ready(primary, false);
    await faults.kill(primary);
    await is(backup, "WAITING");
    await watch.nobodyServed(nobodyMs);
    await faults.start("arbiter");
    await watch.nobodyServed(nobodyMs);
    await faults.start(primary);
  },
);

drill(
  "backup and arbiter are lost at once: the primary serves nobody until its backup is back",
  { on: "withArbiter", served: [["primary"]] },
  async ({ primary, backup, faults, watch, writes }) => {
    await Promise.all([faults.freeze(backup), faults.freeze("arbiter")]);
    await watch.nobodyServed(nobodyMs);
    await Promise.all([faults.kill(backup), faults.kill("arbiter")]);
    await watch.nobodyServed(nobodyMs);
    await faults.start(backup);
    await writes(primary);
    await faults.start("arbiter");
  },
);

drill(
  "the arbiter is lost, then the backup: the primary goes on",
  { on: "withArbiter", served: [["primary"]] },
  async ({ primary, backup, faults, ready, writes }) => {
    await faults.kill("arbiter");
    await ready(primary, false);
    await faults.kill(backup);
    await writes(primary);
    await faults.start("arbiter");
    await faults.start(backup);
  },
);

drill(
  "the backup is lost, then the arbiter: the primary goes on",
  { on: "withArbiter", served: [["primary"]] },
  async ({ primary, backup, faults, ready, writes }) => {
    await faults.kill(backup);
    await ready(primary, false);
    await writes(primary);
    await faults.kill("arbiter");
    await writes(primary);
    await faults.start("arbiter");
    await faults.start(backup);
  },
);
