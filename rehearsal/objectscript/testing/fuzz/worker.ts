/** A thread that plays ranges of seeds, one after the other. */

import { parentPort } from "node:worker_threads";
import { playRange, type Range } from "./fuzz.ts";

parentPort?.on("message", (range: Range) => {
  void playRange(range).then((tally) => parentPort?.postMessage(tally));
});
