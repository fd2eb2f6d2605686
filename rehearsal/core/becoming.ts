/** The way from a warrant to the role: the databases are prepared, then the member serves, or it
 *  fails and tries again. */

import { considerEpoch } from "./control.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { andThen, enter, type Scene } from "./machine.ts";
import { setNoFailover } from "./membership.ts";
import type { Phase } from "./phases.ts";
import type { Step } from "./state.ts";
import { retryMs } from "./timing.ts";

/** Everything is ready: the new primary serves. A restart of the primary clears "no failover". */
export function serve({ state, event }: Scene<"becoming", "primaryReady">): Step {
  const step = enter(
    { ...state, peers: {}, invitation: undefined, lastFailure: undefined },
    { name: "primary", lineage: event.lineage },
    { do: "log", line: log.becomingPrimary() },
  );
  const cleared = andThen(step, (next) => setNoFailover(next, false));
  return andThen(cleared, considerEpoch);
}

/** Could not become primary: asks anew a little later, and consents to its partner meanwhile. */
export function failToServe(scene: Scene<"becoming", "primaryFailed">): Step {
  return retryFrom({ name: "deciding", question: undefined, isWaiting: true }, scene);
}

/** The same for a member without a partner. */
export function failAlone(scene: Scene<"becoming", "primaryFailed">): Step {
  return retryFrom({ name: "validating", hasFailed: true }, scene);
}

function retryFrom(phase: Phase, { state, event }: Scene<"becoming", "primaryFailed">): Step {
  const { why } = event;
  const isKnown = state.lastFailure === why;
  const lines: Effect[] = isKnown ? [] : [{ do: "log", line: log.notBecomingPrimary(why) }];
  return enter({ ...state, lastFailure: why }, phase, ...lines, {
    do: "startTimer",
    timer: "retry",
    afterMs: retryMs,
  });
}
