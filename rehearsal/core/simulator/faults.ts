/** What a random run does to a mirror, and how it is undone. */

import { siteRetryMs } from "../timing.ts";
import type { MemberDisk } from "./disk.ts";
import { cutBoth, healNetwork, membersThatAre, startAll } from "./mirror.ts";
import { ask, becomePrimary, completePair, joinAll, type OperatorVerb } from "./operators.ts";
import { aBadDay, anOverride } from "./override-faults.ts";
import type { Random } from "./random.ts";
import { arbiterHost, qosTimeoutMs, type World } from "./world.ts";

/** One thing that goes wrong, or is mended, with what the picture says of it. */
export interface Disturbance {
  readonly text: string;
  readonly happen: () => void;
}

/** Mostly short pauses, so that faults meet the mirror in the middle of something. */
export function quietMs(random: Random): number {
  return random.oneIn(4) ? random.between(1000, 20_000) : random.between(1, 600);
}

/** The same, before it is said which. */
export type Fault = readonly [text: string, happen: () => void];

/** Mended as often as broken: a mirror that is down for good shows nothing. */
const kinds = [
  ofProcesses,
  ofProcesses,
  ofNetwork,
  ofNetwork,
  inARow,
  ofArbiter,
  ofRoles,
  mending,
  mending,
  mending,
  mending,
  mending,
  rare,
];

/** Where persons may override the mirror. */
const kindsWithOverrides = [...kinds, anOverride, aBadDay, aBadDay];

/** Draws the next one. Kinds are drawn before their details, so that none drowns the others. */
export function draw(world: World): Disturbance {
  const { random } = world;
  const kind = random.pick(world.mayBeOverridden ? kindsWithOverrides : kinds);
  const [text, happen] = kind(world, drawName(world));
  return { text, happen };
}

/** Failover members half of the time: what happens to one of many asyncs matters to nobody else. */
function drawName(world: World): string {
  const { random, names } = world;
  const isAny = names.length === 2 || random.oneIn(2);
  return random.pick(isAny ? names : membersThatAre(world, "failover"));
}

function ofProcesses(world: World, name: string): Fault {
  return world.random.pick<Fault>([
    [`kill instance ${name}`, () => world.killInstance(name)],
    [`kill host ${name}`, () => world.killHost(name, true)],
    [`power off ${name}`, () => world.killHost(name, false)],
    [`stop ${name}`, () => world.stop(name, true)],
    [`restart instance ${name}`, () => restart(world, name)],
    [`start ${name}`, () => world.startHost(name)],
    [`start all hosts`, () => world.names.forEach((one) => world.startHost(one))],
  ]);
}

function restart(world: World, name: string): void {
  world.killInstance(name);
  world.startHost(name);
}

function ofNetwork(world: World, name: string): Fault {
  const { random, network, names } = world;
  const hosts = [...names, arbiterHost];
  const from = random.oneIn(3) ? random.pick(hosts) : name;
  const to = random.pick(hosts.filter((host) => host !== from));
  return random.pick<Fault>([
    [`cut ${from} from ${to}`, () => cutBoth(world, from, to)],
    [`cut ${from} > ${to}`, () => network.cut(from, to)],
    [`cut ${to} > ${from}`, () => network.cut(to, from)],
    [`cut off ${from}`, () => hosts.forEach((host) => cutBoth(world, from, host))],
    [`reset ${from} and ${to}`, () => network.reset(from, to)],
  ]);
}

/** The failover members part, and while they wait for each other one of them is lost. */
function inARow(world: World): Fault {
  const [one = "", other = one] = membersThatAre(world, "failover");
  return andALoss(world, [`cut ${one} from ${other}`, () => cutBoth(world, one, other)]);
}

/** Something, and a little later, in the middle of what follows, a failover member is lost. */
function andALoss(world: World, [text, happen]: Fault): Fault {
  const { random, agenda, names } = world;
  const [one = "", other = one] = membersThatAre(world, "failover");
  const who = random.pick([one, other]);
  const laterMs = random.between(1, qosTimeoutMs);
  const lose = random.pick([
    () => world.killHost(who, false),
    () => world.killInstance(who),
    () => [...names, arbiterHost].forEach((host) => cutBoth(world, who, host)),
  ]);
  return [
    `${text}, and lose ${who} ${laterMs} ms later`,
    () => {
      happen();
      agenda.after(laterMs, lose);
    },
  ];
}

function ofArbiter(world: World): Fault {
  const { arbiter } = world;
  return world.random.pick<Fault>([
    [`kill ${arbiterHost}`, () => arbiter.kill()],
    [`start ${arbiterHost}`, () => (arbiter.isUp = true)],
  ]);
}

/** Operators change roles: mostly where it makes sense, now and then anywhere. */
function ofRoles(world: World, name: string): Fault {
  const { random } = world;
  const sensible = (eligibility: string): string =>
    random.oneIn(4) ? name : random.pick(membersThatAre(world, eligibility));
  const verb = random.pick(["promote", "demote", "demotePartner"] as const);
  const who = sensible(verb === "promote" ? "disasterRecovery" : "failover");
  const heir = sensible("failover");
  return random.pick<Fault>([
    [`${verb} on ${who}`, () => ask(world, who, verb)],
    andALoss(world, [`${verb} on ${who}`, () => ask(world, who, verb)]),
    [`becomePrimary on ${heir}`, () => becomePrimary(world, heir)],
    [`becomePrimary on ${heir}`, () => becomePrimary(world, heir)],
  ]);
}

function mending(world: World): Fault {
  return world.random.pick<Fault>([
    ["heal the network", () => healNetwork(world)],
    ["start all", () => startAll(world)],
    ["start all", () => startAll(world)],
    ["undo what persons did", () => undoPersons(world)],
    ["complete the mirror", () => complete(world)],
  ]);
}

function rare(world: World, name: string): Fault {
  const { random } = world;
  const verbs = ["stopMirror", "startMirror", "setNoFailover", "clearNoFailover"] as const;
  const verb: OperatorVerb = random.pick(verbs);
  const { disk } = world.machine(name);
  return random.pick<Fault>([
    [`${verb} on ${name}`, () => ask(world, name, verb)],
    [`${verb} on ${name}`, () => ask(world, name, verb)],
    [`stop ${name} nofailover`, () => world.stop(name, false)],
    [`the journal disk of ${name} is full`, () => (disk.fault = "full")],
    [`the journal disk of ${name} fails to sync`, () => (disk.fault = "cannotSync")],
    [`a required database of ${name} cannot be mounted`, () => (disk.fault = "cannotMount")],
    [`the site holds ${name} back for a while`, () => holdBack(world, disk)],
    [`ValidatedMember=0 on ${name}, where it is down`, () => validate(world, name, false)],
  ]);
}

/** The routine of the site says no, and yes some time later. */
function holdBack({ random, agenda }: World, disk: MemberDisk): void {
  disk.fault = "siteSaysNo";
  agenda.after(random.between(1, siteRetryMs), () => {
    if (disk.fault === "siteSaysNo") disk.fault = undefined;
  });
}

/** A person edits iris.cpf of an instance that is down. */
function validate(world: World, name: string, isValidated: boolean): void {
  const { process, disk } = world.machine(name);
  if (process !== undefined || disk.local === undefined) return;
  disk.local = { ...disk.local, isValidated };
}

/** Whoever is missing joins; a primary that stands alone gets a partner again. */
export function complete(world: World): void {
  joinAll(world);
  completePair(world);
}

/** Disks are mended; what was stopped, forbidden or fenced by hand is so no more. */
export function undoPersons(world: World): void {
  for (const name of world.names) {
    const { disk } = world.machine(name);
    disk.fault = undefined;
    if (disk.local?.isValidated === false) {
      world.killInstance(name);
      validate(world, name, true);
    }
    ask(world, name, "startMirror");
    ask(world, name, "clearNoFailover");
  }
}
