/** Two failover members, an arbiter or none, faults at any moment: the invariants hold throughout,
 *  and once nothing is broken any more the mirror heals. What it does not show: the real network
 *  and the real disk. */

import { describe, expect, it, vi } from "vitest";
import { run } from "./run.ts";

/** Some hundred runs of some hundred steps, on a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

/** Enough that each fault meets each phase; the long runs are a command of their own. */
const seeds = 300;
const stepsPerRun = 400;

describe("random faults on a mirror", () => {
  it.for([true, false])("keep every invariant, and it heals (arbiter: %s)", (hasArbiter) => {
    for (let seed = 1; seed <= seeds; seed++) {
      const { faults, isHealed, timeline } = run({ seed, steps: stepsPerRun, hasArbiter });
      const story = `seed ${seed}\n${timeline.join("\n")}`;

      expect(faults, story).toEqual([]);
      expect(isHealed, `not healed: ${story}`).toBe(true);
    }
  });

  it("repeats exactly for one seed", () => {
    const options = { seed: 7, steps: stepsPerRun, hasArbiter: true };

    expect(run(options)).toEqual(run(options));
  });
});
