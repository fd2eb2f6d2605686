/** The end of every run: nothing fails any more, and the mirror must be well again. */

import { healing } from "../change-invariants.ts";
import { failoverMode } from "../views.ts";
import { undoPersons } from "./faults.ts";
import type { Observer } from "./observer.ts";
import { isWell, members, startAll } from "./pair.ts";
import type { World } from "./world.ts";

/** How often everything that is down is started again, and how long each time is waited for a
 *  primary and an active backup, in milliseconds. */
const healingTime = { rounds: 4, roundMs: 60_000 } as const;

/** Lets everything work again, and a person start whoever is down. A mirror that does not heal is a
 *  fault of the run. */
export function heal(world: World, observer: Observer, hasArbiter: boolean): void {
  if (observer.faults.length > 0 || heals(world, observer, hasArbiter)) return;
  const fault = `${healing.name}: not within ${healingTime.rounds} times ${healingTime.roundMs} ms`;
  observer.note(`!! ${fault}`);
  observer.faults.push(fault);
}

function heals(world: World, observer: Observer, hasArbiter: boolean): boolean {
  observer.note("-- everything is healed, and what persons did is undone");
  world.duplicatesOneIn = undefined;
  for (let round = 0; round < healingTime.rounds; round++) {
    undoPersons(world);
    startAll(world);
    if (world.pass(healingTime.roundMs, () => isHealed(world, hasArbiter))) return true;
    if (observer.faults.length > 0) return true;
  }
  return false;
}

function isHealed(world: World, hasArbiter: boolean): boolean {
  if (!isWell(world)) return false;
  return members.every((name) => {
    const state = world.running(name)?.state;
    if (state?.configuration?.definedPrimary !== undefined) return false;
    return state !== undefined && (failoverMode(state) === "Arbiter Controlled") === hasArbiter;
  });
}
