/** What must hold although a person has overridden the mirror: forced a member, made a DR async
 *  primary without one, asked for BecomePrimary without being sure, or trusted by hand a member
 *  that was fenced. Then there may be two primaries until they meet, and what one of them
 *  acknowledged may be lost; but nothing may go on as if that had not happened. */

import type { LogLine } from "./effects.ts";
import type { Invariant, MemberPicture } from "./invariants.ts";
import { isPrimaryPhase, type Phase, type Warrant } from "./phases.ts";
import { comparePositions, type JournalPosition } from "./position.ts";
import type { TracedStep } from "./step.ts";

/** Warrants that rest on a person's word. */
type Overriding = Extract<Warrant, { kind: "operator" | "force" | "promotion" }>;

/** The warrant by which a member is becoming primary on a person's word; `undefined` for any other
 *  member. */
export function overridingWarrant(phase: Phase): Overriding | undefined {
  if (phase.name !== "becoming") return undefined;
  const { warrant } = phase;
  const isWord =
    warrant.kind === "operator" || warrant.kind === "force" || warrant.kind === "promotion";
  return isWord ? warrant : undefined;
}

/** Phases in which a member is of one history with its primary. */
const followingPhases = ["synchronizing", "backup", "connected"] as const;

function primaryFollowedBy(
  { name, phase, isRunning }: MemberPicture,
  members: readonly MemberPicture[],
): MemberPicture | undefined {
  if (!isRunning || !("primary" in phase)) return undefined;
  if (!followingPhases.some((following) => following === phase.name)) return undefined;
  const { primary } = phase;
  return members.find(
    (other) =>
      other.name === primary &&
      other.isRunning &&
      isPrimaryPhase(other.phase) &&
      other.hasFollower(name),
  );
}

/** The one of these rules that is looked at after every event. */
export const followersFit: Invariant = {
  name: "whoever follows a primary is of its history",
  prose:
    "What a member that follows a primary has in its databases and in its journal on disk is a " +
    "beginning of the journal of that primary: one whose data left the history follows nobody.",
  check({ members }) {
    for (const member of members) {
      const primary = primaryFollowedBy(member, members);
      if (primary === undefined) continue;
      const { copy, journalEnd } = member;
      const isOne =
        primary.hashAt(copy.position) === copy.hash &&
        primary.hashAt(journalEnd) === member.hashAt(journalEnd);
      if (!isOne) return `${member.name} follows ${primary.name} and holds what that one lacks`;
    }
    return undefined;
  },
};

/** Journal that is about to be applied to a member's databases. */
export interface Application extends Pick<MemberPicture, "phase" | "copy" | "hashAt"> {
  readonly to: JournalPosition;
}

/** What is looked at whenever journal is applied. */
export const leftAlone = {
  name: "what left the history is left alone",
  prose:
    "No record is applied to the databases of a member that found itself inconsistent; and to " +
    "anybody's only journal that continues what they hold.",
  check({ phase, copy, hashAt, to }: Application): string | undefined {
    if (comparePositions(to, copy.position) <= 0) return undefined;
    if (phase.name === "inconsistent") return "its databases go on although it is inconsistent";
    return hashAt(copy.position) === copy.hash
      ? undefined
      : "its journal does not continue what its databases hold";
  },
} as const;

/** True for a log line that says what this override gives up. */
function namesRisk(warrant: Overriding, { severity, text }: LogLine): boolean {
  const isSplitPossible = warrant.kind !== "promotion" || warrant.absent.length > 0;
  return (
    severity === 2 &&
    text.includes("is lost") &&
    (!isSplitPossible || text.includes("two primaries"))
  );
}

/** What is looked at when a member becomes primary on a person's word. */
export const risksNamed = {
  name: "an override names its risk first",
  prose:
    "Before a member becomes primary on a person's word, its log says what may be lost, and that " +
    "there may be two primaries where somebody could not be reached.",
  /** @param said  what its log says since the wish */
  check({ state, effects }: TracedStep, said: readonly LogLine[]): string | undefined {
    const warrant = overridingWarrant(state.phase);
    if (warrant === undefined) return undefined;
    const begins = effects.findIndex(
      (effect) => effect.do === "saveConfiguration" || effect.do === "prepareAsPrimary",
    );
    const lines = effects
      .slice(0, Math.max(begins, 0))
      .flatMap((effect) => (effect.do === "log" ? [effect.line] : []));
    return [...said, ...lines].some((line) => namesRisk(warrant, line))
      ? undefined
      : `${warrant.kind}: its log does not say what is given up`;
  },
} as const;
