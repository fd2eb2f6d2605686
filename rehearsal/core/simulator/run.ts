/** Random runs of a mirror: faults, restarts, writes, and after each event the invariants. */

import { healing } from "../change-invariants.ts";
import { failoverMode } from "../views.ts";
import { draw, quietMs, undoPersons } from "./faults.ts";
import { Observer } from "./observer.ts";
import { clientsWrite, form, isWell, members, startAll } from "./pair.ts";
import { drawn, type PictureLine } from "./picture.ts";
import type { Rules } from "./rules.ts";
import { World } from "./world.ts";

/** What a run came to. */
export interface RunResult {
  readonly seed: number;
  /** Steps of a member or the arbiter, and arrivals of journal. */
  readonly events: number;
  readonly acknowledged: number;
  /** Empty when everything held. */
  readonly faults: readonly string[];
  /** Rows of the table that were taken. */
  readonly rows: ReadonlySet<string>;
  readonly lines: readonly PictureLine[];
}

/** What may happen in a run. */
export interface RunOptions {
  readonly seed: number;
  /** Faults go on until so much has happened. */
  readonly events: number;
  /** @default true for odd seeds */
  readonly hasArbiter?: boolean;
  /** @default the core's */
  readonly rules?: Rules;
}

/** How often everything that is down is started again, and how long each time is waited for a
 *  primary and an active backup, in milliseconds. */
const healingTime = { rounds: 4, roundMs: 60_000 } as const;

/** Plays one run. */
export function run(options: RunOptions): RunResult {
  const { seed } = options;
  const observer = new Observer();
  const world = new World(seed, observer, options.rules);
  world.addMachines(members);
  observer.watch(world);
  try {
    play(world, observer, options);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    observer.note(`!! ${text}`);
    observer.faults.push(text);
  }
  const { events, faults, rows, lines } = observer;
  const acknowledged = [...observer.acknowledged.values()].reduce((sum, one) => sum + one, 0);
  return { seed, events, acknowledged, faults, rows, lines };
}

function play(world: World, observer: Observer, { seed, events, hasArbiter }: RunOptions): void {
  const isArbitrated = hasArbiter ?? seed % 2 === 1;
  if (!form(world, isArbitrated)) observer.faults.push("the mirror did not form");
  world.duplicatesOneIn = 4;
  clientsWrite(world);
  while (observer.events < events && observer.faults.length === 0) {
    world.pass(quietMs(world.random), () => observer.faults.length > 0);
    const { text, happen } = draw(world);
    observer.note(`-- ${text}`);
    happen();
  }
  if (observer.faults.length > 0 || heals(world, observer, isArbitrated)) return;
  const fault = `${healing.name}: not within ${healingTime.rounds} times ${healingTime.roundMs} ms`;
  observer.note(`!! ${fault}`);
  observer.faults.push(fault);
}

/** Everything works again; a person starts whoever is down. */
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

/** The picture of a run, or its last lines. */
export function pictureOf(result: RunResult, lastLines = result.lines.length): readonly string[] {
  const lines = result.lines.slice(-lastLines);
  return drawn(`seed ${result.seed}`, members, lines);
}
