/** How large the mirror of a run is, and who joins it. */

import type { AsyncType } from "../configuration.ts";
import { asyncMembersMax } from "../configuration.ts";
import { Random } from "./random.ts";

/** A DR async twice as often: it is the one that may be promoted. */
const types: readonly AsyncType[] = [
  "disasterRecovery",
  "disasterRecovery",
  "readOnlyReporting",
  "readWriteReporting",
];

/** Of so many runs that many have least to most asyncs. Most are pairs: they are fast, and what can
 *  go wrong between two has the most ways to. */
const sizes = [
  { runs: 55, least: 0, most: 0 },
  { runs: 28, least: 1, most: 2 },
  { runs: 12, least: 3, most: 5 },
  { runs: 5, least: 6, most: asyncMembersMax },
] as const;

/** In one run of so many persons may override the mirror. */
const overriddenOneIn = 5;

/** Whether they may in this one, from its seed. */
export function mayBeOverridden(seed: number): boolean {
  return new Random(seed ^ 0x5bd1e995).oneIn(overriddenOneIn);
}

/** The asyncs of a run, from its seed. */
export function asyncsOf(seed: number): readonly AsyncType[] {
  const random = new Random(~seed);
  let drawn = random.between(1, 100);
  for (const { runs, least, most } of sizes) {
    drawn -= runs;
    if (drawn > 0) continue;
    return Array.from({ length: random.between(least, most) }, () => random.pick(types));
  }
  return [];
}
