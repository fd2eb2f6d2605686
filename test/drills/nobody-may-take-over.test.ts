/** What happens: the primary goes while no failover is set.
 *  What must hold: nobody takes over until the primary is back, which clears it.
 *  Source: GHA_mirror_set_member_change 6.1.3.
 *  How it is measured: clients on both members, and what both say they are, throughout. */

import { expect } from "vitest";
import { drill, nobodyMs } from "./drill.ts";

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
