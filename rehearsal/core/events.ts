/** What happens to one member. Times are milliseconds of any clock that does not go backwards. */

import type { LocalMembership, MirrorConfiguration } from "./configuration.ts";
import type { History } from "./history.ts";
import type {
  ChannelMessage,
  Consent,
  FromArbiter,
  JoinRequest,
  PartnerAnswer,
  PartnerQuestion,
} from "./messages.ts";
import type { StopReason } from "./phases.ts";
import type { JournalPosition } from "./position.ts";

/** Timers of a member; starting one again replaces it. */
export type TimerName = "retry" | "trouble" | "handOver" | "byHand";

/** What the edge found when the instance started. */
interface StartFacts {
  readonly configuration: MirrorConfiguration | undefined;
  readonly local: LocalMembership | undefined;
  /** Why the mirror must not run although it is configured; `undefined` when it may. */
  readonly obstacle: StopReason | undefined;
}

/** What a new member is from now on. */
interface NewMembership {
  readonly configuration: MirrorConfiguration;
  readonly local: LocalMembership;
}

/** `own` is this member's journal at that moment, where a decision needs it. `token` names whoever
 *  waits for an answer. */
export type MemberEvent = { readonly at: number } & (
  | { readonly type: "instanceStarted"; readonly facts: StartFacts }
  /** The instance shall stop, within that time; `mayFailOver`: the backup may take over. */
  | { readonly type: "stopAsked"; readonly budgetMs: number; readonly mayFailOver: boolean }
  | { readonly type: "timer"; readonly timer: TimerName }
  | { readonly type: "ownAddressChecked"; readonly found: "self" | "other" | "nobody" }
  | {
      readonly type: "partnerAnswered";
      readonly question: number;
      readonly answer: PartnerAnswer | { readonly kind: "unreachable" };
      readonly own: History;
    }
  | {
      readonly type: "partnerAsked";
      readonly token: number;
      readonly question: PartnerQuestion;
      readonly own: History;
    }
  | { readonly type: "journalRetrieved"; readonly attempt: number; readonly own: History }
  | {
      readonly type: "retrievalFailed";
      readonly attempt: number;
      readonly why: string;
      /** True when its databases hold what the partner's history does not have. */
      readonly isInconsistent: boolean;
    }
  | { readonly type: "primaryReady"; readonly lineage: string }
  | { readonly type: "primaryFailed"; readonly why: string }
  /** A routine of the site says that it must not be primary yet. */
  | { readonly type: "primaryHeldBack"; readonly why: string }
  | { readonly type: "writesClosed"; readonly end: JournalPosition }
  /** A channel this member dialled is open. */
  | { readonly type: "linkOpened"; readonly link: string; readonly own: History }
  /** A channel is closed, was silent too long, or could not be opened. */
  | { readonly type: "linkLost"; readonly link: string }
  /** A member connected to this one and said hello. */
  | {
      readonly type: "memberCame";
      readonly link: string;
      readonly hello: Extract<ChannelMessage, { kind: "hello" }>;
      readonly own: History;
    }
  | {
      readonly type: "received";
      readonly link: string;
      readonly message: Exclude<ChannelMessage, { kind: "hello" }>;
      /** End of this member's own journal on disk. */
      readonly end: JournalPosition;
    }
  /** The journal was cut to what the primary's has in common; or could not be, since these
   *  databases hold more. */
  | {
      readonly type: "historySettled";
      readonly link: string;
      readonly end: JournalPosition;
      readonly databasesBeyond: readonly string[];
    }
  /** Received journal is on disk up to `end`. */
  | { readonly type: "stored"; readonly end: JournalPosition }
  | { readonly type: "arbiterConnected" }
  | { readonly type: "arbiterLost" }
  | { readonly type: "arbiterSaid"; readonly message: FromArbiter }
  | { readonly type: "joinAsked"; readonly token: number; readonly request: JoinRequest }
  /** A member that is not connected says that it left the mirror, or an operator removes it. */
  | {
      readonly type: "leaveAsked";
      readonly token: number;
      readonly member: string;
      readonly memberGuid: string;
    }
  /* Operators, by the system classes. What can be refused is answered with `token`. */
  | ({ readonly type: "mirrorCreated" } & NewMembership)
  | ({ readonly type: "mirrorJoined" } & NewMembership)
  | { readonly type: "mirrorStopAsked"; readonly token: number }
  | {
      readonly type: "mirrorStartAsked";
      readonly token: number;
      readonly obstacle: StopReason | undefined;
    }
  | { readonly type: "removalAsked"; readonly token: number }
  /** Promote and Demote at this member, DemotePartner at the primary. */
  | { readonly type: "promotionAsked"; readonly token: number }
  /** PromoteWithNoPartner, PromoteWithSelectedPartner at a DR async: who of the former failover
   *  members gave way, and who could not be asked. */
  | {
      readonly type: "promotionAloneAsked";
      readonly token: number;
      /** The failover partner from now on; `undefined`: none. */
      readonly partner: string | undefined;
      readonly consents: readonly Consent[];
      readonly absent: readonly string[];
      readonly own: History;
    }
  | { readonly type: "demotionAsked"; readonly token: number }
  | { readonly type: "partnerDemotionAsked"; readonly token: number }
  | { readonly type: "noFailoverAsked"; readonly token: number; readonly isSet: boolean }
  | { readonly type: "becomePrimaryAsked"; readonly token: number }
  /** "Force this node to become the primary": first it looks for its partner for so long. */
  | { readonly type: "forceAsked"; readonly token: number; readonly waitMs: number }
);

/** Kind of an event. */
export type EventType = MemberEvent["type"];

type EventsByType = { [Type in EventType]: Extract<MemberEvent, { type: Type }> };

/** An event of this kind. */
export type EventOf<Type extends EventType> = EventsByType[Type];
