/** Which files a name means, for `ISC_CPF_MERGE_FILE` and for `iris merge`. */

import type { Profile } from "../profile.ts";

/** The files, in the order in which they are merged.
 *  Source: GCMF 2026.1 (a list with commas, whose empty elements are skipped); the guide of 2025.2
 *  has one file alone. */
export function mergeFilesFrom(named: string, { merge }: Profile): string[] {
  const files = merge.fileLists ? named.split(",").map((file) => file.trim()) : [named];
  return files.filter((file) => file !== "");
}
