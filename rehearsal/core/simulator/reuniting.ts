/** The end of a run in which persons may have overridden the mirror: everybody meets again, members
 *  whose data left the history are left alone first, then rebuilt. */

import { beforeHistory, comparePositions, type JournalPosition } from "../position.ts";
import { complete, undoPersons } from "./faults.ts";
import { haveAll, isWell, membersOut, membersThatAre, primaryOf, startAll } from "./mirror.ts";
import type { Observer } from "./observer.ts";
import { ask } from "./operators.ts";
import { force, promoteAlone } from "./overriding.ts";
import type { World } from "./world.ts";

/** How often everything that is down is started again, and how long each time is waited for a
 *  well mirror, and for the databases then, in milliseconds. */
export const healingTime = { rounds: 4, roundMs: 60_000 } as const;

const { rounds, roundMs } = healingTime;

/** After so long nothing that was begun before goes on: the longest is the minute of a force. */
const leftoverMs = 90_000;

/** Lets everybody meet, without those that left the history; then rebuilds these. What is wrong,
 *  or `undefined`. */
export function reunite(world: World, observer: Observer): string | undefined {
  world.pass(leftoverMs, () => observer.faults.length > 0);
  if (!meet(world, observer)) return "no one primary with the rest";
  if (observer.faults.length > 0) return undefined;
  // What a member found may have been said of a primary that is none any more.
  for (const name of membersOut(world)) world.killInstance(name);
  if (!meet(world, observer)) return "no one primary with the rest, started again";
  const out = membersOut(world);
  const wrong = out.find((name) => isOfHistory(world, name));
  if (wrong !== undefined)
    return `${wrong} is inconsistent and did not leave the history: not well`;
  for (const name of out) rebuild(world, observer, name);
  return undefined;
}

function meet(world: World, observer: Observer): boolean {
  for (let round = 0; round < rounds; round++) {
    undoPersons(world);
    startAll(world);
    // Mirroring that was stopped is started where an instance runs.
    for (const name of world.names) ask(world, name, "startMirror");
    world.pass(roundMs, () => isWhole(world));
    complete(world);
    if (world.pass(roundMs, () => isWhole(world)) && catchesUp(world)) return true;
    if (observer.faults.length > 0) return true;
    const leading = leaders(world);
    if (leading.length === 0) choose(world, observer, round);
    if (leading.length === 1) restartWaiting(world);
    if (leading.length > 1 && !isSought(world, leading)) keepNewest(world, observer, leading);
  }
  return false;
}

/** Failover members that wait for each other look for a primary again when they start. */
function restartWaiting(world: World): void {
  for (const name of world.names) {
    if (world.running(name)?.state.phase.name === "deciding") world.killInstance(name);
  }
}

/** Whoever is primary, well or in trouble. */
function leaders({ names, machines }: World): readonly string[] {
  return names.filter((name) => {
    const phase = machines.get(name)?.phase.name;
    return phase === "primary" || phase === "trouble";
  });
}

/** One of these primaries looks for another. */
function isSought(world: World, leading: readonly string[]): boolean {
  return leading.some((name) =>
    world.running(name)?.state.rival?.members.some((rival) => leading.includes(rival.name)),
  );
}

/** Of primaries that do not know of each other a person gives up all but the one with the newest
 *  journal, each with the backup that would take over from it. */
function keepNewest(world: World, observer: Observer, leading: readonly string[]): void {
  const [newest] = newestFirst(world, leading);
  for (const name of leading) {
    if (name === newest) continue;
    observer.note(`-- a person gives up ${name}, which does not know of ${newest}`);
    const heirs = world.names.filter((heir) => {
      const phase = world.running(heir)?.state.phase;
      return phase?.name === "backup" && phase.primary === name;
    });
    for (const member of [...heirs, name]) rebuild(world, observer, member);
  }
}

function newestFirst({ machines }: World, names: readonly string[]): readonly string[] {
  const end = (name: string): JournalPosition => machines.get(name)?.journalEnd ?? beforeHistory;
  return [...names].sort((one, other) => comparePositions(end(other), end(one)));
}

/** One primary, and everybody that did not leave the history is where it belongs. */
function isWhole(world: World): boolean {
  return leaders(world).length === 1 && isWell(world, membersOut(world));
}

function catchesUp(world: World): boolean {
  world.write(primaryOf(world)?.host ?? "");
  world.arePaused = true;
  const others = world.names.filter((name) => !world.isMember(name));
  const hasCaughtUp = world.pass(
    roundMs,
    () => isWhole(world) && haveAll(world, [...others, ...membersOut(world)]),
  );
  world.arePaused = false;
  return hasCaughtUp;
}

/** Without a primary a person chooses: a DR async, the one with the newest journal first, since
 *  the promotion of another may end with journal that does not fit; or any while the others, which
 *  may stand against it, are kept down. */
function choose(world: World, observer: Observer, round: number): void {
  const seekers = membersThatAre(world, "disasterRecovery").filter(
    (name) => world.running(name)?.state.phase.name === "seeking",
  );
  const hasPrimary = (): boolean => leaders(world).length > 0;
  for (const async of newestFirst(world, seekers)) {
    observer.note(`-- a person makes ${async} primary`);
    promoteAlone(world, async);
    if (world.pass(roundMs, hasPrimary)) return;
  }
  const heirs = newestFirst(world, [...membersThatAre(world, "failover"), ...seekers]);
  const heir = heirs[round % heirs.length];
  if (heir === undefined) return;
  observer.note(`-- a person makes ${heir} primary, and keeps the others down`);
  for (const name of world.names) world.killHost(name, true);
  world.startHost(heir);
  const phase = (): string | undefined => world.running(heir)?.state.phase.name;
  world.pass(roundMs, () => phase() === "deciding");
  if (phase() === "deciding") force(world, heir, 0);
  else promoteAlone(world, heir);
  world.pass(roundMs, hasPrimary);
}

/** Databases that nothing was ever applied to prove nothing: such a member may have left the
 *  history with its journal alone, when no file of it is of the primary's. */
function isOfHistory(world: World, name: string): boolean {
  const { position, hash } = world.machine(name).copy;
  if (comparePositions(position, beforeHistory) === 0) return false;
  const hashAt = (at: JournalPosition): number | undefined =>
    primaryOf(world)?.disk.journal.hashAt(at);
  return hashAt(position) === hash;
}

/** A person takes an inconsistent member out of the mirror and empties its disk; then it joins as
 *  what it was. Source: GHA_mirror_manage 5.7. */
function rebuild(world: World, observer: Observer, name: string): void {
  observer.note(`-- ${name} is rebuilt`);
  world.killInstance(name);
  world.machine(name).disk.erase();
  world.startHost(name);
}
