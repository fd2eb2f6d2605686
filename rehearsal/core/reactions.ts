/** What happens within a phase: the first reaction that fits an event no row took. */

import * as byHand from "./becoming-by-hand.ts";
import { askNext, seek } from "./async.ts";
import * as becoming from "./becoming.ts";
import { askAgain, keepWaiting, turnToAgent } from "./bereaved.ts";
import { answer } from "./consenting.ts";
import { arbiterFound, arbiterGone, heardFromArbiter } from "./control.ts";
import { decideAgain, keepDeciding } from "./deciding.ts";
import * as following from "./following.ts";
import * as forcing from "./forcing.ts";
import { andThen, reaction, reactionAnywhere, stay, type Reaction } from "./machine.ts";
import { cannotTakeIn, errorNumber, release, takeIn } from "./membership.ts";
import { primaryPhases } from "./phases.ts";
import * as operating from "./operating.ts";
import * as promotion from "./promotion.ts";
import { demotePartner } from "./reassigning.ts";
import { askDemotion, askPromotion } from "./role-change.ts";
import * as rivals from "./rivals.ts";
import * as serving from "./serving.ts";
import * as trouble from "./trouble.ts";

const { refuseOperator } = operating;

const ofDeciding: readonly Reaction[] = [
  reaction(["validating"], "ownAddressChecked", operating.addressFailed),
  reaction(["validating"], "timer", ({ state }) => stay(state, { do: "checkOwnAddress" })),
  reaction(["becoming"], "primaryHeldBack", becoming.holdBack),
  reaction(["becoming"], "timer", becoming.tryAgain),
  reaction(["deciding"], "partnerAnswered", keepDeciding),
  reaction(["deciding"], "timer", (scene) => forcing.forceNow(scene) ?? decideAgain(scene)),
  reaction(["seeking"], "partnerAnswered", askNext),
  reaction(["seeking"], "timer", ({ state, phase }) =>
    phase.question === undefined ? seek(state, phase.isWaiting) : stay(state),
  ),
  reaction(["bereaved"], "timer", (scene) => forcing.forceNow(scene) ?? askAgain(scene)),
  reaction(["bereaved"], "partnerAnswered", keepWaiting),
  reaction(["validating", "stopped", "seeking", "inconsistent"], "partnerAsked", (scene) =>
    promotion.isAskedToGiveWay(scene) ? promotion.giveWay(scene) : answer(scene),
  ),
  reactionAnywhere("partnerAsked", answer),
];

const ofFollowing: readonly Reaction[] = [
  reaction(["connecting"], "linkOpened", following.introduce),
  reaction(["connecting"], "received", following.welcomed),
  reaction(["synchronizing", "backup", "connected"], "received", following.heardFromPrimary),
  reaction(["synchronizing", "backup", "connected"], "stored", following.acknowledge),
  reactionAnywhere("linkOpened", ({ state, event }) =>
    stay(state, { do: "close", link: event.link }),
  ),
];

const ofServing: readonly Reaction[] = [
  reaction(["primary", "trouble"], "memberCame", serving.greet),
  reactionAnywhere("memberCame", ({ state, event }) =>
    serving.refuse(state, event.link, "notPrimary"),
  ),
  reaction(primaryPhases, "received", serving.heardFromMember),
  reaction(primaryPhases, "linkLost", serving.peerGone),
  reaction(["handingOver"], "writesClosed", operating.offer),
  reaction(["trouble"], "timer", trouble.lookForPartner),
  reaction(["trouble"], "partnerAnswered", trouble.keepLooking),
  reaction(["trouble"], "arbiterSaid", trouble.staysIsolated),
  reaction(["trouble"], "arbiterConnected", trouble.arbiterBack),
  reaction(["primary", "trouble"], "joinAsked", takeIn),
  reactionAnywhere("joinAsked", cannotTakeIn),
  reaction(["primary"], "leaveAsked", release),
  reactionAnywhere("leaveAsked", ({ state, event }) =>
    refuseOperator(state, event.token, errorNumber.primaryOnly),
  ),
];

const ofControl: readonly Reaction[] = [
  reaction(
    ["bereaved"],
    "arbiterSaid",
    (scene) => turnToAgent(scene) ?? heardFromArbiter(scene.state, scene.event.message),
  ),
  reaction(["bereaved"], "arbiterLost", (scene) => {
    const gone = arbiterGone(scene);
    return andThen(gone, (state) => turnToAgent({ ...scene, state }) ?? stay(state));
  }),
  reactionAnywhere("arbiterConnected", arbiterFound),
  reactionAnywhere("arbiterLost", arbiterGone),
  reactionAnywhere("arbiterSaid", ({ state, event }) => heardFromArbiter(state, event.message)),
];

const ofOperators: readonly Reaction[] = [
  reaction(["notMember", "off"], "mirrorStopAsked", ({ state, event }) =>
    refuseOperator(state, event.token, errorNumber.notConfigured),
  ),
  reaction(["stopped"], "mirrorStopAsked", ({ state, event }) =>
    refuseOperator(state, event.token, errorNumber.notStarted, state.configuration?.mirror ?? ""),
  ),
  reactionAnywhere("mirrorStopAsked", ({ state, event }) =>
    refuseOperator(state, event.token, errorNumber.cannotStopPrimary),
  ),
  reaction(["notMember", "off"], "mirrorStartAsked", ({ state, event }) =>
    refuseOperator(state, event.token, errorNumber.notConfigured),
  ),
  reaction(["stopped"], "mirrorStartAsked", ({ state, event }) =>
    refuseOperator(state, event.token, operating.obstacleError(event.obstacle)),
  ),
  reactionAnywhere("mirrorStartAsked", ({ state, event }) =>
    refuseOperator(
      state,
      event.token,
      errorNumber.alreadyStarted,
      state.configuration?.mirror ?? "",
    ),
  ),
  reaction(["notMember", "off"], "removalAsked", ({ state, event }) =>
    refuseOperator(state, event.token, errorNumber.notConfigured),
  ),
  reactionAnywhere("removalAsked", ({ state, event }) =>
    refuseOperator(state, event.token, errorNumber.notOnPrimary),
  ),
  reactionAnywhere("promotionAsked", askPromotion),
  reactionAnywhere("promotionAloneAsked", promotion.cannotPromote),
  reactionAnywhere("demotionAsked", askDemotion),
  reaction(["primary", "trouble"], "partnerDemotionAsked", demotePartner),
  reactionAnywhere("partnerDemotionAsked", ({ state, event }) =>
    refuseOperator(state, event.token, errorNumber.primaryOnly),
  ),
  reactionAnywhere("noFailoverAsked", operating.askNoFailover),
];

const ofBecomingByHand: readonly Reaction[] = [
  reaction(["backup"], "becomePrimaryAsked", byHand.askPrimary),
  reaction(["bereaved"], "becomePrimaryAsked", byHand.askAgent),
  reactionAnywhere("becomePrimaryAsked", byHand.cannotBe),
  reaction(["deciding", "bereaved"], "forceAsked", forcing.askForce),
  reactionAnywhere("forceAsked", forcing.cannotForce),
  reaction(["backup"], "timer", byHand.handOverMissed),
  reaction(["yielding"], "writesClosed", byHand.offerRole),
  reaction(["primary"], "timer", rivals.lookAgain),
  reaction(["primary"], "partnerAnswered", rivals.rivalAnswered),
];

/** All reactions, in the order in which they are tried. */
export const reactions: readonly Reaction[] = [
  ...ofDeciding,
  ...ofFollowing,
  ...ofServing,
  ...ofControl,
  ...ofOperators,
  ...ofBecomingByHand,
];
