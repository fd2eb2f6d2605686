/** The status words of a mirrored database. Pure. */

/** What decides the word. */
export interface CopySituation {
  readonly isPrimary: boolean;
  readonly isMounted: boolean;
  /** False when the mirror's journal knows no database of that name (any more). */
  readonly isInCatalogue: boolean;
  /** False when the copy is of another database of that name, or of another mirror. */
  readonly hasRightGuid: boolean;
  /** It is an empty file; what belongs here must come from another member. */
  readonly needsDownload: boolean;
  readonly isDownloading: boolean;
  readonly isActivated: boolean;
  readonly isCaughtUp: boolean;
  readonly isCatchupRunning: boolean;
  /** Dejournaling was stopped, by a person or by an error. */
  readonly isStopped: boolean;
  /** Primary only: it holds everything and may be written to. */
  readonly isCurrent: boolean;
}

/** Words of the column MirrorStatus. Source: GHA_mirror_manage; class reference SYS.Mirror. */
export type CopyStatus =
  | "Normal"
  | "Dejournaling"
  | "Needs Download"
  | "Downloading"
  | "Needs Catchup"
  | "Needs Activation"
  | "Catchup Running"
  | "Dejournaling Stopped"
  | "Database Dismounted"
  | "Orphaned"
  | "Obsolete";

/** The word for a copy.
 *  Assumed: which word wins when several fit; the documentation only explains each. */
export function copyStatus(copy: CopySituation): CopyStatus {
  if (!copy.hasRightGuid) return "Obsolete";
  if (!copy.isInCatalogue) return "Orphaned";
  if (!copy.isMounted) return "Database Dismounted";
  if (copy.needsDownload) return copy.isDownloading ? "Downloading" : "Needs Download";
  if (!copy.isActivated) return "Needs Activation";
  if (copy.isCatchupRunning) return "Catchup Running";
  if (!copy.isCaughtUp) return "Needs Catchup";
  if (copy.isPrimary) return copy.isCurrent ? "Normal" : "Needs Catchup";
  return copy.isStopped ? "Dejournaling Stopped" : "Dejournaling";
}

/** How bad a status is: `fine` where the copy does what it should.
 *  Source: GHA_mirror_manage (healthy: Normal on the primary, Dejournaling elsewhere). */
export function copySeverity(status: CopyStatus): "severe" | "warning" | "fine" {
  switch (status) {
    case "Normal":
    case "Dejournaling":
      return "fine";
    case "Needs Download":
    case "Downloading":
    case "Needs Catchup":
    case "Catchup Running":
      return "warning";
    case "Needs Activation":
    case "Dejournaling Stopped":
    case "Database Dismounted":
    case "Orphaned":
    case "Obsolete":
      return "severe";
  }
}
