/** The one place of the toolchain that looks again after a while. */

import { setTimeout } from "node:timers";

/** How often a state is looked at that nobody announces. */
const lookEveryMs = 100;

/**
 * Looks until there is something to see, and gives it back; `undefined` when the time is over.
 * @template Seen
 * @param {() => Seen | undefined | Promise<Seen | undefined>} look
 * @param {number} budgetMs
 * @returns {Promise<Seen | undefined>}
 */
export async function waitFor(look, budgetMs) {
  const end = Date.now() + budgetMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined || Date.now() >= end) {
      return seen;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, lookEveryMs);
    });
  }
}
