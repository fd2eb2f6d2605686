/** Names of journal files. Source: GCDI (journal file names): `[prefix]YYYYMMDD.nnn`, counted from
 *  001 each day. */

import type { JournalFileHeader } from "./types.ts";

/** Name of the file that follows these. The name travels in the header, so that every member
 *  stores the file under the same one. */
export function nextFileName(
  prefix: string,
  headers: readonly Pick<JournalFileHeader, "name">[],
  epochMs: number,
): string {
  const date = new Date(epochMs);
  const day =
    String(date.getFullYear()) +
    String(date.getMonth() + 1).padStart(2, "0") +
    String(date.getDate()).padStart(2, "0");
  const start = `${prefix}${day}.`;
  const counts = headers
    .filter((header) => header.name.startsWith(start))
    .map((header) => Number(header.name.slice(start.length)));
  return `${start}${String(Math.max(0, ...counts) + 1).padStart(3, "0")}`;
}
