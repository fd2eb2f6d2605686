/** Drives a coroutine to its end, for tests: waits where it waits, goes on at every slice. */

import type { Running } from "../host.ts";

/** Runs the coroutine; its result.
 *  @throws what it throws */
export async function drive<T>(running: Running<T>): Promise<T> {
  for (;;) {
    const step = running.next();
    if (step.done === true) return step.value;
    if (step.value.kind === "wait") await step.value.until;
  }
}
