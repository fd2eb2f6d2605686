/** Waiting for states, and for the time at which a paced write is due. */

import { setTimeout as later } from "node:timers/promises";

/** How often to look. */
const lookEveryMs = 20;
/** Longest time any single state of a member may take on a busy machine. */
const patienceMs = 60_000;
/** Longest time all journal may take: ten million records, the most that can be asked for, at a
 *  tenth of the speed measured on a busy machine. */
const journalPatienceMs = 30 * 60_000;

/** Resolves when it holds. @throws Error naming what was waited for */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  budgetMs = patienceMs,
): Promise<void> {
  const end = performance.now() + budgetMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited in vain for: ${what}`);
    await later(lookEveryMs);
  }
}

/** The same for journal that is on its way. */
export function arrived(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  return eventually(what, holds, journalPatienceMs);
}

/** Resolves at a time of `performance.now()`. */
export async function due(at: number): Promise<void> {
  const early = at - performance.now();
  if (early > 0) await later(early);
}

/** Does something again and again until some work is over. */
export async function meanwhile<T>(
  work: Promise<T>,
  action: () => Promise<void>,
  everyMs: number,
): Promise<T> {
  const over = work.then(() => true);
  do await action();
  while (!(await Promise.race([over, later(everyMs, false)])));
  return work;
}
