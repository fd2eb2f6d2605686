/** A clock for tests. */

import { siteRetryMs } from "../../../core/timing.ts";
import { systemClock, type Clock } from "../../../storage/clock.ts";

/** The half minute between two questions to ^ZMIRROR passes at once; all else takes its time. */
export const impatient: Clock = {
  ...systemClock,
  after: (ms, action) => systemClock.after(ms === siteRetryMs ? 50 : ms, action),
};
