/** Work in turns on all processors. */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** Turns that threads take until none is left. */
export interface Turns<Turn, Result> {
  /** Program of a thread: answers every turn it is sent with one result. */
  readonly worker: URL;
  /** So many turns there are at most; fewer threads than processors when there are few. */
  readonly count: number;
  readonly take: () => Turn | undefined;
  readonly done: (result: Result) => void;
}

/** Has all turns worked off.
 *  @throws Error when a thread breaks down: a fault of this engine */
export async function inThreads<Turn, Result>(turns: Turns<Turn, Result>): Promise<void> {
  const threads = Math.min(availableParallelism(), turns.count);
  await Promise.all(Array.from({ length: threads }, () => work(turns)));
}

/** One thread, until nothing is left to take. */
async function work<Turn, Result>({ worker, take, done }: Turns<Turn, Result>): Promise<void> {
  const thread = new Worker(worker);
  try {
    for (let turn = take(); turn !== undefined; turn = take()) {
      done(await answered<Result>(thread, turn));
    }
  } finally {
    await thread.terminate();
  }
}

function answered<Result>(thread: Worker, turn: unknown): Promise<Result> {
  return new Promise((resolve, reject) => {
    thread.once("message", (result: Result) => {
      thread.off("error", reject);
      resolve(result);
    });
    thread.once("error", reject);
    thread.postMessage(turn);
  });
}
