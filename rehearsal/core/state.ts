/** Everything one member knows about its mirror: plain data, changed only by `step`. */

import type { LocalMembership, MirrorConfiguration } from "./configuration.ts";
import type { Effect } from "./effects.ts";
import type { Epoch, Invitation, MemberReport } from "./messages.ts";
import type { Phase } from "./phases.ts";
import type { JournalPosition } from "./position.ts";

/** Who decides when the failover members lose each other. Source: GHA_mirror_set 3.3.5. */
export type FailoverControl =
  /** Agent controlled: the backup asks the primary's agent. */
  | { readonly kind: "agent" }
  /** The primary asked the arbiter for an epoch and is not bound yet. */
  | { readonly kind: "proposing"; readonly epoch: Epoch }
  /** Arbiter controlled: the primary does not go on without its backup unless the backup or the
   *  arbiter says so; `isShared` once the backup knows it too. */
  | { readonly kind: "arbiter"; readonly epoch: Epoch; readonly isShared: boolean }
  /** Bound until the backup has confirmed that it left the epoch. */
  | { readonly kind: "ending"; readonly epoch: Epoch };

/** A member connected to this primary. */
export interface Peer {
  readonly member: string;
  readonly link: string;
  readonly stage:
    /** Welcomed; has not said where it goes on. */
    | "greeted"
    | "catchingUp"
    /** Async members only: as good as there. The primary never waits for it. */
    | "caughtUp"
    /** Nearly there: the primary acknowledges no more without it, it does not know yet. */
    | "activating"
    | "active";
  /** On the member's disk for certain. */
  readonly acknowledged: JournalPosition;
  /** While activating: when it has this, it has everything acknowledged without it. */
  readonly target: JournalPosition | undefined;
  readonly hasArbiter: boolean;
}

/** A person's wish that this member be primary. */
export interface ByHand {
  readonly token: number;
  /** True when it was said of a primary that was gone already: only then it says, too, that this
   *  one is down and stays down. */
  readonly isPrimaryGone: boolean;
  /** Said at a DR async, of all failover members. */
  readonly isPromotion?: true;
  /** Only where the role is forced: it waits for the partner; the last question is out; or it gave
   *  the partner its consent meanwhile, which ends the wish. */
  readonly force?: "waiting" | "due" | "withdrawn";
}

/** A member that might believe to be primary beside this one. */
export interface RivalMember {
  readonly name: string;
  /** It needs only not be primary, or shall give way. */
  readonly kind: "contest" | "promote";
}

/** All of them. */
interface Rival {
  /** The one under way, or `later` until the timer; `undefined` while this member does not look,
   *  since it is not primary. */
  readonly question: number | "later" | undefined;
  /** Asked one after another, the first one now or next. */
  readonly members: readonly RivalMember[];
}

/** A change of who the failover members are, under way at the primary. */
export interface Reassignment {
  readonly kind: "promote" | "demote";
  /** Who is promoted, or demoted. */
  readonly member: string;
  /** Channel of the member that waits for the answer; `undefined`: an operator here does. */
  readonly link: string | undefined;
  readonly token: number;
  /** The one that is promoted has it on disk; nobody has to where one is demoted. */
  readonly isTaken: boolean;
}

/** One member's whole knowledge. */
export interface MemberState {
  readonly configuration: MirrorConfiguration | undefined;
  readonly local: LocalMembership | undefined;
  readonly phase: Phase;
  readonly control: FailoverControl;
  readonly arbiter: { readonly isConnected: boolean; readonly seesPartner: boolean };
  /** Connected members by name; empty unless this one is primary. */
  readonly peers: Readonly<Record<string, Peer>>;
  /** What the primary last told of the members; on the primary what it last told itself. */
  readonly reports: readonly MemberReport[];
  /** While this primary changes who the failover members are. */
  readonly reassignment: Reassignment | undefined;
  /** End of this member's own journal on disk, while it follows a primary. */
  readonly stored: JournalPosition;
  /** On a primary the newest it gave, until it is used; else the newest it got. */
  readonly invitation: Invitation | undefined;
  /** A person asked for BecomePrimary and waits for what becomes of it. */
  readonly byHand: ByHand | undefined;
  /** This primary has the role on a person's word: the partner might believe to be primary, too.
   *  See `Rival`. */
  readonly rival: Rival | undefined;
  /** Why its last attempt to become primary failed; the log says each reason once. */
  readonly lastFailure: string | undefined;
  /** Source of numbers for questions, links, epochs and attempts. */
  readonly lastNumber: number;
}

/** What a step gives: the new state, and what the edge must do, in this order. */
export interface Step {
  readonly state: MemberState;
  readonly effects: readonly Effect[];
}

/** An instance that was never started. */
export const switchedOff: MemberState = {
  configuration: undefined,
  local: undefined,
  phase: { name: "off" },
  control: { kind: "agent" },
  arbiter: { isConnected: false, seesPartner: false },
  peers: {},
  reports: [],
  reassignment: undefined,
  stored: { file: 0, offset: 0 },
  invitation: undefined,
  byHand: undefined,
  rival: undefined,
  lastFailure: undefined,
  lastNumber: 0,
};

/** True while the primary may not go on without its backup on its own decision. */
export function isBound(control: FailoverControl): boolean {
  return control.kind === "arbiter" || control.kind === "ending";
}
