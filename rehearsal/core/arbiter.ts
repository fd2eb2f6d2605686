/** The arbiter: no vote, but a register in which each epoch is decided once. Either the primary may
 *  go on without its backup, or the backup may take over; whoever comes first and is right. Its
 *  memory is enough: an arbiter that forgot refuses both, and the primary stays in trouble until it
 *  reaches its backup. Source: GHA_mirror_set 3.3.4, 3.3.5. */

import { sameEpoch, type Epoch, type FromArbiter, type ToArbiter } from "./messages.ts";
import { arbiterWaitMs } from "./timing.ts";

/** What was agreed about the newest epoch of a mirror. */
interface Decision {
  readonly epoch: Epoch;
  readonly primary: string;
  readonly backup: string;
  readonly outcome: "open" | "released" | "granted";
  /** While the primary is asked for a sign of life. */
  readonly check: number | undefined;
}

/** One mirror as the arbiter sees it. */
interface Seat {
  readonly qosTimeoutMs: number;
  /** Session of each connected failover member. */
  readonly sessions: Readonly<Record<string, number>>;
  readonly decision: Decision | undefined;
}

/** Everything the arbiter knows, by mirror GUID. */
export interface ArbiterState {
  readonly seats: Readonly<Record<string, Seat>>;
  readonly lastCheck: number;
}

/** What happens to the arbiter. */
export type ArbiterEvent =
  | { readonly type: "said"; readonly session: number; readonly message: ToArbiter }
  | { readonly type: "gone"; readonly session: number }
  /** The time for a sign of life is over. */
  | { readonly type: "waited"; readonly check: number };

/** What the arbiter does. */
export type ArbiterEffect =
  | { readonly do: "say"; readonly session: number; readonly message: FromArbiter }
  | { readonly do: "wait"; readonly check: number; readonly afterMs: number }
  | { readonly do: "close"; readonly session: number };

/** New state and what to do. */
export interface ArbiterStep {
  readonly state: ArbiterState;
  readonly effects: readonly ArbiterEffect[];
}

/** An arbiter that was just started. */
export const freshArbiter: ArbiterState = { seats: {}, lastCheck: 0 };

/** What becomes of the arbiter when something happens. */
export function arbiterStep(state: ArbiterState, event: ArbiterEvent): ArbiterStep {
  switch (event.type) {
    case "said":
      return said(state, event.session, event.message);
    case "gone":
      return gone(state, event.session);
    case "waited":
      return waited(state, event.check);
  }
}

interface Place {
  readonly mirrorGuid: string;
  readonly seat: Seat;
  readonly member: string;
}

function placeOf(state: ArbiterState, session: number): Place | undefined {
  for (const [mirrorGuid, seat] of Object.entries(state.seats)) {
    const entry = Object.entries(seat.sessions).find(([, known]) => known === session);
    if (entry !== undefined) return { mirrorGuid, seat, member: entry[0] };
  }
  return undefined;
}

function withSeat(state: ArbiterState, mirrorGuid: string, seat: Seat): ArbiterState {
  return { ...state, seats: { ...state.seats, [mirrorGuid]: seat } };
}

const say = (session: number | undefined, message: FromArbiter): ArbiterEffect[] =>
  session === undefined ? [] : [{ do: "say", session, message }];

function said(state: ArbiterState, session: number, message: ToArbiter): ArbiterStep {
  if (message.kind === "hello") return hello(state, session, message);
  const place = placeOf(state, session);
  if (place === undefined) return { state, effects: [] };
  switch (message.kind) {
    case "arm":
      return arm(state, place, message);
    case "release":
      return release(state, place, message.epoch);
    case "takeOver":
      return takeOver(state, place, message.epoch);
    case "alive":
      return alive(state, place, message.check);
  }
}

function hello(
  state: ArbiterState,
  session: number,
  message: Extract<ToArbiter, { kind: "hello" }>,
): ArbiterStep {
  const { mirrorGuid, member, qosTimeoutMs } = message;
  const seat = state.seats[mirrorGuid] ?? { qosTimeoutMs, sessions: {}, decision: undefined };
  const old = seat.sessions[member];
  const others = Object.entries(seat.sessions).filter(([name]) => name !== member);
  const sessions = { ...Object.fromEntries(others), [member]: session };
  return {
    state: withSeat(state, mirrorGuid, { ...seat, qosTimeoutMs, sessions }),
    effects: [
      ...(old === undefined || old === session ? [] : [{ do: "close", session: old } as const]),
      ...others.flatMap(([, other]) => say(other, { kind: "partner", isConnected: true })),
      ...say(session, { kind: "partner", isConnected: others.length > 0 }),
    ],
  };
}

/** A new epoch, if both are here. It replaces the one before, which nobody can use any more: the
 *  member that proposes is primary by the consent of the other or by that one's end. */
function arm(
  state: ArbiterState,
  { mirrorGuid, seat, member }: Place,
  { epoch, backup }: { epoch: Epoch; backup: string },
): ArbiterStep {
  const session = seat.sessions[member];
  if (seat.sessions[backup] === undefined || backup === member) {
    return { state, effects: say(session, { kind: "refused", epoch }) };
  }
  const decision: Decision = {
    epoch,
    primary: member,
    backup,
    outcome: "open",
    check: undefined,
  };
  return {
    state: withSeat(state, mirrorGuid, { ...seat, decision }),
    effects: say(session, { kind: "armed", epoch }),
  };
}

/** The decision about this epoch, if this member has that part in it. */
function decisionFor(
  { seat, member }: Place,
  epoch: Epoch,
  part: "primary" | "backup",
): Decision | undefined {
  const { decision } = seat;
  const isMine = sameEpoch(decision?.epoch, epoch) && decision?.[part] === member;
  return isMine ? decision : undefined;
}

function release(state: ArbiterState, place: Place, epoch: Epoch): ArbiterStep {
  const { mirrorGuid, seat, member } = place;
  const decision = decisionFor(place, epoch, "primary");
  const session = seat.sessions[member];
  if (decision === undefined || decision.outcome === "granted") {
    return { state, effects: say(session, { kind: "refused", epoch }) };
  }
  const wasAsked = decision.check !== undefined;
  const released: Decision = { ...decision, outcome: "released", check: undefined };
  return {
    state: withSeat(state, mirrorGuid, { ...seat, decision: released }),
    effects: [
      ...say(session, { kind: "released", epoch }),
      ...(wasAsked ? say(seat.sessions[decision.backup], { kind: "refused", epoch }) : []),
    ],
  };
}

function takeOver(state: ArbiterState, place: Place, epoch: Epoch): ArbiterStep {
  const { mirrorGuid, seat, member } = place;
  const decision = decisionFor(place, epoch, "backup");
  const session = seat.sessions[member];
  if (decision === undefined || decision.outcome === "released") {
    return { state, effects: say(session, { kind: "refused", epoch }) };
  }
  const primarySession = seat.sessions[decision.primary];
  if (decision.outcome === "granted" || primarySession === undefined) {
    return grant(state, { mirrorGuid, seat, decision });
  }
  if (decision.check !== undefined) return { state, effects: [] };
  const check = state.lastCheck + 1;
  const asked = withSeat(state, mirrorGuid, { ...seat, decision: { ...decision, check } });
  return {
    state: { ...asked, lastCheck: check },
    effects: [
      ...say(primarySession, { kind: "areYouAlive", check }),
      { do: "wait", check, afterMs: arbiterWaitMs(seat.qosTimeoutMs) },
    ],
  };
}

function grant(
  state: ArbiterState,
  place: { mirrorGuid: string; seat: Seat; decision: Decision },
): ArbiterStep {
  const { mirrorGuid, seat, decision } = place;
  const granted: Decision = { ...decision, outcome: "granted", check: undefined };
  const { epoch } = decision;
  return {
    state: withSeat(state, mirrorGuid, { ...seat, decision: granted }),
    effects: say(seat.sessions[decision.backup], { kind: "granted", epoch }),
  };
}

/** The primary lives: it goes on, and the backup never acts on this epoch. */
function alive(state: ArbiterState, place: Place, check: number): ArbiterStep {
  const { mirrorGuid, seat, member } = place;
  const { decision } = seat;
  if (decision?.check !== check || decision.primary !== member) return { state, effects: [] };
  const released: Decision = { ...decision, outcome: "released", check: undefined };
  const { epoch } = decision;
  return {
    state: withSeat(state, mirrorGuid, { ...seat, decision: released }),
    effects: say(seat.sessions[decision.backup], { kind: "refused", epoch }),
  };
}

function gone(state: ArbiterState, session: number): ArbiterStep {
  const place = placeOf(state, session);
  if (place === undefined) return { state, effects: [] };
  const { mirrorGuid, seat, member } = place;
  const sessions = Object.fromEntries(
    Object.entries(seat.sessions).filter(([name]) => name !== member),
  );
  const left = { ...seat, sessions };
  // While members change their roles three may be here: those that stay still see each other.
  const told = {
    state: withSeat(state, mirrorGuid, left),
    effects: Object.values(sessions).flatMap((other, _, rest) =>
      say(other, { kind: "partner", isConnected: rest.length > 1 }),
    ),
  };
  const { decision } = left;
  const isAwaited = decision?.primary === member && decision.check !== undefined;
  if (!isAwaited) return told;
  const granted = grant(told.state, { mirrorGuid, seat: left, decision });
  return { state: granted.state, effects: [...told.effects, ...granted.effects] };
}

/** No sign of life in time: the session of the primary counts as lost. */
function waited(state: ArbiterState, check: number): ArbiterStep {
  const found = Object.values(state.seats).find((seat) => seat.decision?.check === check);
  const decision = found?.decision;
  const session = decision === undefined ? undefined : found?.sessions[decision.primary];
  if (session === undefined) return { state, effects: [] };
  const lost = gone(state, session);
  return { state: lost.state, effects: [{ do: "close", session }, ...lost.effects] };
}
