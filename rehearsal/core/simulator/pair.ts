/** A failover pair in the simulator: how it is made, written, and when it is well. */

import { arbiterHost, type World } from "./world.ts";

/** The members of the pair; A is primary first. */
export const members = ["A", "B"] as const;

/** One of them. */
export type MemberName = (typeof members)[number];

/** Everything that has a network address. */
export const hosts = [...members, arbiterHost] as const;

/** One of these. */
export type HostName = (typeof hosts)[number];

/** For each of the two steps of making a pair, in simulated milliseconds: starting, asking,
 *  connecting and catching up take some 100 ms, a slow message or disk as much again. */
const formingMs = 20_000;

/** Makes a mirror of both; false when it did not come to be in time. */
export function form(world: World, hasArbiter: boolean): boolean {
  for (const name of members) world.startInstance(name);
  world.createMirror("A", hasArbiter);
  const isPrimary = () => world.running("A")?.state.phase.name === "primary";
  if (!world.pass(formingMs, isPrimary)) return false;
  world.join("B", "A");
  return world.pass(formingMs, () => isWell(world));
}

/** Clients write on, whoever takes it: in bursts, with pauses that leave the events of a run to
 *  what happens to the mirror. */
export function clientsWrite(world: World): void {
  const { agenda, random } = world;
  agenda.after(random.oneIn(2) ? random.between(1, 20) : random.between(20, 600), () => {
    world.write(random.pick(members));
    clientsWrite(world);
  });
}

/** One primary, one active backup. */
export function isWell(world: World): boolean {
  const phases = members.map((name) => world.running(name)?.state.phase.name);
  return phases.includes("primary") && phases.includes("backup");
}

/** Both directions between two hosts. */
export function cutBoth({ network }: World, one: string, other: string): void {
  network.cut(one, other);
  network.cut(other, one);
}

/** Every cut is healed. */
export function healNetwork({ network }: World): void {
  for (const from of hosts) for (const to of hosts) network.heal(from, to);
}

/** Everything runs and is connected; what is down is started. */
export function startAll(world: World): void {
  healNetwork(world);
  world.arbiter.isUp = true;
  for (const name of members) world.startHost(name);
}
