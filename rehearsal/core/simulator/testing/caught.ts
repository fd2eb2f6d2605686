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
  return found(rules, { asyncs, mayBeOverridden }, () => true);
}

/** The same for a rule that several invariants catch: the first fault of the one that is meant. */
export function caughtAs(
  meant: RegExp,
  rules: Partial<Rules>,
  asyncs: NonNullable<RunOptions["asyncs"]>,
): string {
  return found(rules, { asyncs, mayBeOverridden: false }, (fault) => meant.test(fault));
}

function found(
  rules: Partial<Rules>,
  options: Pick<RunOptions, "asyncs" | "mayBeOverridden">,
  counts: (fault: string) => boolean,
): string {
  for (let seed = 1; seed <= seedsMax; seed++) {
    const play = { seed, events: 2000, hasArbiter: true, ...options };
    const [fault] = run({ ...play, rules: { ...coreRules, ...rules } }).faults;
    if (fault !== undefined && counts(fault)) return fault;
  }
  return "nothing was found";
}

/** Matches a fault of one of these invariants. */
export const oneOf = (...names: readonly string[]): RegExp => new RegExp(`^(${names.join("|")}):`);
