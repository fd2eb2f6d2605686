/** Random runs of a mirror: faults, restarts, writes, and after each event the invariants. */

import type { AsyncType } from "../configuration.ts";
import { draw, quietMs } from "./faults.ts";
import { heal } from "./healing.ts";
import { Observer } from "./observer.ts";
import { addMachines, clientsWrite, form } from "./mirror.ts";
import { drawn, type PictureLine } from "./picture.ts";
import type { Rules } from "./rules.ts";
import { asyncsOf, mayBeOverridden } from "./size.ts";
import { World } from "./world.ts";

/** What a run came to. */
export interface RunResult {
  readonly seed: number;
  /** Steps of a member or the arbiter, and arrivals of journal. */
  readonly events: number;
  readonly acknowledged: number;
  /** Empty when everything held. */
  readonly faults: readonly string[];
  /** True when a person has overridden the mirror. */
  readonly isOverridden: boolean;
  /** Rows of the table that were taken. */
  readonly rows: ReadonlySet<string>;
  readonly members: readonly string[];
  readonly lines: readonly PictureLine[];
}

/** What may happen in a run. */
export interface RunOptions {
  readonly seed: number;
  /** Faults go on until so much has happened. */
  readonly events: number;
  /** @default true for odd seeds */
  readonly hasArbiter?: boolean;
  /** Asyncs beside the pair. @default from the seed, mostly none */
  readonly asyncs?: readonly AsyncType[];
  /** Persons may override the mirror. @default from the seed, in one of five */
  readonly mayBeOverridden?: boolean;
  /** @default the core's */
  readonly rules?: Rules;
}

/** Plays one run. */
export function run(options: RunOptions): RunResult {
  const { seed } = options;
  const observer = new Observer();
  const world = new World(seed, observer, options.rules);
  addMachines(world, options.asyncs ?? asyncsOf(seed));
  observer.watch(world);
  try {
    play(world, observer, options);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    observer.note(`!! ${text}`);
    observer.faults.push(text);
  }
  const { events, faults, rows, lines, isOverridden } = observer;
  const acknowledged = [...observer.acknowledged.values()].reduce((sum, one) => sum + one, 0);
  const { names: members } = world;
  return { seed, events, acknowledged, faults, isOverridden, rows, members, lines };
}

function play(world: World, observer: Observer, options: RunOptions): void {
  const { seed, events, hasArbiter } = options;
  const isArbitrated = hasArbiter ?? seed % 2 === 1;
  // Some join at once, the others while things go wrong.
  const asyncs = world.random.between(0, world.names.length - 2);
  if (!form(world, isArbitrated, asyncs)) observer.faults.push("the mirror did not form");
  world.duplicatesOneIn = 4;
  world.mayBeOverridden = options.mayBeOverridden ?? mayBeOverridden(seed);
  clientsWrite(world);
  while (observer.events < events && observer.faults.length === 0) {
    world.pass(quietMs(world.random), () => observer.faults.length > 0);
    const { text, happen } = draw(world);
    observer.note(`-- ${text}`);
    happen();
  }
  heal(world, observer, isArbitrated);
}

/** The picture of a run, or its last lines. */
export function pictureOf(result: RunResult, lastLines = result.lines.length): readonly string[] {
  const lines = result.lines.slice(-lastLines);
  return drawn(`seed ${result.seed}`, result.members, lines);
}
