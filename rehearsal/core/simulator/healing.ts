/** The end of every run: nothing fails any more, and the mirror must be well again. */

import { healing } from "../change-invariants.ts";
import { partnerOf } from "../configuration.ts";
import { failoverMode } from "../views.ts";
import { complete, undoPersons } from "./faults.ts";
import { haveAll, isWell, primaryOf, startAll } from "./mirror.ts";
import type { Observer } from "./observer.ts";
import { healingTime, reunite } from "./reuniting.ts";
import type { World } from "./world.ts";

const { rounds, roundMs } = healingTime;

/** Lets everything work again, and a person start whoever is down. A mirror that does not heal is a
 *  fault of the run. */
export function heal(world: World, observer: Observer, hasArbiter: boolean): void {
  if (observer.faults.length > 0) return;
  observer.note("-- everything is healed, and what persons did is undone");
  world.duplicatesOneIn = undefined;
  const wrong = world.mayBeOverridden ? reunite(world, observer) : undefined;
  if (observer.faults.length > 0 || (wrong === undefined && heals(world, observer, hasArbiter)))
    return;
  const fault = `${healing.name}: ${wrong ?? "not"} within ${rounds} times ${roundMs} ms`;
  observer.note(`!! ${fault}`);
  observer.faults.push(fault);
}

function heals(world: World, observer: Observer, hasArbiter: boolean): boolean {
  for (let round = 0; round < rounds; round++) {
    undoPersons(world);
    startAll(world);
    world.pass(roundMs, () => isWell(world));
    complete(world);
    if (world.pass(roundMs, () => isHealed(world, hasArbiter)) && catchesUp(world)) return true;
    if (observer.faults.length > 0) return true;
  }
  return false;
}

/** The last write brings everybody's database up to itself; not where roles were still changing. */
function catchesUp(world: World): boolean {
  world.write(primaryOf(world)?.host ?? "");
  world.arePaused = true;
  const hasCaughtUp = world.pass(roundMs, () => isWell(world) && haveAll(world));
  world.arePaused = false;
  return hasCaughtUp;
}

function isHealed(world: World, hasArbiter: boolean): boolean {
  if (!isWell(world)) return false;
  const configuration = primaryOf(world)?.state.configuration;
  if (configuration === undefined || configuration.members.length < world.names.length) {
    return false;
  }
  const primary = primaryOf(world)?.host ?? "";
  if (partnerOf(configuration, primary) === undefined) return false;
  return configuration.members.every(({ name, eligibility }) => {
    const state = world.running(name)?.state;
    if (state?.configuration?.definedPrimary !== undefined) return false;
    if (eligibility !== "failover") return true;
    return state !== undefined && (failoverMode(state) === "Arbiter Controlled") === hasArbiter;
  });
}
