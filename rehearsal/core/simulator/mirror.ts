/** A mirror in the simulator, a pair with or without asyncs: how it is made, written, and when it
 *  is well. */

import { partnerOf, type AsyncType } from "../configuration.ts";
import { reaches } from "../position.ts";
import type { MemberProcess } from "./process.ts";
import type { arbiterHost, World } from "./world.ts";

/** Names for as many members as a mirror may have. A is primary first, B its backup, the others
 *  are asyncs. */
const memberNames = [
  ...["A", "B", "C", "D", "E", "F", "G", "H"],
  ...["I", "J", "K", "L", "M", "N", "O", "P"],
] as const;

/** The failover members of a new mirror. */
export const pair = ["A", "B"] as const;

/** One of them, or the first asyncs, where a scene speaks of them. */
export type MemberName = "A" | "B" | "C" | "D";

/** What has a network address. */
export type HostName = MemberName | typeof arbiterHost;

/** Pauses of clients grow with the members, up to this many times those of one. */
const sharesMax = 40;

/** For each step of making a mirror, in simulated milliseconds: starting, asking, connecting and
 *  catching up take some 100 ms, a slow message or disk as much again. */
const formingMs = 20_000;

/** Puts up the machines of a mirror with these asyncs, without instances. */
export function addMachines(world: World, asyncs: readonly AsyncType[]): void {
  for (const name of pair) world.addMachine(name, "failover");
  asyncs.forEach((type, index) => world.addMachine(memberNames[2 + index] ?? "", type));
}

/** Makes a mirror of the pair and so many of the asyncs, the others join later; false when it did
 *  not come to be in time. */
export function form(world: World, hasArbiter: boolean, asyncs = world.names.length - 2): boolean {
  for (const name of world.names) world.startInstance(name);
  world.createMirror("A", hasArbiter);
  if (!world.pass(formingMs, () => primaryOf(world) !== undefined)) return false;
  return world.names.slice(1, 2 + asyncs).every((name) => {
    world.join(name, "A");
    return world.pass(formingMs, () => world.isMember(name) && isWell(world));
  });
}

/** Clients write on, whoever takes it: in bursts, with pauses that leave the events of a run to
 *  what happens to the mirror. The more members get each record, the longer they are. */
export function clientsWrite(world: World): void {
  const { agenda, random, names } = world;
  const share = Math.min(names.length * (names.length - 1), sharesMax);
  const [least, most] = random.oneIn(2) ? [share, 20 * share] : [20 * share, 600 * share];
  agenda.after(random.between(least, most), () => {
    const open = names.filter((name) => world.running(name)?.work.isOpenForWrites === true);
    if (open.length > 0) world.write(random.pick(open));
    clientsWrite(world);
  });
}

/** Whoever serves as primary, without trouble. */
export function primaryOf(world: World): MemberProcess | undefined {
  const name = world.names.find((one) => world.running(one)?.state.phase.name === "primary");
  return name === undefined ? undefined : world.running(name);
}

/** Whose data left the history, by their own word: until they are rebuilt they are out. */
export function membersOut({ names, machines }: World): readonly string[] {
  return names.filter((name) => machines.get(name)?.phase.name === "inconsistent");
}

/** One primary; its partner, if it has one, is active backup; every async is connected.
 *  @param out  who is out of the mirror, and need not be there. @default nobody */
export function isWell(world: World, out: readonly string[] = []): boolean {
  const primary = primaryOf(world);
  const configuration = primary?.state.configuration;
  if (primary === undefined || configuration === undefined) return false;
  const backup = partnerOf(configuration, primary.host)?.name;
  return configuration.members.every(({ name }) => {
    if (name === primary.host || out.includes(name)) return true;
    const wanted = name === backup ? "backup" : "connected";
    return world.running(name)?.state.phase.name === wanted;
  });
}

/** Members that call themselves so; all, where nobody does. */
export function membersThatAre({ machines, names }: World, eligibility: string): readonly string[] {
  const found = names.filter((name) => {
    const entries = machines.get(name)?.disk.configuration?.members;
    return entries?.some((entry) => entry.name === name && entry.eligibility === eligibility);
  });
  return found.length === 0 ? names : found;
}

/** Every database holds what the primary wrote until now.
 *  @param out  whose need not. @default nobody's */
export function haveAll(world: World, out: readonly string[] = []): boolean {
  const end = primaryOf(world)?.disk.journal.end;
  if (end === undefined) return false;
  return world.names.every(
    (name) => out.includes(name) || reaches(world.machine(name).copy.position, end),
  );
}

/** Both directions between two hosts. */
export function cutBoth({ network }: World, one: string, other: string): void {
  network.cut(one, other);
  network.cut(other, one);
}

/** Every cut is healed. */
export function healNetwork({ network }: World): void {
  network.healAll();
}

/** Everything runs and is connected; what is down is started. */
export function startAll(world: World): void {
  healNetwork(world);
  world.arbiter.isUp = true;
  for (const name of world.names) world.startHost(name);
}
