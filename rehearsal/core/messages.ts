/** What members, agents and arbiter say to each other. The wire is the edge's affair. */

import type { MemberEntry, MirrorConfiguration } from "./configuration.ts";
import type { History } from "./history.ts";
import type { JournalPosition } from "./position.ts";

/** Names one agreement between primary, backup and arbiter that the arbiter's word counts.
 *  The lineage makes it the affair of one primary's time, the number counts up within it. */
export interface Epoch {
  readonly lineage: string;
  readonly number: number;
}

/** True when both name the same agreement. */
export function sameEpoch(one: Epoch | undefined, other: Epoch | undefined): boolean {
  return one?.lineage === other?.lineage && one?.number === other?.number;
}

/** What a primary gives its partner with the answer that it is primary. The partner shows it when
 *  it connects: so a hello of now is told from one that was given up and arrives late. */
export interface Invitation {
  readonly lineage: string;
  readonly number: number;
}

/** Why a primary turns a member away. */
export type ChannelRefusal =
  /** It is no primary (any more). */
  | "notPrimary"
  /** It shows no invitation, or an old one: it must ask again. */
  | "notInvited"
  /** Another mirror, or nobody of that name and GUID is a member. */
  | "notMember"
  /** The journal it needs was purged: it must be rebuilt. */
  | "purged"
  /** Its journal belongs to another history: it must be rebuilt. */
  | "inconsistent";

/** What the primary shows of a member. Other members repeat it. */
export interface MemberReport {
  readonly name: string;
  readonly isConnected: boolean;
  readonly isActive: boolean;
  readonly isCaughtUp: boolean;
}

/** Control messages on the data channel, beside the journal bytes. */
export type ChannelMessage =
  /* From whoever connects to the primary. */
  | {
      readonly kind: "hello";
      readonly mirrorGuid: string;
      readonly member: string;
      readonly memberGuid: string;
      readonly history: History;
      /** Only a failover member needs one. */
      readonly invitation: Invitation | undefined;
    }
  /** Its journal now ends at `position`; send what follows. */
  | {
      readonly kind: "ready";
      readonly position: JournalPosition;
      readonly hasArbiter: boolean;
    }
  /** Everything up to `position` is on its disk. */
  | { readonly kind: "acknowledged"; readonly position: JournalPosition }
  /** Its own connection to the arbiter began or ended. */
  | { readonly kind: "arbiterLink"; readonly isConnected: boolean }
  | { readonly kind: "epochTaken"; readonly epoch: Epoch }
  /** It will never use that epoch (any more). */
  | { readonly kind: "epochLeft"; readonly epoch: Epoch }
  /** It goes of its own will: nobody needs to wait for it. `leaves`: it is no member any more. */
  | { readonly kind: "goodbye"; readonly leaves: boolean }
  /** It takes what the primary handed over. */
  | { readonly kind: "handOverTaken" }
  | { readonly kind: "wantsNoFailover"; readonly isSet: boolean }
  /** A person wants this active backup to be primary. */
  | { readonly kind: "wantsRole" }
  /** It asks to become the primary's failover partner, or to become a DR async. */
  | {
      readonly kind: "wantsReassignment";
      readonly change: "promote" | "demote";
      readonly token: number;
    }
  /** The configuration in which it is a failover member is on its disk. */
  | { readonly kind: "promotionTaken" }
  /* From the primary. */
  | {
      readonly kind: "welcome";
      readonly configuration: MirrorConfiguration;
      /** Last place both journals have in common: the newcomer must forget what it has behind. */
      readonly meeting: JournalPosition | undefined;
    }
  | { readonly kind: "refused"; readonly why: ChannelRefusal }
  /** From now on the primary acknowledges nothing that this backup does not have. */
  | { readonly kind: "active" }
  | { readonly kind: "epochBegins"; readonly epoch: Epoch }
  | { readonly kind: "epochEnds"; readonly epoch: Epoch }
  | { readonly kind: "configuration"; readonly configuration: MirrorConfiguration }
  | { readonly kind: "promotionOffered"; readonly configuration: MirrorConfiguration }
  /** Answer to `wantsReassignment`; without a refusal: done. */
  | {
      readonly kind: "reassigned";
      readonly token: number;
      readonly refusal: Refusal | undefined;
    }
  | { readonly kind: "report"; readonly members: readonly MemberReport[] }
  /** The primary stops. Whoever has everything up to `end` becomes primary. */
  | { readonly kind: "handOver"; readonly end: JournalPosition };

/** What a failover member asks the other one, through that one's agent. */
export interface PartnerQuestion {
  /** `consent`: may I become primary? `look`: are you primary? `promote`: a person makes me, a DR
   *  async, primary: give way. `contest`: I am primary on a person's word; if you are too, who of
   *  us goes on? */
  readonly kind: "consent" | "look" | "promote" | "contest";
  /** Who stays failover member beside the one that is promoted. */
  readonly partner?: string | undefined;
  readonly mirrorGuid: string;
  readonly member: string;
  readonly memberGuid: string;
  /** Journal of the one who asks. */
  readonly history: History;
}

/** Answers to it. Only `granted` lets the other one become primary; whoever gives it will not
 *  become primary itself without asking anew. */
export type PartnerAnswer =
  | { readonly kind: "primary"; readonly invitation: Invitation }
  /** It is about to become primary. */
  | { readonly kind: "becoming" }
  | {
      readonly kind: "granted";
      /** True when the agent says so for an instance that is down. */
      readonly isDown: boolean;
      /** Its journal; `undefined` when it does not count (it left the history). */
      readonly history: History | undefined;
    }
  /** No primary and not becoming one; the answer to a look, or no consent. */
  | { readonly kind: "no"; readonly why: PartnerRefusal };

/** A former failover member that gave way to a DR async, and its journal (`undefined` when it does
 *  not count). */
export interface Consent {
  readonly member: string;
  readonly history: History | undefined;
}

/** Why a partner does not consent. */
type PartnerRefusal =
  | "looked"
  /** Its own journal is newer: it wants to become primary itself. */
  | "newerJournal"
  /** Both left the common history (an override did it): a person must choose. */
  | "undecidable"
  /** It does not know this mirror or this member. */
  | "notMember"
  /** No failover is set, and the one who asks has no newer journal that says otherwise. */
  | "noFailover"
  /** It, or the one who asks, is no failover member: an async has no say. */
  | "notPartner"
  /** Its process lives and cannot say more (yet). */
  | "unclear";

/** A new member asks to be taken into the mirror. */
export interface JoinRequest {
  readonly mirror: string;
  readonly entry: MemberEntry;
}

/** A refusal with the product's error number and its arguments. */
export interface Refusal {
  readonly number: number;
  readonly args: readonly string[];
}

/** Answer to a join request. */
export type JoinAnswer =
  | { readonly kind: "accepted"; readonly configuration: MirrorConfiguration }
  | {
      readonly kind: "refused";
      readonly refusal: Refusal;
      /** Whose agent can do it, where the one who was asked is not primary. */
      readonly primary?: AgentPlace | undefined;
    };

/** Where an agent is reached. */
export interface AgentPlace {
  readonly address: string;
  readonly port: number;
}

/** From a failover member to the arbiter. */
export type ToArbiter =
  | {
      readonly kind: "hello";
      readonly mirrorGuid: string;
      readonly member: string;
      readonly qosTimeoutMs: number;
    }
  /** The primary proposes an epoch; it is not bound yet. */
  | { readonly kind: "arm"; readonly epoch: Epoch; readonly backup: string }
  /** The bound primary lost its backup: may it go on alone? */
  | { readonly kind: "release"; readonly epoch: Epoch }
  /** The active backup lost its primary: may it take over? */
  | { readonly kind: "takeOver"; readonly epoch: Epoch }
  | { readonly kind: "alive"; readonly check: number };

/** From the arbiter to a failover member. */
export type FromArbiter =
  /** Whether the other failover member is connected to the arbiter. */
  | { readonly kind: "partner"; readonly isConnected: boolean }
  | { readonly kind: "armed"; readonly epoch: Epoch }
  | { readonly kind: "released"; readonly epoch: Epoch }
  | { readonly kind: "granted"; readonly epoch: Epoch }
  /** Not, and never for this epoch. */
  | { readonly kind: "refused"; readonly epoch: Epoch }
  | { readonly kind: "areYouAlive"; readonly check: number };

/** True when a member that was asked by a look says that it is no primary. */
export function deniesRole(answer: PartnerAnswer): boolean {
  return answer.kind === "no" && (answer.why === "looked" || answer.why === "notPartner");
}
