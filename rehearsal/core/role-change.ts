/** A member that is not primary is to be promoted or demoted: it asks the primary, which alone may
 *  change who the failover members are. Source: SYS.Mirror.Promote, Demote. */

import { isAsyncMember } from "./async.ts";
import { entryOf, isAsync } from "./configuration.ts";
import { isSoleFailoverMember, membership } from "./deciding.ts";
import { adopt } from "./following.ts";
import * as log from "./log-lines.ts";
import { enter, stay, type Scene } from "./machine.ts";
import { errorNumber } from "./membership.ts";
import { isFollower, isPrimaryPhase, type PhaseName } from "./phases.ts";
import type { MemberState, Step } from "./state.ts";

/** Promote, asked at this member. */
export function askPromotion({ state, event }: Scene<PhaseName, "promotionAsked">): Step {
  const { token } = event;
  const { configuration, local } = state;
  if (configuration === undefined || local === undefined) {
    return refused(state, token, errorNumber.notConfigured);
  }
  return entryOf(configuration, local.name)?.eligibility === "disasterRecovery"
    ? askPrimary(state, token, "promote")
    : refused(state, token, errorNumber.notDisasterRecovery);
}

/** Demote, asked at this member. */
export function askDemotion({ state, event }: Scene<PhaseName, "demotionAsked">): Step {
  const { token } = event;
  if (state.configuration === undefined || state.local === undefined) {
    return refused(state, token, errorNumber.notConfigured);
  }
  if (isAsyncMember(state)) return refused(state, token, errorNumber.notFailoverMember);
  if (isSoleFailoverMember(state)) return refused(state, token, errorNumber.onlyFailoverMember);
  if (isPrimaryPhase(state.phase)) {
    const what = "not simulated: SYS.Mirror.Demote on the primary";
    const refusal = { number: errorNumber.general, args: [what] };
    return stay(state, { do: "answerOperator", token, refusal });
  }
  return askPrimary(state, token, "demote");
}

function askPrimary(state: MemberState, token: number, change: "promote" | "demote"): Step {
  const { phase } = state;
  if (!isFollower(phase) || phase.name === "connecting") {
    return refused(state, token, errorNumber.noConnectionToPrimary);
  }
  const message = { kind: "wantsReassignment", change, token } as const;
  return stay(state, { do: "send", link: phase.link, message });
}

function refused(state: MemberState, token: number, number: number): Step {
  return stay(state, { do: "answerOperator", token, refusal: { number, args: [] } });
}

type Told = Scene<"connected" | "synchronizing" | "backup", "received">;

/** The primary offers this DR async the place of its partner. */
export function isPromotionOffered({ state, phase, event }: Told): boolean {
  return (
    event.link === phase.link && event.message.kind === "promotionOffered" && isAsyncMember(state)
  );
}

/** Writes the new configuration down, then says so: from here on it is a failover member that
 *  catches up. Until the primary has made the change too, nobody consents to it. */
export function takePromotion({ state, phase, event }: Told): Step {
  const { message } = event;
  if (message.kind !== "promotionOffered") return stay(state);
  const { primary, link } = phase;
  const adopted = adopt(state, message.configuration);
  const step = enter(
    adopted.state,
    { name: "synchronizing", primary, link },
    { do: "send", link, message: { kind: "promotionTaken" } },
    { do: "log", line: log.promotedTo(primary) },
  );
  return { ...step, effects: [...adopted.effects, ...step.effects] };
}

/** The primary's configuration calls this backup an async. */
export function isDemoted({ state, phase, event }: Told): boolean {
  const { message } = event;
  return (
    event.link === phase.link &&
    message.kind === "configuration" &&
    isAsync(message.configuration, membership(state).name)
  );
}

/** Ceases to be a failover member: goes on following as an async. */
export function takeDemotion({ state, phase, event }: Told): Step {
  const { message } = event;
  if (message.kind !== "configuration") return stay(state);
  const { primary, link } = phase;
  const adopted = adopt(state, message.configuration);
  const line = { do: "log", line: log.demoted() } as const;
  const step = enter(adopted.state, { name: "synchronizing", primary, link }, line);
  return { ...step, effects: [...adopted.effects, ...step.effects] };
}
