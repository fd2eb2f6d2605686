/** Waits until a process that is no child of ours has ended. */

import { setTimeout as later } from "node:timers/promises";

/** Linux tells nobody but the parent; looking every few milliseconds is the plain way. */
const lookEveryMs = 10;

/** Resolves when no process of that number runs. */
export async function processGone(processId: number): Promise<void> {
  while (isAlive(processId)) await later(lookEveryMs);
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
