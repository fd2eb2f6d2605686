/** The panels of the Mirror Monitor about members and arbiter. Source: GHA_mirror_manage. */

import { statusSeverity, worstFirst } from "../../core/concerns.ts";
import type { MemberEntry } from "../../core/configuration.ts";
import type { MirrorView } from "../mirror/view.ts";
import type { Html } from "./html.ts";
import { detailTable, listTable } from "./monitor-table.ts";

/** Mirror Failover Member Information: this member beside the other one, `n/a` when alone. */
export function failoverPanel({ members, memberName }: MirrorView): Html {
  const failover = members.filter(({ entry }) => entry.eligibility === "failover");
  const own = failover.find(({ name }) => name === memberName)?.entry;
  const other = failover.find(({ name }) => name !== memberName)?.entry;
  const row = (name: string, value: (entry: MemberEntry) => string) => ({
    name,
    cells: [own, other].map((entry) => ({ text: entry === undefined ? "n/a" : value(entry) })),
  });
  return listTable(
    "Mirror Failover Member Information",
    ["", "This member", "Other Failover Member"],
    [
      row("Mirror Member Name", ({ name }) => name),
      row("Superserver Address", (entry) => `${entry.ecpAddress}|${entry.superserverPort}`),
      row("Mirror Private Address", ({ mirrorAddress }) => mirrorAddress),
    ],
  );
}

/** Arbiter Connection Status. */
export function arbiterPanel(view: MirrorView): Html {
  return detailTable("Arbiter Connection Status", [
    [
      "Arbiter Address",
      view.arbiterAddress === "" ? "Arbiter not configured" : view.arbiterAddress,
    ],
    ["Failover Mode", view.failoverMode],
    ["Connection Status", view.arbiterConnection],
  ]);
}

/** Mirror Member Status. */
export function membersPanel({ members }: MirrorView): Html {
  const rows = worstFirst(members, ({ status }) => statusSeverity(status));
  return listTable(
    "Mirror Member Status",
    ["Member Name", "Type", "Status", "Journal Transfer", "Dejournaling"],
    rows.map(({ name, type, status, journalTransfer, dejournaling }) => ({
      name,
      cells: [
        { text: type },
        { text: status, severity: statusSeverity(status) },
        { text: journalTransfer },
        { text: dejournaling },
      ],
    })),
  );
}
