/** The configuration of a new instance. Source: RACS; a file of 2023.1 as captured. Pure. */

import type { Cpf, CpfSection } from "./cpf.ts";

/** Databases every instance has, with their directories under `mgr/`.
 *  Source: ADOCK (durable directory), GCDI_journal_overview (which of them are journaled). */
export const systemDatabases = [
  { name: "IRISSYS", directory: "", isJournaled: true },
  { name: "IRISLIB", directory: "irislib/", isJournaled: false },
  { name: "IRISTEMP", directory: "iristemp/", isJournaled: false },
  { name: "IRISLOCALDATA", directory: "irislocaldata/", isJournaled: false },
  { name: "IRISAUDIT", directory: "irisaudit/", isJournaled: true },
  { name: "USER", directory: "user/", isJournaled: true },
] as const;

const section = (name: string, values: Readonly<Record<string, string>>): CpfSection => ({
  name,
  lines: Object.entries(values).map(([key, value]) => ({ kind: "entry", key, value })),
});

/** The file a new instance begins with.
 *  @param managerDirectory `mgr/` with closing slash
 *  @param release version profile, such as `2022.1` */
export function defaultCpf(managerDirectory: string, release: string): Cpf {
  const directories = Object.fromEntries(
    systemDatabases.map(({ name, directory }) => [name, `${managerDirectory}${directory}`]),
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
