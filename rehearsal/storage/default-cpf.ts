/** The configuration of a new instance. Source: RACS; a file of 2023.1 as captured. Pure. */

import type { Cpf, CpfSection } from "./cpf.ts";

/** A database every instance has. */
interface SystemDatabase {
  readonly name: string;
  /** Under `mgr/`. */
  readonly directory: string;
  readonly isJournaled: boolean;
  /** The release that brought it. */
  readonly since?: string;
}

/** Source: ADOCK (durable directory), GCDI_journal_overview (which of them are journaled); the
 *  upgrade notes of 2025.2 for IRISSECURITY. Assumed: it is journaled. It stays empty here. */
export const systemDatabases: readonly SystemDatabase[] = [
  { name: "IRISSYS", directory: "", isJournaled: true },
  { name: "IRISLIB", directory: "irislib/", isJournaled: false },
  { name: "IRISTEMP", directory: "iristemp/", isJournaled: false },
  { name: "IRISLOCALDATA", directory: "irislocaldata/", isJournaled: false },
  { name: "IRISAUDIT", directory: "irisaudit/", isJournaled: true },
  { name: "IRISSECURITY", directory: "irissecurity/", isJournaled: true, since: "2025.2" },
  { name: "USER", directory: "user/", isJournaled: true },
];

/** Those of a release, such as `2022.1`. */
export function systemDatabasesOf(release: string): readonly SystemDatabase[] {
  return systemDatabases.filter(({ since = "" }) => since <= release);
}

const section = (name: string, values: Readonly<Record<string, string>>): CpfSection => ({
  name,
  lines: Object.entries(values).map(([key, value]) => ({ kind: "entry", key, value })),
});

/** The file a new instance begins with.
 *  @param managerDirectory `mgr/` with closing slash
 *  @param release version profile, such as `2022.1` */
export function defaultCpf(managerDirectory: string, release: string): Cpf {
  const directories = Object.fromEntries(
    systemDatabasesOf(release).map(({ name, directory }) => [
      name,
      `${managerDirectory}${directory}`,
    ]),
  );
  return [
    section("ConfigFile", { Product: "IRIS", Version: release }),
    section("Databases", directories),
    section("Namespaces", { "%SYS": "IRISSYS", USER: "USER" }),
    section("Journal", {
      AlternateDirectory: `${managerDirectory}journal/`,
      CurrentDirectory: `${managerDirectory}journal/`,
      FileSizeLimit: "1024",
      FreezeOnError: "0",
      JournalFilePrefix: "",
    }),
    section("Miscellaneous", { SynchCommit: "0" }),
    section("Startup", { DefaultPort: "1972", ShutdownTimeout: "300", WebServerPort: "52773" }),
  ];
}
