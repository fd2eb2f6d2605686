/** Where a member stands. The phase is finer than the product's status words; `views.ts` says which
 *  word each phase is shown as. */

import type { History } from "./history.ts";
import type { Epoch } from "./messages.ts";
import type { JournalPosition } from "./position.ts";

/** Why a configured member does not run its mirror. */
export type StopReason =
  /** JoinMirror=0, by hand or by StopMirror. */
  | "joinMirrorOff"
  /** %Service_Mirror is disabled. */
  | "serviceDisabled"
  | "noLicense"
  /** The configuration has no entry of its own name. */
  | "noEntry";

/** What entitles a member to become primary. Exactly one guard accepts it: `primary-guard.ts`. */
export type Warrant =
  /** It is the only failover member there is. */
  | { readonly kind: "sole" }
  /** The partner, or the agent of a partner that is down, consented; this is that one's journal
   *  (`undefined` where it does not count). */
  | { readonly kind: "consent"; readonly history: History | undefined; readonly isDown: boolean }
  /** The primary stopped and handed over; it wrote up to here. */
  | { readonly kind: "handOver"; readonly end: JournalPosition }
  /** The arbiter decided for the backup of this epoch. */
  | { readonly kind: "arbiter"; readonly epoch: Epoch }
  /** A person says that the primary is down and stays down; nobody else can tell. */
  | { readonly kind: "operator" }
  /** The same of a partner of which this member cannot know what it acknowledged: a person forces
   *  it, and takes the loss. */
  | { readonly kind: "force" }
  /** A person makes this DR async primary where none runs: with the journal of those that gave way
   *  (`undefined`: nothing is missing). */
  | {
      readonly kind: "promotion";
      readonly history: History | undefined;
      readonly partner: string | undefined;
      /** Former failover members that could not be asked to give way. */
      readonly absent: readonly string[];
    };

/** A phase with what only it needs to know. */
export type Phase =
  /** The instance does not run. */
  | { readonly name: "off" }
  | { readonly name: "notMember" }
  | { readonly name: "stopped"; readonly reason: StopReason }
  /** Asks whether its own configured address leads to itself. */
  | { readonly name: "validating"; readonly hasFailed: boolean }
  /** Knows no primary: asks the partner, through its agent, who shall be it. */
  | {
      readonly name: "deciding";
      /** Number of the question whose answer counts; consenting to the partner voids it. */
      readonly question: number | undefined;
      /** True once an attempt came to nothing. */
      readonly isWaiting: boolean;
    }
  /** An async that knows no primary, or a failover member that starts and might have been replaced
   *  by a DR async: asks one member after another whether it is primary. */
  | {
      readonly name: "seeking";
      /** Number of the question whose answer counts; `undefined` between two rounds. */
      readonly question: number | undefined;
      /** Who is asked now. */
      readonly candidate: string | undefined;
      /** True once a whole round came to nothing. */
      readonly isWaiting: boolean;
      /** A failover member that just started: if nobody is primary it decides as ever. */
      readonly isAtStart?: true;
    }
  /** May become primary as soon as it has the journal the partner's agent holds. */
  | {
      readonly name: "retrieving";
      readonly attempt: number;
      readonly warrant: Extract<Warrant, { kind: "consent" | "promotion" }>;
    }
  /** Applies its journal, begins a new file, rolls back what was open. */
  | {
      readonly name: "becoming";
      readonly warrant: Warrant;
      /** While a routine of the site holds it back: number of the look at its partner. */
      readonly question?: number;
    }
  | { readonly name: "primary"; readonly lineage: string }
  /** Primary that lost its active backup and does not know yet whether it may go on. */
  | {
      readonly name: "trouble";
      readonly lineage: string;
      /** True in agent controlled mode: it ends with the trouble timeout. */
      readonly isBounded: boolean;
      readonly question: number | undefined;
    }
  /** Primary that stops: writing ends, then its active backup, if any, gets the role. */
  | {
      readonly name: "handingOver";
      readonly lineage: string;
      /** Who shall take over; `undefined` when nobody can or may. */
      readonly heir: string | undefined;
    }
  /** Primary whose active backup shall have the role: writing ends, then that one gets it. */
  | { readonly name: "yielding"; readonly lineage: string; readonly heir: string }
  /** Knows a primary and opens the data channel to it. */
  | {
      readonly name: "connecting";
      readonly primary: string;
      readonly link: string;
      readonly isOpen: boolean;
    }
  /** Connected, catching up. */
  | { readonly name: "synchronizing"; readonly primary: string; readonly link: string }
  /** Active backup: the primary waits for it. */
  | {
      readonly name: "backup";
      readonly primary: string;
      readonly link: string;
      /** The primary stops; this member takes over as soon as it holds everything up to here. */
      readonly handOverAt: JournalPosition | undefined;
    }
  /** Async that has caught up: the primary never waits for it. */
  | { readonly name: "connected"; readonly primary: string; readonly link: string }
  /** Backup that lost its primary. */
  | {
      readonly name: "bereaved";
      readonly primary: string;
      /** Number of the question whose answer counts; consenting to the partner voids it. */
      readonly question: number | undefined;
      /** True once the log says why nobody takes over. */
      readonly isExplained: boolean;
      /** True while it holds for certain all that the primary acknowledged up to its loss: it was
       *  an active backup, and let nobody else become primary since. */
      readonly wasActive: boolean;
    }
  /** Its data left the history of the mirror: it must be rebuilt. */
  | { readonly name: "inconsistent" }
  /** Another member is primary although this one was: down until a person starts it. */
  | { readonly name: "forcedDown" };

/** Name of a phase. */
export type PhaseName = Phase["name"];

type PhasesByName = { [One in Phase as One["name"]]: One };

/** A phase of this name. */
export type PhaseOf<Name extends PhaseName> = PhasesByName[Name];

/** Phases in which a member is the mirror's primary, well or not. */
export const primaryPhases = ["primary", "trouble", "handingOver", "yielding"] as const;

/** True for a member that is the mirror's primary. */
export function isPrimaryPhase(phase: Phase): phase is PhaseOf<(typeof primaryPhases)[number]> {
  return primaryPhases.some((name) => name === phase.name);
}

/** Phases of a member that has, or opens, a data channel to a primary. */
export const followerPhases = ["connecting", "synchronizing", "backup", "connected"] as const;

/** True for a member that has, or opens, a data channel to a primary. */
export function isFollower(phase: Phase): phase is PhaseOf<(typeof followerPhases)[number]> {
  return followerPhases.some((name) => name === phase.name);
}
