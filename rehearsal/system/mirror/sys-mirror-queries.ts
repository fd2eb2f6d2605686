/** Queries of `SYS.Mirror`. Source: class reference (columns); status words GHA_mirror_manage. */

import type { NativeQuery } from "../../objectscript/host.ts";
import type { Instance } from "../instance.ts";

function matches(pattern: string | undefined, name: string): boolean {
  return pattern === undefined || pattern === "" || pattern === "*" || pattern === name;
}

/** `MemberStatusList`, `MirroredDatabaseList`, `MissingMirroredDatabases`. */
export function sysMirrorQueries(instance: Instance): Readonly<Record<string, NativeQuery>> {
  const { mirror, store } = instance;
  return {
    MemberStatusList: {
      columns: [
        "MemberName",
        "CurrentRole",
        "CurrentStatus",
        "JournalLatency",
        "DatabaseLatency",
        "JournalTimeLatency",
        "DatabaseTimeLatency",
        "DisplayType",
        "DisplayStatus",
      ],
      rows: () =>
        mirror.view().members.map((member) => [
          member.name,
          member.role,
          member.status,
          member.journalTransfer,
          member.dejournaling,
          // Assumed: the time columns repeat the words; no sample was read.
          member.journalTransfer,
          member.dejournaling,
          member.type,
          member.status,
        ]),
    },
    MirroredDatabaseList: {
      columns: ["Name", "Directory", "MirrorName", "MirrorStatus", "Latency"],
      rows: ([name, mirrorName]) =>
        store.mirror.copies
          .rows()
          .filter((row) => matches(name, row.name) && matches(mirrorName, row.mirror))
          .map((row) => [row.name, row.directory, row.mirror, row.status, ""]),
    },
    MissingMirroredDatabases: {
      columns: ["Name", "Directory"],
      rows: () => store.mirror.copies.missing().map((entry) => [entry.database, entry.directory]),
    },
  };
}
