/** Random runs of a mirror: faults, restarts, writes, and after each step the invariants. */

import { violations, type Fingerprint, type MirrorPicture } from "../invariants.ts";
import type { JournalPosition } from "../position.ts";
import type { MemberState } from "../state.ts";
import type { TracedStep } from "../step.ts";
import type { MemberProcess } from "./process.ts";
import type { Rules } from "./rules.ts";
import { arbiterHost, World, type Watcher } from "./world.ts";

/** What a run came to. */
export interface RunResult {
  readonly seed: number;
  readonly steps: number;
  readonly acknowledged: number;
  /** Empty when everything held. */
  readonly faults: readonly string[];
  /** Rows of the table that were taken. */
  readonly rows: ReadonlySet<string>;
  /** One line for each step that changed a phase. */
  readonly timeline: readonly string[];
  /** True when, after all faults were healed, there was one primary and one active backup. */
  readonly isHealed: boolean;
}

/** What may happen in a run. */
export interface RunOptions {
  readonly seed: number;
  readonly steps: number;
  readonly hasArbiter: boolean;
  /** @default the core's */
  readonly rules?: Rules;
}

const members = ["A", "B"] as const;

class Observer implements Watcher {
  steps = 0;
  acknowledgements = 0;
  lastAcknowledged: Fingerprint | undefined;
  readonly faults: string[] = [];
  readonly rows = new Set<string>();
  readonly timeline: string[] = [];
  world: World | undefined;

  stepped(process: MemberProcess, before: MemberState, taken: TracedStep): void {
    this.steps += 1;
    if (taken.row !== undefined) {
      this.rows.add(taken.row.id);
      const at = Math.round(this.world?.agenda.now ?? 0);
      const change = `${before.phase.name} → ${taken.state.phase.name}`;
      this.timeline.push(`${at} ${process.host}: ${change} (${taken.row.id})`);
    }
    this.check();
  }

  note(text: string): void {
    this.timeline.push(`${Math.round(this.world?.agenda.now ?? 0)} ${text}`);
  }

  acknowledged(process: MemberProcess, position: JournalPosition): void {
    this.acknowledgements += 1;
    this.lastAcknowledged = { position, hash: process.disk.journal.hashAt(position) };
    this.check();
  }

  check(): void {
    const { world } = this;
    if (world === undefined || this.faults.length > 0) return;
    const faults = violations(pictureOf(world, this.lastAcknowledged));
    for (const fault of faults) this.note(`!! ${fault}`);
    this.faults.push(...faults);
  }
}

function pictureOf(world: World, lastAcknowledged: Fingerprint | undefined): MirrorPicture {
  const pictures = [...world.machines.values()].map(({ name, disk, process }) => ({
    name,
    // A process in these phases ends with the effects of that very step.
    isRunning:
      process?.isAlive === true && !["off", "forcedDown"].includes(process.state.phase.name),
    phase: process?.state.phase ?? ({ name: "off" } as const),
    isOpenForWrites: process?.work.isOpenForWrites === true,
    copy: disk.copy,
    hashAt: (position: JournalPosition) => disk.journal.hashAt(position),
  }));
  return { members: pictures, lastAcknowledged };
}

/** Plays one run. */
export function run(options: RunOptions): RunResult {
  const observer = new Observer();
  const world = new World(options.seed, observer, options.rules);
  observer.world = world;
  try {
    form(world, observer, options);
    disturb(world, observer, options.steps);
    heal(world, observer);
  } catch (error) {
    observer.faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { steps, faults, rows, timeline } = observer;
  const isHealed = isWell(world);
  return {
    seed: options.seed,
    steps,
    acknowledged: observer.acknowledgements,
    faults,
    rows,
    timeline,
    isHealed,
  };
}

/** Lets time pass; true as soon as `until` holds. */
function pass(world: World, durationMs: number, until: () => boolean = () => false): boolean {
  const end = world.agenda.now + durationMs;
  // Something happens then, so that time gets there.
  world.agenda.after(durationMs, () => undefined);
  while (world.agenda.now < end) {
    if (until()) return true;
    if (!world.agenda.next()) break;
  }
  return until();
}

function form(world: World, observer: Observer, { hasArbiter }: RunOptions): void {
  for (const name of members) world.addMachine(name);
  world.createMirror("A", hasArbiter);
  pass(world, 20_000, () => world.running("A")?.state.phase.name === "primary");
  world.join("B", "A");
  pass(world, 20_000, () => isWell(world));
  if (!isWell(world)) observer.faults.push("the mirror did not form");
  clientWrites(world);
}

function clientWrites(world: World): void {
  const { agenda, random } = world;
  agenda.after(random.between(1, 60), () => {
    world.write(random.pick(members));
    clientWrites(world);
  });
}

function disturb(world: World, observer: Observer, steps: number): void {
  while (observer.steps < steps && observer.faults.length === 0) {
    pass(world, quietTime(world));
    fault(world, observer);
  }
}

/** Mostly short pauses, so that faults meet the mirror in the middle of something. */
function quietTime({ random }: World): number {
  return random.oneIn(4) ? random.between(1000, 20_000) : random.between(1, 600);
}

function fault(world: World, observer: Observer): void {
  const { random } = world;
  const name = random.pick(members);
  const hosts = [...members, arbiterHost];
  const from = random.pick(hosts);
  const to = random.pick(hosts.filter((host) => host !== from));
  const faults: readonly (readonly [string, () => void])[] = [
    [`kill instance ${name}`, () => world.killInstance(name)],
    [`kill host ${name}`, () => world.killHost(name, true)],
    [`power off ${name}`, () => world.killHost(name, false)],
    [
      `stop ${name}`,
      () => world.running(name)?.happen({ type: "stopAsked", budgetMs: 5000, mayFailOver: true }),
    ],
    [`start ${name}`, () => world.startHost(name)],
    [`start ${name}`, () => world.startHost(name)],
    [`start both`, () => members.forEach((member) => world.startHost(member))],
    [`cut ${from} from ${to}`, () => cutBoth(world, from, to)],
    [`cut ${from} > ${to}`, () => world.network.cut(from, to)],
    [`heal all`, () => healNetwork(world)],
    [`heal all`, () => healNetwork(world)],
    [`kill arbiter`, () => world.arbiter.kill()],
    [`start arbiter`, () => (world.arbiter.isUp = true)],
    [`start arbiter`, () => (world.arbiter.isUp = true)],
    [`start all`, () => startAll(world)],
  ];
  const [text, happen] = random.pick(faults);
  observer.note(`-- ${text}`);
  happen();
}

function cutBoth(world: World, one: string, other: string): void {
  world.network.cut(one, other);
  world.network.cut(other, one);
}

function healNetwork(world: World): void {
  const hosts = [...members, arbiterHost];
  for (const from of hosts) for (const to of hosts) world.network.heal(from, to);
}

function startAll(world: World): void {
  healNetwork(world);
  world.arbiter.isUp = true;
  for (const name of members) world.startHost(name);
}

/** Everything works again; a person starts whoever is down. */
function heal(world: World, observer: Observer): void {
  observer.note("-- everything is healed");
  for (let round = 0; round < 4; round++) {
    startAll(world);
    if (pass(world, 60_000, () => isWell(world))) return;
  }
}

/** One primary, one active backup. */
function isWell(world: World): boolean {
  const phases = members.map((name) => world.running(name)?.state.phase.name);
  return phases.includes("primary") && phases.includes("backup");
}
