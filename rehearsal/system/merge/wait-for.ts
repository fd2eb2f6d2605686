/** Waiting for a state of the mirror while a merge goes on. */

import type { Running } from "../../objectscript/host.ts";
import { delay, systemClock } from "../../storage/clock.ts";
import { awaiting } from "../support/answers.ts";

/** How often to look: far below what any state takes that is waited for. */
const lookEveryMs = 100;

/** Looks until it holds or the time is over; other processes go on meanwhile.
 *  @returns whether it holds */
export function* waitFor(holds: () => boolean | Running<boolean>, budgetMs: number) {
  const end = performance.now() + budgetMs;
  for (;;) {
    const seen = holds();
    if (typeof seen === "boolean" ? seen : yield* seen) return true;
    if (performance.now() >= end) return false;
    yield* awaiting(delay(systemClock, lookEveryMs));
  }
}
