/** Does one member's journal fit another's? Each file of the mirror's journal belongs to the time
 *  of one primary (its lineage) and says where the file before it ended; so two members that have
 *  a file of the same lineage agree about everything up to some place in it. */

import { beforeHistory, comparePositions, reaches, type JournalPosition } from "./position.ts";

/** What one journal file says of itself. */
export interface FileMark {
  /** Number in the mirror's history. */
  readonly file: number;
  /** Drawn anew whenever a member becomes primary. */
  readonly lineage: string;
  /** Length of the file before, as the primary that began this one had it. */
  readonly previousEnd: number;
  /** Name of the primary that began it. */
  readonly primary: string;
}

/** The journal of one member in short. Files ascend without gaps; the oldest may be purged. */
export interface History {
  readonly files: readonly FileMark[];
  readonly end: JournalPosition;
}

/** The history of a member that never had a journal. */
export const noHistory: History = { files: [], end: beforeHistory };

/** What a member must do so that its journal becomes the beginning of another one. */
export type Fit =
  /** Continue with what follows its own end. */
  | { readonly kind: "continues" }
  /** Forget what it has behind `to`: it left the history there. */
  | { readonly kind: "truncates"; readonly to: JournalPosition }
  /** The journal it needs next is not there any more. */
  | { readonly kind: "purged"; readonly needs: number }
  /** They share nothing: it belongs to another history. */
  | { readonly kind: "foreign" };

const lastMark = (history: History): FileMark | undefined => history.files.at(-1);

/** Length of a file, as far as this member knows it. */
function lengthOf(history: History, file: number): number {
  if (history.end.file === file) return history.end.offset;
  return history.files.find((mark) => mark.file === file + 1)?.previousEnd ?? 0;
}

/** The newest file both have from the same primary's time. */
function lastCommonFile(mine: History, theirs: History): number | undefined {
  const lineages = new Map(theirs.files.map((mark) => [mark.file, mark.lineage]));
  return mine.files.findLast((mark) => lineages.get(mark.file) === mark.lineage)?.file;
}

/** How `mine` fits `truth`, the journal of the primary (or of whoever is nearer to it). */
export function fit(mine: History, truth: History): Fit {
  const oldest = truth.files[0];
  if (mine.files.length === 0) return { kind: "continues" };
  const common = lastCommonFile(mine, truth);
  if (common === undefined) {
    const isBehind = oldest !== undefined && mine.end.file < oldest.file;
    return isBehind ? { kind: "purged", needs: mine.end.file } : { kind: "foreign" };
  }
  const length = Math.min(lengthOf(mine, common), lengthOf(truth, common));
  const meeting = { file: common, offset: length };
  return comparePositions(mine.end, meeting) > 0
    ? { kind: "truncates", to: meeting }
    : { kind: "continues" };
}

/** Whose journal is nearer to the truth, of two members neither of which is primary. */
export type Claim = "mine" | "theirs" | "equal" | "undecidable";

/** Later files win: whoever began one had been allowed to become primary. Two different files of
 *  the same number come from an override, and nobody but a person can choose between them. */
export function newerJournal(mine: History, theirs: History): Claim {
  const myLast = lastMark(mine);
  const theirLast = lastMark(theirs);
  if (myLast?.file === theirLast?.file && myLast?.lineage !== theirLast?.lineage) {
    return "undecidable";
  }
  const order = comparePositions(mine.end, theirs.end);
  if (order === 0) return "equal";
  return order > 0 ? "mine" : "theirs";
}

/** Who of two primaries goes on, where an override made two: the one with later files; of two that
 *  began different files of the same number at any rate one, for both the same.
 *  Assumed: nobody documents which. */
export function outranks(mine: History, theirs: History): boolean {
  const claim = newerJournal(mine, theirs);
  return claim === "undecidable"
    ? (lastMark(mine)?.lineage ?? "") > (lastMark(theirs)?.lineage ?? "")
    : claim === "mine";
}

/** True when `mine` holds everything of `theirs` that counts. */
export function holdsAllOf(mine: History, theirs: History): boolean {
  const claim = newerJournal(mine, theirs);
  return claim === "mine" || (claim === "equal" && reaches(mine.end, theirs.end));
}

/** Who was primary when the newest file began; `undefined` without any journal. */
export function lastPrimary(history: History): string | undefined {
  return lastMark(history)?.primary;
}
