/** A journal in short, as the core compares it. */

import { noHistory, type History } from "../../core/history.ts";
import type { JournalFileHeader, JournalPosition } from "../../storage/types.ts";

/** What is needed of a journal for that. */
export interface JournalHeads {
  headers(): readonly JournalFileHeader[];
  readonly durable: JournalPosition;
}

/** What is on disk of it. A file that only began, its header not yet on disk, does not count. */
export function historyOf(journal: JournalHeads): History {
  const { durable } = journal;
  if (durable.file === 0) return noHistory;
  const files = journal
    .headers()
    .filter(({ file }) => file <= durable.file)
    .map(({ file, lineage, previousEnd, primary }) => ({ file, lineage, previousEnd, primary }));
  return { files, end: durable };
}
