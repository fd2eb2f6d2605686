/** Plays many seeds on all processors. */

import type { Batch, BatchResult, FailedRun } from "./batch.ts";
import { inThreads } from "./threads.ts";

/** What came of all of them so far. */
export interface Tally {
  readonly runs: number;
  readonly events: number;
  readonly cpuMs: number;
  /** In the order of their seeds. */
  readonly failed: readonly FailedRun[];
}

/** What shall be played. */
export interface SeedsOptions {
  readonly seeds: number;
  readonly events: number;
  /** Hears of every batch that is done. @default nobody */
  readonly onProgress?: (tally: Tally) => void;
  /** Program of a worker thread. @default ./worker.ts */
  readonly worker?: URL;
}

/** Seeds for one turn of a thread: long enough that the turns cost nothing, short enough for the
 *  progress to move. */
const batchSize = 10;

/** Plays the seeds from 1 on.
 *  @throws Error when a worker thread breaks down: a fault of this engine */
export async function playSeeds(options: SeedsOptions): Promise<Tally> {
  const { seeds, events } = options;
  let next = 1;
  let tally: Tally = { runs: 0, events: 0, cpuMs: 0, failed: [] };
  const take = (): Batch | undefined => {
    if (next > seeds) return undefined;
    const first = next;
    next = Math.min(first + batchSize - 1, seeds) + 1;
    return { first, last: next - 1, events };
  };
  const done = (result: BatchResult): void => {
    tally = added(tally, result);
    options.onProgress?.(tally);
  };
  const worker = options.worker ?? new URL("./worker.ts", import.meta.url);
  await inThreads({ worker, count: Math.ceil(seeds / batchSize), take, done });
  return tally;
}

function added(tally: Tally, { runs, events, cpuMs, failed }: BatchResult): Tally {
  return {
    runs: tally.runs + runs,
    events: tally.events + events,
    cpuMs: tally.cpuMs + cpuMs,
    failed: [...tally.failed, ...failed].sort((one, other) => one.seed - other.seed),
  };
}
