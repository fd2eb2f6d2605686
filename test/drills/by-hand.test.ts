/** What happens: a person makes the backup primary.
 *  What must hold: the running primary stops writing first and is forced down; without one the
 *  person's word is enough where nobody else would take over.
 *  Source: SYS.Mirror.BecomePrimary.
 *  How it is measured: clients on both members, and what both say they are, throughout. */

import { expect } from "vitest";
import { drill, killGapMs, nobodyMs } from "./drill.ts";

const become = "write ##class(SYS.Mirror).BecomePrimary()";

for (const on of ["withArbiter", "withoutArbiter"] as const) {
  drill(
    `${on}: BecomePrimary while the primary runs: it hands over and is forced down`,
    { on, served: [["primary", "backup"]], gapMs: killGapMs },
    async ({ primary, backup, faults, run, down, writes }) => {
      expect(await run(backup, become)).toBe("1");
      await writes(backup);
      await down(primary);
      await faults.startInstance(primary);
    },
  );
}

drill(
  "without an arbiter: the primary's container is killed, and BecomePrimary ends the wait",
  { on: "withoutArbiter", served: [["primary", "backup"]] },
  async ({ primary, backup, faults, run, is, watch, writes }) => {
    await faults.kill(primary);
    await is(backup, "WAITING");
    await watch.nobodyServed(nobodyMs);
    expect(await run(backup, become)).toBe("1");
    await writes(backup);
    await faults.start(primary);
  },
);

drill(
  "BecomePrimary is refused on the primary itself",
  { on: "withArbiter", served: [["primary"]] },
  async ({ primary, run, writes }) => {
    expect(await run(primary, become)).toBe("0");
    await writes(primary);
  },
);
