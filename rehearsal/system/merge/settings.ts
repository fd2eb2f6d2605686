/** Sections of a merge file that go into iris.cpf: which keys this engine knows, and which values.
 *  What `Config.*` would refuse is refused here too, before anything is changed. Pure.
 *  Source: GCMF; ADOCK (PasswordHash); public merge files (the former keys of a mirror). */

import type { Profile } from "../../profile.ts";
import { directoryName } from "../../storage/configuration.ts";
import { isSettingsSection, knownSetting, wouldChange } from "../config/sections.ts";
import { same } from "./action-line.ts";
import { faultText } from "./fault-text.ts";
import type { MergeFault, SettingLine } from "./merge-file.ts";

/** What iris.cpf has now; `undefined` for what it does not have. */
type Current = (section: string, key: string) => string | undefined;

/** What a merge file is planned against. */
export interface Ground {
  readonly profile: Profile;
  readonly current: Current;
}

/** A setting with the names as iris.cpf spells them. */
export interface PlannedSetting extends SettingLine {
  /** True for what stands in a merge file and never in iris.cpf. */
  readonly isKept: boolean;
}

/** The mirror as [Startup] had it before the action ConfigMirror took its place. */
const formerKeys = [
  "MirrorSetName",
  "MirrorMember",
  "MirrorPrimary",
  "MirrorSSLDir",
  "ArbiterURL",
] as const;

/** Of a web server that the newest releases do not have. Source: ADOCK. */
const webServerKeys = ["WebServer", "WebServerPort"];

const passwordHash = "PasswordHash";
/** Hash, salt, then work factor and algorithm, which have defaults; two fields alone are an old
 *  form. Source: ADOCK. */
const hashForm = /^[^,\s]+,[^,\s]+(,\d*(,[A-Za-z0-9]*)?)?$/;

const databases = "Databases";
const databaseName = /^[A-Za-z%][A-Za-z0-9_%-]{0,62}$/;

/** True for a hash of a password as the product takes it. */
export function isPasswordHash(value: string): boolean {
  return hashForm.test(value);
}

/** True for a section this engine merges, in any case. */
export function isKnownSection(name: string): boolean {
  return same(name, databases) || isSettingsSection(name);
}

/** A setting as iris.cpf spells it, or why it cannot be merged. */
export function planSetting(given: SettingLine, ground: Ground): PlannedSetting | MergeFault {
  if (same(given.section, databases)) return planDatabase(given, ground.current);
  const special = same(given.section, "Startup") ? planSpecial(given, ground.profile) : undefined;
  if (special !== undefined) return special;
  const { line, value } = given;
  const known = knownSetting(given.section, given.key);
  if (known === undefined) {
    return { line, text: `not simulated: ${given.key} in section [${given.section}]` };
  }
  const { section, key } = known;
  try {
    wouldChange(section, key, { value, current: ground.current(section, key) ?? "" });
  } catch (error) {
    return { line, text: faultText(error) };
  }
  return { section, key, value, line, isKept: true };
}

/** What [Startup] has in merge files alone.
 *  @returns `undefined` for a key that is like all others */
function planSpecial(
  { key: written, value, line }: SettingLine,
  { privateWebPort, merge, release }: Profile,
): PlannedSetting | MergeFault | undefined {
  const section = "Startup";
  const find = (names: readonly string[]) => names.find((name) => same(name, written));
  if (same(written, passwordHash)) {
    if (!isPasswordHash(value)) return { line, text: invalid(passwordHash) };
    return { section, key: passwordHash, value, line, isKept: false };
  }
  const webKey = find(webServerKeys);
  if (webKey !== undefined && privateWebPort === undefined) {
    return /^\d{1,5}$/.test(value)
      ? { section, key: webKey, value, line, isKept: true }
      : { line, text: invalid(webKey) };
  }
  const former = find(formerKeys);
  if (former === undefined) return undefined;
  if (!merge.configMirror) return { section, key: former, value, line, isKept: false };
  const why = `release ${release} has the action ConfigMirror`;
  return { line, text: `ERROR #406: Invalid parameter name '${former}' (${why})` };
}

const invalid = (key: string): string => `ERROR #407: Invalid value for property '${key}'`;

/** `directory` alone: what may follow it is about other instances and clusters. */
function planDatabase(given: SettingLine, current: Current): PlannedSetting | MergeFault {
  const { line, value } = given;
  const key = given.key.toUpperCase();
  if (!databaseName.test(key) || !value.startsWith("/")) return { line, text: invalid(key) };
  if (value.includes(",")) {
    return { line, text: `not simulated: more than a directory for ${key} in [Databases]` };
  }
  const [known] = (current(databases, key) ?? "").split(",");
  if (known !== undefined && known !== "" && directoryName(known) !== directoryName(value)) {
    return { line, text: `not simulated: another directory for the database ${key}` };
  }
  return { section: databases, key, value, line, isKept: true };
}
