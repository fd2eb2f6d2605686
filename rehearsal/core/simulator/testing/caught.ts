/** Plays with a rule that is broken on purpose until something is found. */

import { coreRules, type Rules } from "../rules.ts";
import { run, type RunOptions } from "../run.ts";

/** A rule that is broken must be caught within so many seeds. */
const seedsMax = 1000;

/** What is found wrong first: sentences of one invariant, as `<name>: …`.
 *  @param mayBeOverridden  persons may override the mirror. @default false */
export function caught(
  rules: Partial<Rules>,
  asyncs: RunOptions["asyncs"] = [],
  mayBeOverridden = false,
): string {
  for (let seed = 1; seed <= seedsMax; seed++) {
    const broken = { ...coreRules, ...rules };
    const play = { seed, events: 2000, hasArbiter: true, asyncs, mayBeOverridden };
    const [fault] = run({ ...play, rules: broken }).faults;
    if (fault !== undefined) return fault;
  }
  return "nothing was found";
}

/** Matches a fault of one of these invariants. */
export const oneOf = (...names: readonly string[]): RegExp => new RegExp(`^(${names.join("|")}):`);
