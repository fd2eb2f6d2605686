/** The way from a warrant to the role: the databases are prepared, then the member serves, or it
 *  fails, or is held back, and tries again. */

import { considerEpoch } from "./control.ts";
import { isSoleFailoverMember, partnerName } from "./deciding.ts";
import type { Effect } from "./effects.ts";
import * as log from "./log-lines.ts";
import { andThen, enter, numbered, stay, type Scene } from "./machine.ts";
import { setNoFailover } from "./membership.ts";
import type { Phase } from "./phases.ts";
import type { MemberState, Step } from "./state.ts";
import { retryMs, siteRetryMs } from "./timing.ts";

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
  return enter({ ...state, lastFailure: event.why }, phase, ...news(state, event.why), {
    do: "startTimer",
    timer: "retry",
    afterMs: retryMs,
  });
}

function news({ lastFailure }: MemberState, why: string): readonly Effect[] {
  return lastFailure === why ? [] : [{ do: "log", line: log.notBecomingPrimary(why) }];
}

/** A routine of the site holds it back. It keeps what entitles it, so nobody else becomes primary
 *  by the rules, and asks the routine again; meanwhile it looks whether a person made its partner
 *  primary. Source: GHA_mirror_set_config (^ZMIRROR). */
export function holdBack({ state, phase, event }: Scene<"becoming", "primaryHeldBack">): Step {
  const { why } = event;
  const { state: asked, number } = numbered({ ...state, lastFailure: why });
  const look: readonly Effect[] = isSoleFailoverMember(state)
    ? []
    : [{ do: "askPartner", question: number, kind: "look", member: partnerName(state) }];
  return enter(
    asked,
    { ...phase, question: number },
    ...news(state, why),
    { do: "startTimer", timer: "retry", afterMs: siteRetryMs },
    ...look,
  );
}

/** Time to ask the routine again. */
export function tryAgain({ state, phase, event }: Scene<"becoming", "timer">): Step {
  if (event.timer !== "retry" || phase.question === undefined) return stay(state);
  return enter(state, { name: "becoming", warrant: phase.warrant }, { do: "prepareAsPrimary" });
}
