/** What the edge must do after a step, in the order given. What fails comes back as an event. */

import type { LocalMembership, MirrorConfiguration } from "./configuration.ts";
import type { TimerName } from "./events.ts";
import type { History } from "./history.ts";
import type {
  ChannelMessage,
  JoinAnswer,
  PartnerAnswer,
  PartnerQuestion,
  Refusal,
  ToArbiter,
} from "./messages.ts";
import type { JournalPosition } from "./position.ts";

/** One line of messages.log. 0 information, 1 warning, 2 severe. */
export interface LogLine {
  readonly severity: 0 | 1 | 2;
  readonly category: "Utility.Event" | "Generic.Event";
  readonly text: string;
}

/** One thing to do. */
export type Effect =
  | { readonly do: "log"; readonly line: LogLine }
  | { readonly do: "startTimer"; readonly timer: TimerName; readonly afterMs: number }
  | { readonly do: "stopTimer"; readonly timer: TimerName }
  /** Dials the own mirror private address and looks who answers → `ownAddressChecked`. */
  | { readonly do: "checkOwnAddress" }
  /** Through that member's agent → `partnerAnswered`. */
  | {
      readonly do: "askPartner";
      readonly question: number;
      readonly member: string;
      readonly kind: PartnerQuestion["kind"];
    }
  /** Cuts the own journal to what it has in common with `history`, gets the rest from that
   *  member's agent → `journalRetrieved`, `retrievalFailed`. */
  | {
      readonly do: "retrieveJournal";
      readonly attempt: number;
      readonly history: History;
      readonly member: string;
    }
  /** Applies the own journal, asks the site, begins a new file with a new lineage, rolls back open
   *  transactions, opens the databases for writing → `primaryReady`, `primaryFailed`,
   *  `primaryHeldBack`. What is written before the core knows is not acknowledged before either. */
  | { readonly do: "prepareAsPrimary" }
  /** Writers wait from now on, as long as nothing is acknowledged. */
  | { readonly do: "holdWrites" }
  /** Databases become read only; what is on its way ends first → `writesClosed`. */
  | { readonly do: "closeWrites" }
  /** → `linkOpened` or `linkLost`. */
  | { readonly do: "dial"; readonly link: string; readonly member: string }
  | { readonly do: "close"; readonly link: string }
  | { readonly do: "send"; readonly link: string; readonly message: ChannelMessage }
  /** Forgets journal behind `meeting` (nothing to forget: `undefined`) → `historySettled`. */
  | {
      readonly do: "settleHistory";
      readonly link: string;
      readonly meeting: JournalPosition | undefined;
    }
  /** Sends journal bytes from there on, as they become durable. */
  | { readonly do: "stream"; readonly link: string; readonly from: JournalPosition }
  /** Keeps a session with the arbiter, dialling again whenever it is lost. */
  | { readonly do: "seekArbiter" }
  | { readonly do: "leaveArbiter" }
  | { readonly do: "tellArbiter"; readonly message: ToArbiter }
  | { readonly do: "answerPartner"; readonly token: number; readonly answer: PartnerAnswer }
  | { readonly do: "answerJoin"; readonly token: number; readonly answer: JoinAnswer }
  /** Without a refusal: done. */
  | {
      readonly do: "answerOperator";
      readonly token: number;
      readonly refusal: Refusal | undefined;
    }
  /** On disk before the next effect. `undefined`: this instance is no member any more. */
  | {
      readonly do: "saveConfiguration";
      readonly configuration: MirrorConfiguration | undefined;
      readonly local: LocalMembership | undefined;
    }
  /** Tells the other failover member, through its agent, that this one left. */
  | {
      readonly do: "reportLeaving";
      readonly configuration: MirrorConfiguration;
      readonly member: string;
    }
  /** The instance goes down. `isForced`: at once, since another member is primary. */
  | { readonly do: "endInstance"; readonly isForced: boolean };
