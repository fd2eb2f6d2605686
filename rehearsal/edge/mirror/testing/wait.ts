/** Waiting for a state in tests. */

import { setTimeout as later } from "node:timers/promises";

/** How often to look. */
const lookEveryMs = 10;

/** Longest time any single state may take on a busy machine; nothing is measured by it. */
const patienceMs = 20_000;

/** Longest time of a whole test: a few such states, or it would say less than one of them. */
export const testPatience = { testTimeout: 3 * patienceMs, hookTimeout: 3 * patienceMs };

/** Resolves when it holds.
 *  @throws Error saying what was waited for, and what was seen instead */
export async function eventually(
  what: string,
  holds: () => boolean,
  seen: () => unknown = () => "",
): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited for: ${what}. Seen: ${String(seen())}`);
    await later(lookEveryMs);
  }
}
