/** A worker thread for tests: every seventh seed fails. */

import { parentPort } from "node:worker_threads";
import type { Batch, BatchResult } from "../batch.ts";

parentPort?.on("message", ({ first, last, events }: Batch) => {
  const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const failed = seeds
    .filter((seed) => seed % 7 === 0)
    .map((seed) => ({ seed, faults: ["one primary: A and B"], picture: [`seed ${seed}`] }));
  const result: BatchResult = {
    runs: seeds.length,
    events: seeds.length * events,
    cpuMs: 1,
    failed,
  };
  parentPort?.postMessage(result);
});
