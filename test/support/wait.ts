/** Waits for a state; never for time alone. */

import { setTimeout as later } from "node:timers/promises";

/** Between two looks: short beside every budget, long beside what a look costs. */
const lookAgainMs = 100;

/** Looks until `probe` gives a value.
 *  @throws Error naming the event and the last thing seen, when the budget is used up */
export async function waitFor<T>(
  event: string,
  budgetMs: number,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + budgetMs;
  let last: unknown = "nothing";
  do {
    try {
      const value = await probe();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    await later(lookAgainMs);
  } while (performance.now() < end);
  throw new Error(`Waited ${budgetMs} ms for: ${event}. Last seen: ${String(last)}`);
}

/** Looks again and again until the signal: for whoever watches rather than waits. */
export async function lookUntil(
  stopped: AbortSignal,
  everyMs: number,
  look: () => Promise<void>,
): Promise<void> {
  while (!stopped.aborted) {
    await look();
    await later(everyMs);
  }
}

/** A client's pace, so that it does not fill the machine; nothing is waited for with it. */
export function pause(forMs: number): Promise<void> {
  return later(forMs);
}
