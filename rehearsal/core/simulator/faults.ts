/** What a random run does to a mirror, and how it is undone. */

import type { Random } from "./random.ts";
import {
  cutBoth,
  healNetwork,
  hosts,
  members,
  startAll,
  type HostName,
  type MemberName,
} from "./pair.ts";
import { arbiterHost, type OperatorVerb, type World } from "./world.ts";

/** One thing that goes wrong, or is mended, with what the picture says of it. */
export interface Disturbance {
  readonly text: string;
  readonly happen: () => void;
}

/** Mostly short pauses, so that faults meet the mirror in the middle of something. */
export function quietMs(random: Random): number {
  return random.oneIn(4) ? random.between(1000, 20_000) : random.between(1, 600);
}

type Fault = readonly [text: string, happen: () => void];

/** Mended as often as broken: a mirror that is down for good shows nothing. */
const kinds = [
  ofProcesses,
  ofProcesses,
  ofNetwork,
  ofNetwork,
  ofArbiter,
  mending,
  mending,
  mending,
  mending,
  rare,
];

/** Draws the next one. Kinds are drawn before their details, so that none drowns the others. */
export function draw(world: World): Disturbance {
  const { random } = world;
  const kind = random.pick(kinds);
  const [text, happen] = kind(world, random.pick(members));
  return { text, happen };
}

function ofProcesses(world: World, name: MemberName): Fault {
  return world.random.pick<Fault>([
    [`kill instance ${name}`, () => world.killInstance(name)],
    [`kill host ${name}`, () => world.killHost(name, true)],
    [`power off ${name}`, () => world.killHost(name, false)],
    [`stop ${name}`, () => world.stop(name, true)],
    [`restart instance ${name}`, () => restart(world, name)],
    [`start ${name}`, () => world.startHost(name)],
    [`start both`, () => members.forEach((member) => world.startHost(member))],
  ]);
}

function restart(world: World, name: MemberName): void {
  world.killInstance(name);
  world.startHost(name);
}

function ofNetwork(world: World): Fault {
  const { random, network } = world;
  const from: HostName = random.pick(hosts);
  const to = random.pick(hosts.filter((host) => host !== from));
  return random.pick<Fault>([
    [`cut ${from} from ${to}`, () => cutBoth(world, from, to)],
    [`cut ${from} > ${to}`, () => network.cut(from, to)],
    [`cut off ${from}`, () => hosts.forEach((host) => cutBoth(world, from, host))],
    [`reset ${from} and ${to}`, () => network.reset(from, to)],
  ]);
}

function ofArbiter(world: World): Fault {
  const { arbiter } = world;
  return world.random.pick<Fault>([
    [`kill ${arbiterHost}`, () => arbiter.kill()],
    [`start ${arbiterHost}`, () => (arbiter.isUp = true)],
  ]);
}

function mending(world: World): Fault {
  return world.random.pick<Fault>([
    ["heal the network", () => healNetwork(world)],
    ["start all", () => startAll(world)],
    ["start all", () => startAll(world)],
    ["undo what persons did", () => undoPersons(world)],
  ]);
}

function rare(world: World, name: MemberName): Fault {
  const { random } = world;
  const verbs = ["stopMirror", "startMirror", "setNoFailover", "clearNoFailover"] as const;
  const verb: OperatorVerb = random.pick(verbs);
  const { disk } = world.machine(name);
  return random.pick<Fault>([
    [`${verb} on ${name}`, () => world.operate(name, verb)],
    [`${verb} on ${name}`, () => world.operate(name, verb)],
    [`stop ${name} nofailover`, () => world.stop(name, false)],
    [`the journal disk of ${name} is full`, () => (disk.fault = "full")],
    [`the journal disk of ${name} fails to sync`, () => (disk.fault = "cannotSync")],
    [`${name} cannot mount a database`, () => (disk.fault = "cannotMount")],
    [`ValidatedMember=0 on ${name}, where it is down`, () => validate(world, name, false)],
  ]);
}

/** A person edits iris.cpf of an instance that is down. */
function validate(world: World, name: MemberName, isValidated: boolean): void {
  const { process, disk } = world.machine(name);
  if (process !== undefined || disk.local === undefined) return;
  disk.local = { ...disk.local, isValidated };
}

/** Disks are mended; what was stopped, forbidden or fenced by hand is so no more. */
export function undoPersons(world: World): void {
  for (const name of members) {
    const { disk } = world.machine(name);
    disk.fault = undefined;
    if (disk.local?.isValidated === false) {
      world.killInstance(name);
      validate(world, name, true);
    }
    world.operate(name, "startMirror");
    world.operate(name, "clearNoFailover");
  }
}
