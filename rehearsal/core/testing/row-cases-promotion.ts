/** Cases of the rows by which a DR async becomes primary where none runs, and others give way. */

import type { MemberEvent } from "../events.ts";
import type { Phase } from "../phases.ts";
import type { MemberState } from "../state.ts";
import { entry, historyOf, memberIn, mirrorOf, questionOfB } from "./scenes.ts";

const at = 1000;
const own = historyOf(["A1"]);
const longer = historyOf(["A1"], 150);
const seeking: Phase = { name: "seeking", question: 5, candidate: "B", isWaiting: false };
const atStart: Phase = { ...seeking, isAtStart: true };
const deciding: Phase = { name: "deciding", question: 5, isWaiting: false };
const retrieving: Phase = {
  name: "retrieving",
  attempt: 5,
  warrant: { kind: "promotion", history: longer, partner: undefined, absent: [] },
};
const drA = entry("A", { eligibility: "disasterRecovery" });
const drB = entry("B", { eligibility: "disasterRecovery" });
const asDr = { configuration: mirrorOf(["B", "C"], { members: [drA, entry("B"), entry("C")] }) };
const besideDr = { configuration: mirrorOf([], { members: [entry("A"), drB] }) };
const besideDrAndPartner = {
  configuration: mirrorOf([], { members: [entry("A"), drB, entry("C")] }),
};
const byHand = { token: 1, isPrimaryGone: true, isPromotion: true } as const;

/** Asked to become primary without one, where B gave way with this journal. */
export const promotedWith = (history: typeof own): MemberEvent => ({
  at,
  type: "promotionAloneAsked",
  token: 1,
  partner: undefined,
  consents: [{ member: "B", history }],
  absent: ["C"],
  own,
});

/** The DR async that is promoted in these cases. */
export const drWithoutPrimary: MemberState = memberIn(seeking, asDr);

const noPrimary = {
  at,
  type: "partnerAnswered",
  question: 5,
  answer: { kind: "no", why: "looked" },
  own,
} as const;

/** For each of these rows what takes it. */
export const promotionCases = {
  "look-first": {
    state: memberIn({ name: "validating", hasFailed: false }, besideDr),
    event: { at, type: "ownAddressChecked", found: "self" },
  },
  "nobody-leads": {
    state: memberIn({ ...atStart, candidate: "B" }, besideDrAndPartner),
    event: noPrimary,
  },
  "nobody-leads-alone": { state: memberIn(atStart, besideDr), event: noPrimary },
  "promote-alone": { state: drWithoutPrimary, event: promotedWith(own) },
  "promote-after-fetching": { state: drWithoutPrimary, event: promotedWith(longer) },
  "fetched-for-promotion": {
    state: memberIn(retrieving, { ...asDr, byHand }),
    event: { at, type: "journalRetrieved", attempt: 5, own: longer },
  },
  "not-fetched-for-promotion": {
    state: memberIn(retrieving, { ...asDr, byHand }),
    event: { at, type: "retrievalFailed", attempt: 5, why: "gone", isInconsistent: false },
  },
  "rival-goes-on": {
    state: memberIn(
      { name: "primary", lineage: "A2" },
      { rival: { question: 5, members: [{ name: "B", kind: "contest" }] } },
    ),
    event: {
      ...noPrimary,
      answer: { kind: "primary", invitation: { lineage: "B2", number: 1 } },
    },
  },
  "give-way": {
    state: memberIn(deciding, besideDr),
    event: { at, type: "partnerAsked", token: 1, question: questionOfB("promote", own), own },
  },
} as const satisfies Record<string, { state: MemberState; event: MemberEvent }>;
