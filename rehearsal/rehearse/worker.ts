/** A thread that plays batches of seeds, one after the other. */

import { parentPort } from "node:worker_threads";
import { pictureOf, run } from "../core/simulator/run.ts";
import type { Batch, BatchResult, FailedRun } from "./batch.ts";

/** So many lines of the picture show what led to a fault. */
const lastLines = 40;

function play({ first, last, events }: Batch): BatchResult {
  const before = process.threadCpuUsage();
  const failed: FailedRun[] = [];
  let played = 0;
  for (let seed = first; seed <= last; seed++) {
    const result = run({ seed, events });
    played += result.events;
    if (result.faults.length === 0) continue;
    failed.push({ seed, faults: result.faults, picture: pictureOf(result, lastLines) });
  }
  const { user, system } = process.threadCpuUsage(before);
  return { runs: last - first + 1, events: played, cpuMs: (user + system) / 1000, failed };
}

parentPort?.on("message", (batch: Batch) => parentPort?.postMessage(play(batch)));
