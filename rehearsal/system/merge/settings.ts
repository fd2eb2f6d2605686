/** Sections of a merge file that go into iris.cpf: which keys this engine knows, and which values.
 *  Pure. Source: RACS (parameters and their ranges); which of them are used in public merge files.
 *  A key the engine does not know is refused, whether the product has it or nobody does. */

import type { Profile } from "../../profile.ts";
import { same } from "./action-line.ts";
import type { MergeFault, SettingLine } from "./merge-file.ts";

/** What is wrong with a value; `undefined`: nothing. */
type Check = (value: string, profile: Profile) => string | undefined;

/** A setting with the names as iris.cpf spells them. */
export type PlannedSetting = SettingLine;

const invalid = (key: string): string => `ERROR #407: Invalid value for property '${key}'`;

/** Taken over as it is. What this engine has no use for (sizes of memory) is kept and shown. */
const like =
  (key: string, pattern: RegExp): Check =>
  (value) =>
    pattern.test(value) ? undefined : invalid(key);

const number = (key: string, least: number, most: number): Check => {
  return (value) => {
    const isInRange = /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;
    return isInRange ? undefined : invalid(key);
  };
};

/** The engine can do this one value only. */
const only =
  (key: string, fixed: (profile: Profile) => string | undefined, check: Check): Check =>
  (value, profile) => {
    const wanted = fixed(profile);
    const fault = check(value, profile);
    if (fault !== undefined || wanted === undefined || wanted === value) return fault;
    return `not simulated: another ${key} than ${wanted}`;
  };

const port = (key: string): Check => number(key, 1, 65_535);

/** A former way to a mirror; the action ConfigMirror took its place. */
const former =
  (key: string): Check =>
  (_, { merge, release }) =>
    merge.configMirror
      ? `ERROR #406: Invalid parameter name '${key}' (release ${release} has the action ConfigMirror)`
      : undefined;

const largest = 999_999_999;
const directory = /^(\/[^,]*)?$/;
/** Hash, salt, then work factor and algorithm, which have defaults. Source: ADOCK. */
const passwordHash = /^[^,\s]+,[^,\s]+(,\d*(,[A-Za-z0-9]*)?)?$/;

const sections: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  config: {
    globals: like("globals", /^\d+(,\d+){0,5}$/),
    routines: like("routines", /^\d+(,\d+){0,5}$/),
    gmheap: number("gmheap", 0, largest),
    MaxServerConn: number("MaxServerConn", 0, largest),
    MaxServers: number("MaxServers", 0, largest),
    wijdir: like("wijdir", directory),
  },
  Startup: {
    PasswordHash: like("PasswordHash", passwordHash),
    SystemMode: like("SystemMode", /^(LIVE|TEST|DEVELOPMENT|FAILOVER)?$/),
    ShutdownTimeout: number("ShutdownTimeout", 120, 100_000),
    DefaultPort: only("DefaultPort", () => "1972", port("DefaultPort")),
    WebServer: only(
      "WebServer",
      (profile) => (profile.privateWebPort === undefined ? undefined : "1"),
      like("WebServer", /^[01]$/),
    ),
    WebServerPort: only(
      "WebServerPort",
      ({ privateWebPort }) => privateWebPort?.toString(),
      port("WebServerPort"),
    ),
    MirrorSetName: former("MirrorSetName"),
    MirrorMember: former("MirrorMember"),
    MirrorPrimary: former("MirrorPrimary"),
    MirrorSSLDir: former("MirrorSSLDir"),
    ArbiterURL: former("ArbiterURL"),
  },
  Journal: {
    CurrentDirectory: like("CurrentDirectory", directory),
    AlternateDirectory: like("AlternateDirectory", directory),
    FileSizeLimit: number("FileSizeLimit", 1, 4096),
    FreezeOnError: only("FreezeOnError", () => "0", like("FreezeOnError", /^[01]$/)),
    JournalFilePrefix: like("JournalFilePrefix", /^[A-Za-z0-9_]*$/),
  },
  Miscellaneous: { SynchCommit: like("SynchCommit", /^[01]$/) },
};

const databases = "Databases";
/** `directory` alone; what may follow it is about other instances and clusters. */
const databaseName = /^[A-Za-z%][A-Za-z0-9_%-]{0,62}$/;

/** True for a section this engine merges, in any case. */
export function isKnownSection(name: string): boolean {
  return [...Object.keys(sections), databases].some((known) => same(known, name));
}

/** A setting as iris.cpf spells it, or why it cannot be merged. */
export function planSetting(given: SettingLine, profile: Profile): PlannedSetting | MergeFault {
  const { line } = given;
  if (same(given.section, databases)) return planDatabase(given);
  const section = Object.keys(sections).find((name) => same(name, given.section)) ?? "";
  const keys = sections[section] ?? {};
  const key = Object.keys(keys).find((name) => same(name, given.key));
  const check = key === undefined ? undefined : keys[key];
  if (key === undefined || check === undefined) {
    return { line, text: `not simulated: ${given.key} in section [${given.section}]` };
  }
  const fault = check(given.value, profile);
  return fault === undefined ? { ...given, section, key } : { line, text: fault };
}

function planDatabase(given: SettingLine): PlannedSetting | MergeFault {
  const { line, value } = given;
  const key = given.key.toUpperCase();
  if (!databaseName.test(key) || !value.startsWith("/")) return { line, text: invalid(key) };
  if (value.includes(",")) {
    return { line, text: `not simulated: more than a directory for ${key} in [Databases]` };
  }
  return { section: databases, key, value, line };
}
