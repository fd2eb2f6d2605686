/** The table, part of the asyncs: seeking the primary, following it, losing it. These rows come
 *  before those of failover members, which have no guard against asyncs. */

import * as async from "./async.ts";
import { decide, isSoleFailoverMember } from "./deciding.ts";
import { connect } from "./following.ts";
import { holdsAllOf } from "./history.ts";
import { row, stay, type Row } from "./machine.ts";
import * as operating from "./operating.ts";
import * as promotion from "./promotion.ts";
import * as roles from "./role-change.ts";

/** Rows of an async member. */
export const asyncRows: readonly Row[] = [
  row({
    id: "seek-primary",
    from: ["validating"],
    event: "ownAddressChecked",
    to: "seeking",
    when: "its address is its own, and it is an async, or must ask for its role (ValidatedMember=0)",
    test: ({ state, event }) => event.found === "self" && async.seeksPrimary(state),
    act: ({ state }) => async.seek(state, false),
    why: "It follows whoever is primary and never becomes it by itself.",
    source: "GHA_mirror_set (async members), RACS_mirrormember",
  }),
  row({
    id: "look-first",
    from: ["validating"],
    event: "ownAddressChecked",
    to: "seeking",
    when: "its address is its own, it is a failover member, and a DR async might have been promoted",
    test: ({ state, event }) => event.found === "self" && async.looksFirst(state),
    act: ({ state }) => async.lookFirst(state),
    why: "While it was away a person may have made a DR async primary.",
    source: "Assumed: against two primaries after SYS.Mirror.PromoteWithNoPartner",
  }),
  row({
    id: "nobody-leads",
    from: ["seeking"],
    event: "partnerAnswered",
    to: "deciding",
    when: "it has just started, and the last one that was asked is not primary either",
    test: (scene) => async.isLookOver(scene) && !isSoleFailoverMember(scene.state),
    act: ({ state }) => decide(state, false),
    why: "With a partner the role is a question to both.",
    source: "Assumed: as above",
  }),
  row({
    id: "nobody-leads-alone",
    from: ["seeking"],
    event: "partnerAnswered",
    to: "becoming",
    when: "the same, and it is the only failover member",
    test: (scene) => async.isLookOver(scene) && operating.mayLeadAlone(scene.state),
    act: ({ state }) => operating.becomeAlone(state),
    why: "Nobody else could be primary.",
    source: "Assumed: as above",
  }),
  row({
    id: "promote-alone",
    from: ["seeking"],
    event: "promotionAloneAsked",
    to: "becoming",
    when: "it is a DR async, and nobody who answered has journal that it lacks",
    test: (scene) => promotion.isComplete(scene),
    act: (scene) => promotion.promote(scene),
    why: "A person says that no primary runs; whoever could be reached has given way.",
    source: "SYS.Mirror.PromoteWithNoPartner, PromoteWithSelectedPartner",
  }),
  row({
    id: "promote-after-fetching",
    from: ["seeking"],
    event: "promotionAloneAsked",
    to: "retrieving",
    when: "it is a DR async, and lacks journal that an agent can give",
    test: (scene) => promotion.isBehind(scene),
    act: (scene) => promotion.fetch(scene),
    why: "Nothing is given up that an agent still has.",
    source: "SYS.Mirror.PromoteWithSelectedPartner, GHA_mirror_manage 5.5",
  }),
  row({
    id: "fetched-for-promotion",
    from: ["retrieving"],
    event: "journalRetrieved",
    to: "becoming",
    when: "it is being promoted, and now it has everything",
    test: ({ phase, event }) =>
      phase.warrant.kind === "promotion" &&
      phase.attempt === event.attempt &&
      (phase.warrant.history === undefined || holdsAllOf(event.own, phase.warrant.history)),
    act: ({ state, phase, event }) =>
      phase.warrant.kind === "promotion"
        ? promotion.lead(state, phase.warrant, event.own)
        : stay(state),
    why: "A person says that no primary runs; whoever could be reached has given way.",
    source: "SYS.Mirror.PromoteWithSelectedPartner",
  }),
  row({
    id: "not-fetched-for-promotion",
    from: ["retrieving"],
    event: "retrievalFailed",
    to: "seeking",
    when: "it is being promoted, and the journal could not be fetched",
    test: ({ phase, event }) =>
      phase.warrant.kind === "promotion" && phase.attempt === event.attempt,
    act: (scene) => promotion.notFetched(scene),
    why: "Nothing has changed here: a person may ask again.",
    source: "Assumed: not documented",
  }),
  row({
    id: "give-way",
    from: ["deciding", "bereaved"],
    event: "partnerAsked",
    to: "seeking",
    when: "a person makes the DR async primary that asks",
    test: (scene) => promotion.isAskedToGiveWay(scene),
    act: (scene) => promotion.giveWayAndSeek(scene),
    why: "On its disk before the other one begins: it is no failover member any more.",
    source: "GHA_mirror_manage 5.5 (ValidatedMember). Assumed: that the agents do it",
  }),
  row({
    id: "async-finds-primary",
    from: ["seeking"],
    event: "partnerAnswered",
    to: "connecting",
    when: "the member that was asked is primary",
    test: ({ phase, event }) =>
      phase.question === event.question &&
      phase.candidate !== undefined &&
      event.answer.kind === "primary",
    act: ({ state, phase, event }) => connect(state, phase.candidate ?? "", event.answer),
    why: "There is a primary: follow it.",
    source: "GHA_mirror_set (async members)",
  }),
  row({
    id: "async-turned-away",
    from: ["connecting"],
    event: "received",
    to: "seeking",
    when: "it seeks the primary, and the other one is none or does not know it",
    test: (scene) =>
      async.isOwnChannel(scene) &&
      scene.event.message.kind === "refused" &&
      (scene.event.message.why === "notPrimary" || scene.event.message.why === "notMember"),
    act: (scene) => async.seekAgain(scene),
    why: "Roles changed meanwhile: look for the primary again.",
    source: "%SYSTEM.Mirror (WAITING retries for ever)",
  }),
  row({
    id: "async-not-connected",
    from: ["connecting"],
    event: "linkLost",
    to: "seeking",
    when: "it seeks the primary, and the channel could not be opened, or was lost",
    test: (scene) => async.isOwnChannel(scene),
    act: (scene) => async.seekAgain(scene),
    why: "Roles may have changed meanwhile: look for the primary again.",
    source: "%SYSTEM.Mirror (WAITING retries for ever)",
  }),
  row({
    id: "become-connected",
    from: ["synchronizing"],
    event: "received",
    to: "connected",
    when: "the primary reports that this async member has caught up",
    test: async.isReportedCaughtUp,
    act: async.becomeConnected,
    why: "It follows closely; the primary does not wait for it.",
    source: "%SYSTEM.Mirror (CONNECTED), GHA_mirror_set_sync",
  }),
  row({
    id: "async-loses-primary",
    from: ["synchronizing", "connected"],
    event: "linkLost",
    to: "seeking",
    when: "it is an async member, and the channel to the primary is gone",
    test: (scene) => async.isOwnChannel(scene),
    act: (scene) => async.seekAgain(scene),
    why: "An async has no say in what becomes of the primary: it follows the next one.",
    source: "GHA_mirror_set (async members)",
  }),
  row({
    id: "take-promotion",
    from: ["connected", "synchronizing"],
    event: "received",
    to: "synchronizing",
    when: "the primary offers this async the place of its failover partner",
    test: (scene) => roles.isPromotionOffered(scene),
    act: (scene) => roles.takePromotion(scene),
    why: "It knows to be a failover member before the primary counts on it.",
    source: "SYS.Mirror.Promote, GHA_mirror_set_member_change 6.3",
  }),
  row({
    id: "take-demotion",
    from: ["backup"],
    event: "received",
    to: "synchronizing",
    when: "the primary's configuration calls it an async member",
    test: (scene) => roles.isDemoted(scene),
    act: (scene) => roles.takeDemotion(scene),
    why: "No epoch binds the primary any more, so this member has nothing to take over by.",
    source: "SYS.Mirror.Demote, DemotePartner, Promote",
  }),
  row({
    id: "no-partner-any-more",
    from: ["deciding", "bereaved"],
    event: "partnerAnswered",
    to: "seeking",
    when: "the partner, or its agent, says that this is no failover member any more",
    test: ({ phase, event }) =>
      phase.question === event.question &&
      event.answer.kind === "no" &&
      event.answer.why === "notPartner",
    act: ({ state }) => async.seek(state, false),
    why: "Roles were changed while it was away: the primary will tell.",
    source: "Assumed: follows from promotion and demotion by the primary alone",
  }),
  row({
    id: "sought-in-vain",
    from: ["seeking"],
    event: "timer",
    to: "deciding",
    when: "it is a failover member by all it knows",
    test: ({ state }) => !async.seeksPrimary(state),
    act: ({ state }) => decide(state, true),
    why: "Perhaps its partner knows more by now.",
    source: "Assumed: as above",
  }),
];
