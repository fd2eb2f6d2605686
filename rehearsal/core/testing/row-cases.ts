/** For each row of the table one case that takes it: where the member stands and what happens. */

import type { MemberEvent } from "../events.ts";
import { noHistory } from "../history.ts";
import type { ChannelMessage, FromArbiter, PartnerAnswer } from "../messages.ts";
import type { Phase } from "../phases.ts";
import type { MemberState } from "../state.ts";
import { promotionCases } from "./row-cases-promotion.ts";
import {
  consentOfB,
  entry,
  helloOfB,
  historyOf,
  memberIn,
  mirrorOf,
  peerB,
  questionOfB,
} from "./scenes.ts";

/** What a case says. */
export interface RowCase {
  readonly state: MemberState;
  readonly event: MemberEvent;
}

const at = 1000;
const invitation = { lineage: "A1", number: 9 };
const epoch = { lineage: "A1", number: 7 };
const end = { file: 1, offset: 100 };
const own = historyOf(["A1"]);
const longer = historyOf(["A1"], 150);
const later = historyOf(["A1", "B2"]);
const local = { name: "A", joinsMirror: true, isValidated: true };
const pair = mirrorOf(["A", "B"]);

const deciding: Phase = { name: "deciding", question: 5, isWaiting: false };
const validating: Phase = { name: "validating", hasFailed: false };
const retrieving: Phase = {
  name: "retrieving",
  attempt: 5,
  warrant: { kind: "consent", history: longer, isDown: true },
};
const becoming: Phase = { name: "becoming", warrant: { kind: "sole" } };
const connecting: Phase = { name: "connecting", primary: "B", link: "to-B", isOpen: true };
const synchronizing: Phase = { name: "synchronizing", primary: "B", link: "to-B" };
const backup: Phase = { name: "backup", primary: "B", link: "to-B", handOverAt: undefined };
const bereaved: Phase = {
  name: "bereaved",
  primary: "B",
  question: 5,
  isExplained: false,
  wasActive: true,
};
const primary: Phase = { name: "primary", lineage: "A1" };
const bounded: Phase = { name: "trouble", lineage: "A1", isBounded: true, question: undefined };
const unbounded: Phase = { name: "trouble", lineage: "A1", isBounded: false, question: 5 };
/** This member is a DR async. */
export const asDr = {
  configuration: mirrorOf([], {
    members: [entry("A", { eligibility: "disasterRecovery" }), entry("B")],
  }),
} as const;
const seeking: Phase = { name: "seeking", question: 5, candidate: "B", isWaiting: false };
const connected: Phase = { name: "connected", primary: "B", link: "to-B" };
const caughtUp = [{ name: "A", isConnected: true, isActive: false, isCaughtUp: true }];
const handingOver: Phase = { name: "handingOver", lineage: "A1", heir: "B" };
const yielding: Phase = { name: "yielding", lineage: "A1", heir: "B" };
const withHeir = { peers: { B: peerB("active") } } as const;
const inEpoch = { control: { kind: "arbiter", epoch, isShared: true } } as const;

function started(
  facts: Partial<Extract<MemberEvent, { type: "instanceStarted" }>["facts"]>,
): RowCase {
  return {
    state: memberIn({ name: "off" }),
    event: {
      at,
      type: "instanceStarted",
      facts: { configuration: pair, local, obstacle: undefined, ...facts },
    },
  };
}

function answered(phase: Phase, answer: PartnerAnswer, journal = own): RowCase {
  const event = { at, type: "partnerAnswered", question: 5, answer, own: journal } as const;
  return { state: memberIn(phase), event };
}

function received(
  phase: Phase,
  message: Exclude<ChannelMessage, { kind: "hello" }>,
  more: Partial<MemberState> = {},
  link = "to-B",
): RowCase {
  return { state: memberIn(phase, more), event: { at, type: "received", link, message, end } };
}

function lost(phase: Phase, link: string, more: Partial<MemberState> = {}): RowCase {
  return { state: memberIn(phase, more), event: { at, type: "linkLost", link } };
}

function arbiterSaid(phase: Phase, message: FromArbiter): RowCase {
  return { state: memberIn(phase, inEpoch), event: { at, type: "arbiterSaid", message } };
}

const askedByB = (phase: Phase, history = own): RowCase => ({
  state: memberIn(phase),
  event: { at, type: "partnerAsked", token: 1, question: questionOfB("consent", history), own },
});

const unanswered = (phase: Phase, byHand: MemberState["byHand"]): RowCase => ({
  state: memberIn(phase, { byHand }),
  event: { at, type: "partnerAnswered", question: 5, answer: { kind: "unreachable" }, own },
});

const checked = (members: readonly string[]): RowCase => ({
  state: memberIn(validating, { configuration: mirrorOf(members) }),
  event: { at, type: "ownAddressChecked", found: "self" },
});

const settled = (databasesBeyond: readonly string[]): RowCase => ({
  state: memberIn(connecting),
  event: { at, type: "historySettled", link: "to-B", end, databasesBeyond },
});

const failed = (isInconsistent: boolean): RowCase => ({
  state: memberIn(retrieving),
  event: { at, type: "retrievalFailed", attempt: 5, why: "why", isInconsistent },
});

const notReady = (members: readonly string[]): RowCase => ({
  state: memberIn(becoming, { configuration: mirrorOf(members) }),
  event: { at, type: "primaryFailed", why: "why" },
});

const cameB = (phase: Phase, history = own): RowCase => ({
  state: memberIn(phase, { invitation }),
  event: { at, type: "memberCame", link: "from-B", hello: helloOfB(history, invitation), own },
});

/** By the row's id. */
export const rowCases: Readonly<Record<string, RowCase>> = {
  "start-without-mirror": started({ configuration: undefined }),
  "start-stopped": started({ obstacle: "serviceDisabled" }),
  start: started({}),
  "create-mirror": {
    state: memberIn({ name: "notMember" }),
    event: { at, type: "mirrorCreated", configuration: mirrorOf(["A"]), local },
  },
  "join-mirror": {
    state: memberIn({ name: "notMember" }),
    event: { at, type: "mirrorJoined", configuration: pair, local },
  },
  "start-mirror": {
    state: memberIn({ name: "stopped", reason: "joinMirrorOff" }),
    event: { at, type: "mirrorStartAsked", token: 1, obstacle: undefined },
  },
  ...promotionCases,
  "seek-primary": { ...checked([]), state: memberIn(validating, asDr) },
  "async-finds-primary": {
    state: memberIn(seeking, asDr),
    event: {
      at,
      type: "partnerAnswered",
      question: 5,
      answer: { kind: "primary", invitation },
      own,
    },
  },
  "async-turned-away": received(connecting, { kind: "refused", why: "notPrimary" }, asDr),
  "async-not-connected": lost(connecting, "to-B", asDr),
  "become-connected": received(synchronizing, { kind: "report", members: caughtUp }, asDr),
  "async-loses-primary": lost(connected, "to-B", asDr),
  "take-promotion": received(connected, { kind: "promotionOffered", configuration: pair }, asDr),
  "take-demotion": received(backup, { kind: "configuration", configuration: asDr.configuration }),
  "no-partner-any-more": answered(bereaved, { kind: "no", why: "notPartner" }),
  "sought-in-vain": {
    state: memberIn({
      name: "seeking",
      question: undefined,
      candidate: undefined,
      isWaiting: true,
    }),
    event: { at, type: "timer", timer: "retry" },
  },
  alone: checked(["A"]),
  "address-valid": checked(["A", "B"]),
  "partner-is-primary": answered(deciding, { kind: "primary", invitation }),
  "partner-consents": answered(deciding, consentOfB(own)),
  "partner-has-more": answered(bereaved, consentOfB(longer)),
  "partner-has-other": answered(deciding, consentOfB(historyOf(["X1", "X2"]))),
  insist: askedByB(bereaved, historyOf(["A1"], 50)),
  retrieved: {
    state: memberIn(retrieving),
    event: { at, type: "journalRetrieved", attempt: 5, own: longer },
  },
  "retrieved-nothing-consistent": failed(true),
  "not-retrieved": failed(false),
  serve: { state: memberIn(becoming), event: { at, type: "primaryReady", lineage: "A2" } },
  "not-ready-alone": notReady(["A"]),
  "not-ready": notReady(["A", "B"]),
  settled: settled([]),
  "left-history": settled(["DB"]),
  "turned-away-for-good": received(connecting, { kind: "refused", why: "inconsistent" }),
  "turned-away": received(connecting, { kind: "refused", why: "notPrimary" }),
  "not-connected": lost(connecting, "to-B"),
  "become-backup": received(synchronizing, { kind: "active" }),
  "hand-over-received": received(backup, { kind: "handOver", end }, { stored: end }),
  "hand-over-completed": {
    state: memberIn({ ...backup, handOverAt: end }),
    event: { at, type: "stored", end },
  },
  "lose-primary": lost(backup, "to-B"),
  "consent-to-restarted": askedByB(backup),
  "arbiter-grants": arbiterSaid(bereaved, { kind: "granted", epoch }),
  "primary-is-back": answered(bereaved, { kind: "primary", invitation }),
  "lose-active-backup": lost(primary, "from-B", { peers: { B: peerB("active") } }),
  "trouble-timeout": {
    state: memberIn(bounded),
    event: { at, type: "timer", timer: "trouble" },
  },
  "released-by-arbiter": arbiterSaid(unbounded, { kind: "released", epoch }),
  superseded: cameB(unbounded, later),
  "superseded-by-asker": askedByB(unbounded, later),
  "backup-is-back": cameB(unbounded),
  "forced-down": answered(unbounded, { kind: "primary", invitation }),
  "stop-primary": {
    state: memberIn(primary),
    event: { at, type: "stopAsked", budgetMs: 5000, mayFailOver: true },
  },
  "handed-over": received(
    handingOver,
    { kind: "handOverTaken" },
    { peers: { B: peerB("active") } },
    "from-B",
  ),
  "nobody-to-hand-to": {
    state: memberIn({ ...handingOver, heir: undefined }),
    event: { at, type: "writesClosed", end },
  },
  "heir-lost": lost(handingOver, "from-B", { peers: { B: peerB("active") } }),
  "hand-over-too-slow": {
    state: memberIn(handingOver),
    event: { at, type: "timer", timer: "handOver" },
  },
  "become-by-hand": unanswered(bereaved, { token: 1, isPrimaryGone: true }),
  force: unanswered(deciding, { token: 1, isPrimaryGone: false, force: "due" }),
  "yield-role": received(primary, { kind: "wantsRole" }, withHeir, "from-B"),
  "role-taken": received(yielding, { kind: "handOverTaken" }, withHeir, "from-B"),
  "yield-heir-lost": lost(yielding, "from-B", withHeir),
  "yield-too-slow": { state: memberIn(yielding), event: { at, type: "timer", timer: "handOver" } },
  "stop-mirror": { state: memberIn(backup), event: { at, type: "mirrorStopAsked", token: 1 } },
  "leave-mirror": { state: memberIn(backup), event: { at, type: "removalAsked", token: 1 } },
  "stop-instance": {
    state: memberIn(backup),
    event: { at, type: "stopAsked", budgetMs: 5000, mayFailOver: true },
  },
};

/** States in which each event of `strayEvents` must leave the phase as it is. */
export const everyPhase: readonly Phase[] = [
  { name: "off" },
  { name: "notMember" },
  { name: "stopped", reason: "noLicense" },
  { name: "validating", hasFailed: true },
  deciding,
  retrieving,
  becoming,
  connecting,
  synchronizing,
  backup,
  seeking,
  connected,
  bereaved,
  primary,
  bounded,
  unbounded,
  handingOver,
  yielding,
  { name: "inconsistent" },
  { name: "forcedDown" },
];

/** Events that belong to something that is over: late answers, channels of before. */
export const strayEvents: readonly MemberEvent[] = [
  { at, type: "partnerAnswered", question: 4, answer: { kind: "primary", invitation }, own },
  { at, type: "partnerAnswered", question: 4, answer: consentOfB(undefined), own },
  { at, type: "journalRetrieved", attempt: 4, own: longer },
  { at, type: "retrievalFailed", attempt: 4, why: "why", isInconsistent: true },
  { at, type: "linkLost", link: "old" },
  { at, type: "linkOpened", link: "old", own: noHistory },
  { at, type: "historySettled", link: "old", end, databasesBeyond: ["DB"] },
  { at, type: "received", link: "old", message: { kind: "active" }, end },
  { at, type: "received", link: "old", message: { kind: "handOver", end }, end },
  { at, type: "received", link: "old", message: { kind: "handOverTaken" }, end },
  { at, type: "arbiterSaid", message: { kind: "granted", epoch } },
  { at, type: "arbiterSaid", message: { kind: "released", epoch } },
];
