/** The table, fourth part: what a person decides about the primary role. */

import * as byHand from "./becoming-by-hand.ts";
import * as forcing from "./forcing.ts";
import { row, type Row } from "./machine.ts";
import { isRivalPrimary, yieldToRival } from "./rivals.ts";

/** Rows of `BecomePrimary`. */
export const byHandRows: readonly Row[] = [
  row({
    id: "become-by-hand",
    from: ["bereaved"],
    event: "partnerAnswered",
    to: "becoming",
    when: "a person asked; it was an active backup; neither the primary nor its agent answers",
    test: (scene) => byHand.isByHand(scene),
    act: byHand.becomeByHand,
    why: "It has everything acknowledged; that the primary is down a person must know.",
    source: "SYS.Mirror.BecomePrimary, GHA_mirror_set_member_change 6.2.3",
  }),
  row({
    id: "force",
    from: ["deciding", "bereaved"],
    event: "partnerAnswered",
    to: "becoming",
    when: "a person forced it, the wait is over, neither the partner nor its agent answers",
    test: (scene) => forcing.isForced(scene),
    act: (scene) => forcing.force(scene),
    why: "A person takes the loss: what it lacks, and a partner that might live.",
    source: "GHA_mirror_set_member_change 6.2.3",
  }),
  row({
    id: "rival-goes-on",
    from: ["primary"],
    event: "partnerAnswered",
    to: "forcedDown",
    when: "it is primary on a person's word, and the one that it asked is primary, too, and goes on",
    test: (scene) => isRivalPrimary(scene),
    act: (scene) => yieldToRival(scene),
    why: "Two primaries met: the one whose journal has later files goes on, the other is down.",
    source: "GHA_mirror_set 3.3.2.2. Assumed: which of two that an override made",
  }),
  row({
    id: "yield-role",
    from: ["primary"],
    event: "received",
    to: "yielding",
    when: "a person asked at the active backup",
    test: (scene) => byHand.isAskedToYield(scene),
    act: byHand.yieldRole,
    why: "Writing ends here before it begins there.",
    source: "SYS.Mirror.BecomePrimary, GHA_mirror_set_member_change 6.1.2",
  }),
  row({
    id: "role-taken",
    from: ["yielding"],
    event: "received",
    to: "forcedDown",
    when: "the heir takes over",
    test: (scene) => scene.event.message.kind === "handOverTaken" && byHand.isHeirs(scene),
    act: (scene) => byHand.goDown(scene),
    why: "BecomePrimary forces the other one down.",
    source: "SYS.Mirror.BecomePrimary",
  }),
  row({
    id: "yield-heir-lost",
    from: ["yielding"],
    event: "linkLost",
    to: "forcedDown",
    when: "it is the channel of the heir",
    test: (scene) => byHand.isHeirs(scene),
    act: (scene) => byHand.goDown(scene),
    why: "The heir may have the role already; once this one is down, its agent says so.",
    source: "Assumed: not documented",
  }),
  row({
    id: "yield-too-slow",
    from: ["yielding"],
    event: "timer",
    to: "forcedDown",
    when: "the time for handing over ended",
    test: ({ event }) => event.timer === "handOver",
    act: (scene) => byHand.goDown(scene),
    why: "The heir may have the role already; once this one is down, its agent says so.",
    source: "Assumed: not documented",
  }),
];
