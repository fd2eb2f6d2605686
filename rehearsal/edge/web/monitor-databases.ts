/** The panels of the Mirror Monitor about mirrored databases. Source: GHA_mirror_manage. */

import { worstFirst } from "../../core/concerns.ts";
import { copySeverity } from "../../storage/copy-status.ts";
import type { CopyRow } from "../../storage/mirrored-copies.ts";
import type { CatalogueEntry } from "../../storage/types.ts";
import { nothing, type Html } from "./html.ts";
import { listTable } from "./monitor-table.ts";

/** Next Record to Dejournal. `N/A` on a Normal one is documented.
 *  Assumed: file and offset without a time; where nothing is known, an empty cell. */
function nextRecord({ status, position }: CopyRow): string {
  if (status === "Normal") return "N/A";
  return position === undefined ? "" : `file #${position.file}, offset ${position.offset}`;
}

/** Mirrored Databases, of this mirror and of any other they belong to. */
export function databasesPanel(mirrorName: string, databases: readonly CopyRow[]): Html {
  const rows = worstFirst(databases, ({ status }) => copySeverity(status));
  return listTable(
    "Mirrored Databases",
    ["Name", "Directory", "Status", "Next Record to Dejournal"],
    rows.map((row) => ({
      name: row.mirror === mirrorName ? row.name : `${row.mirror}:${row.name}`,
      cells: [
        { text: row.directory, isPath: true },
        { text: row.status, severity: copySeverity(row.status) },
        { text: nextRecord(row) },
      ],
    })),
  );
}

/** Missing Mirrored Databases Report: only when some are missing. */
export function missingPanel(missing: readonly CatalogueEntry[]): Html {
  if (missing.length === 0) return nothing;
  return listTable(
    "Missing Mirrored Databases Report",
    ["Name", "Directory on the primary that added it"],
    missing.map(({ database, directory }) => ({
      name: database,
      cells: [{ text: directory, isPath: true }],
    })),
  );
}
