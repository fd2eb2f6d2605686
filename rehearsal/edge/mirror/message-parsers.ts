/** Parsers of everything members, agents and arbiter say to each other. */

import type { ArbiterAddress, MemberEntry, MirrorConfiguration } from "../../core/configuration.ts";
import type { FileMark, History } from "../../core/history.ts";
import type {
  AgentPlace,
  ChannelMessage,
  Epoch,
  Invitation,
  FromArbiter,
  JoinAnswer,
  JoinRequest,
  MemberReport,
  PartnerAnswer,
  PartnerQuestion,
  Refusal,
  ToArbiter,
} from "../../core/messages.ts";
import type { JournalPosition } from "../../core/position.ts";
import { count, flag, list, oneOf, optional, shape, text, variants, type Parser } from "./parse.ts";

/** A place in the journal. */
export const position = shape<JournalPosition>({ file: count, offset: count });

const fileMark = shape<FileMark>({
  file: count,
  lineage: text,
  previousEnd: count,
  primary: text,
});

/** A journal in short. */
const history = shape<History>({ files: list(fileMark), end: position });

const epoch = shape<Epoch>({ lineage: text, number: count });

const invitation = shape<Invitation>({ lineage: text, number: count });

/** One member of a mirror. */
const memberEntry = shape<MemberEntry>({
  name: text,
  guid: text,
  eligibility: oneOf("failover", "disasterRecovery", "readOnlyReporting", "readWriteReporting"),
  agentAddress: text,
  agentPort: count,
  mirrorAddress: text,
  ecpAddress: text,
  superserverPort: count,
  instanceDirectory: text,
});

/** A whole mirror. */
const mirrorConfiguration = shape<MirrorConfiguration>({
  mirror: text,
  mirrorGuid: text,
  arbiter: optional(shape<ArbiterAddress>({ address: text, port: count })),
  qosTimeoutMs: count,
  definedPrimary: optional(text),
  compression: shape<MirrorConfiguration["compression"]>({
    failover: count,
    async: count,
    failoverType: count,
    asyncType: count,
  }),
  parallelDejournaling: count,
  members: list(memberEntry),
});

const memberReport = shape<MemberReport>({
  name: text,
  isConnected: flag,
  isActive: flag,
  isCaughtUp: flag,
});

/** A refusal with the product's number. */
const refusal = shape<Refusal>({ number: count, args: list(text) });

/** Control messages of the data channel. */
export const channelMessage: Parser<ChannelMessage> = variants<ChannelMessage>({
  hello: {
    mirrorGuid: text,
    member: text,
    memberGuid: text,
    history,
    invitation: optional(invitation),
  },
  ready: { position, hasArbiter: flag },
  acknowledged: { position },
  arbiterLink: { isConnected: flag },
  epochTaken: { epoch },
  epochLeft: { epoch },
  goodbye: { leaves: flag },
  handOverTaken: {},
  wantsReassignment: { change: oneOf("promote", "demote"), token: count },
  promotionTaken: {},
  promotionOffered: { configuration: mirrorConfiguration },
  reassigned: { token: count, refusal: optional(refusal) },
  wantsNoFailover: { isSet: flag },
  wantsRole: {},
  welcome: { configuration: mirrorConfiguration, meeting: optional(position) },
  refused: { why: oneOf("notPrimary", "notInvited", "notMember", "purged", "inconsistent") },
  active: {},
  epochBegins: { epoch },
  epochEnds: { epoch },
  configuration: { configuration: mirrorConfiguration },
  report: { members: list(memberReport) },
  handOver: { end: position },
});

/** The other failover member's question. */
export const partnerQuestion = shape<PartnerQuestion>({
  kind: oneOf("consent", "look", "promote", "contest"),
  partner: optional(text),
  mirrorGuid: text,
  member: text,
  memberGuid: text,
  history,
});

/** The answer to it. */
export const partnerAnswer: Parser<PartnerAnswer> = variants<PartnerAnswer>({
  primary: { invitation },
  becoming: {},
  granted: { isDown: flag, history: optional(history) },
  no: {
    why: oneOf(
      "looked",
      "newerJournal",
      "undecidable",
      "notMember",
      "noFailover",
      "notPartner",
      "unclear",
    ),
  },
});

/** A new member's request. */
export const joinRequest = shape<JoinRequest>({ mirror: text, entry: memberEntry });

/** The answer to a request to join. */
export const joinAnswer: Parser<JoinAnswer> = variants<JoinAnswer>({
  accepted: { configuration: mirrorConfiguration },
  refused: { refusal, primary: optional(shape<AgentPlace>({ address: text, port: count })) },
});

/** What members say to the arbiter. */
export const toArbiter: Parser<ToArbiter> = variants<ToArbiter>({
  hello: { mirrorGuid: text, member: text, qosTimeoutMs: count },
  arm: { epoch, backup: text },
  release: { epoch },
  takeOver: { epoch },
  alive: { check: count },
});

/** What the arbiter says to members. */
export const fromArbiter: Parser<FromArbiter> = variants<FromArbiter>({
  partner: { isConnected: flag },
  armed: { epoch },
  released: { epoch },
  granted: { epoch },
  refused: { epoch },
  areYouAlive: { check: count },
});
