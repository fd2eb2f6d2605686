/** What must hold at every moment, whatever fails. Most are stated for histories without an
 *  override by a person (BecomePrimary by one who is not sure, force, promotion without a primary,
 *  hand-edited ValidatedMember); what holds after one stands in `override-invariants.ts`. */

import { followersFit } from "./override-invariants.ts";
import { isPrimaryPhase, type Phase } from "./phases.ts";
import type { JournalPosition } from "./position.ts";

/** A place in the history together with a fingerprint of everything before it. */
export interface Fingerprint {
  readonly position: JournalPosition;
  readonly hash: number | undefined;
}

/** One member as an observer outside of it sees it. */
export interface MemberPicture {
  readonly name: string;
  readonly isRunning: boolean;
  readonly phase: Phase;
  /** True while sessions may write mirrored databases. */
  readonly isOpenForWrites: boolean;
  /** What its mirrored databases hold. */
  readonly copy: Fingerprint;
  /** End of its journal on disk, for an async that follows a primary; else `undefined`. */
  readonly asyncEnd: JournalPosition | undefined;
  /** End of its journal on disk. */
  readonly journalEnd: JournalPosition;
  /** Fingerprint of its journal up to a position; `undefined` where it does not reach. */
  hashAt(position: JournalPosition): number | undefined;
  /** True when this primary has taken that member in on a channel. */
  hasFollower(name: string): boolean;
}

/** The whole mirror at one moment. */
export interface MirrorPicture {
  readonly members: readonly MemberPicture[];
  /** Newest commit that was acknowledged to a client; `undefined` before the first. */
  readonly lastAcknowledged: Fingerprint | undefined;
  /** True from the first override on. */
  readonly isOverridden: boolean;
}

/** A rule, in prose and in code. */
export interface Invariant {
  readonly name: string;
  readonly prose: string;
  /** What is wrong; `undefined` when it holds. */
  readonly check: (picture: MirrorPicture) => string | undefined;
}

/** A primary that may acknowledge something by its own decision, now or after a timeout. One in
 *  unlimited trouble may not: it waits for its backup or the arbiter. */
function serves({ phase, isRunning }: MemberPicture): boolean {
  if (!isRunning) return false;
  return phase.name === "primary" || (phase.name === "trouble" && phase.isBounded);
}

const onePrimary: Invariant = {
  name: "one primary",
  prose:
    "At most one member serves as primary; another one that still calls itself primary is in " +
    "unlimited trouble and acknowledges nothing.",
  check({ members }) {
    let serving = 0;
    for (const member of members) if (serves(member)) serving += 1;
    if (serving <= 1) return undefined;
    const names = members.filter(serves).map(({ name }) => name);
    return `${names.join(" and ")} serve at once`;
  },
};

const writesOnlyOnPrimary: Invariant = {
  name: "only a primary is written",
  prose: "Mirrored databases are writable only on a member that is primary.",
  check({ members }) {
    const wrong = members.find(
      ({ isRunning, isOpenForWrites, phase }) =>
        isRunning && isOpenForWrites && !isPrimaryPhase(phase),
    );
    return wrong === undefined
      ? undefined
      : `${wrong.name} is writable in phase ${wrong.phase.name}`;
  },
};

const nothingLost: Invariant = {
  name: "no acknowledged commit is lost",
  prose:
    "Every commit that was acknowledged to a client is in the journal of whoever serves as " +
    "primary, and so in its databases.",
  check({ members, lastAcknowledged }) {
    if (lastAcknowledged === undefined) return undefined;
    const { position, hash } = lastAcknowledged;
    const wrong = members.find((member) => serves(member) && member.hashAt(position) !== hash);
    return wrong === undefined
      ? undefined
      : `${wrong.name} serves without ${position.offset} in file #${position.file}`;
  },
};

const copiesArePrefixes: Invariant = {
  name: "every copy is a prefix of the history",
  prose:
    "What a mirrored database holds, on any member, running or not, is a beginning of the " +
    "journal of whoever serves as primary.",
  check({ members }) {
    const primary = members.find(serves);
    if (primary === undefined) return undefined;
    const wrong = members.find(
      ({ copy }) => copy.position.file > 0 && primary.hashAt(copy.position) !== copy.hash,
    );
    return wrong === undefined
      ? undefined
      : `the database of ${wrong.name} holds what ${primary.name} does not have`;
  },
};

const noAsyncAhead: Invariant = {
  name: "no async is ahead",
  prose:
    "What an async that follows a primary has of its journal is a beginning of the journal of " +
    "whoever serves as primary, also right after that one took over.",
  check({ members }) {
    const primary = members.find(serves);
    if (primary === undefined) return undefined;
    const wrong = members.find(
      (member) =>
        member.asyncEnd !== undefined &&
        primary.hashAt(member.asyncEnd) !== member.hashAt(member.asyncEnd),
    );
    return wrong === undefined ? undefined : `${wrong.name} has journal that ${primary.name} lacks`;
  },
};

/** All of them for a history without an override. That a role changes only along the table is held
 *  by `step` itself. */
export const invariants: readonly Invariant[] = [
  onePrimary,
  writesOnlyOnPrimary,
  nothingLost,
  copiesArePrefixes,
  noAsyncAhead,
];

/** All of them for a history with one. */
export const invariantsAfterOverride: readonly Invariant[] = [writesOnlyOnPrimary, followersFit];

const nothingWrong: readonly string[] = [];

/** Everything that is wrong at this moment, as sentences. Asked after every event: what holds must
 *  cost nothing but the looking. `ignored` names invariants that do not count. */
export function violations(
  picture: MirrorPicture,
  ignored: readonly string[] = nothingWrong,
): readonly string[] {
  let found = nothingWrong;
  for (const { name, check } of picture.isOverridden ? invariantsAfterOverride : invariants) {
    const fault = check(picture);
    if (fault !== undefined && !ignored.includes(name)) found = [...found, `${name}: ${fault}`];
  }
  return found;
}
