/** What merging a file will do, decided before anything is done. Pure.
 *  Assumed: a file with a line that cannot be merged is not merged at all; what the product does
 *  with the rest of it is not documented. */

import type { Profile } from "../../profile.ts";
import { same } from "./action-line.ts";
import {
  inProcessingOrder,
  planAction,
  refuseMirrorValues,
  type PlannedAction,
} from "./actions.ts";
import { readMergeFile, type MergeFault, type MergeFile } from "./merge-file.ts";
import { isKnownSection, planSetting, type Ground, type PlannedSetting } from "./settings.ts";

/** Either there are faults, or the rest may be done. */
export interface MergePlan {
  /** For iris.cpf: each key once, the later one of two. */
  readonly settings: readonly PlannedSetting[];
  /** In the order in which they are processed. */
  readonly actions: readonly PlannedAction[];
  /** By line. */
  readonly faults: readonly MergeFault[];
}

/** Plans the merge of a file's text. */
export function planMerge(text: string, ground: Ground): MergePlan {
  const file = readMergeFile(text);
  const [settings, settingFaults] = split(
    file.settings
      .filter(({ section }) => isKnownSection(section))
      .map((setting) => planSetting(setting, ground)),
  );
  const former = formerMirror(settings, ground.profile);
  const [actions, actionFaults] = split([
    ...(former === undefined ? [] : [former]),
    ...file.actions.map((action) => planAction(action, ground.profile)),
  ]);
  const faults = [...file.faults, ...sectionFaults(file), ...settingFaults, ...actionFaults];
  return {
    settings: lastOfEach(settings),
    actions: inProcessingOrder(actions),
    faults: faults.sort((one, other) => one.line - other.line),
  };
}

function split<T extends { readonly line: number }>(
  planned: readonly (T | MergeFault)[],
): [T[], MergeFault[]] {
  const isFault = (one: T | MergeFault): one is MergeFault => "text" in one;
  return [planned.filter((one): one is T => !isFault(one)), planned.filter(isFault)];
}

function sectionFaults({ sections }: MergeFile): MergeFault[] {
  return sections
    .filter(({ name }) => !same(name, "Actions") && !isKnownSection(name))
    .map(({ name, line }) => ({ line, text: `not simulated: section [${name}]` }));
}

function lastOfEach(settings: readonly PlannedSetting[]): PlannedSetting[] {
  return settings.filter(
    ({ section, key }, index) =>
      !settings.slice(index + 1).some((later) => later.section === section && later.key === key),
  );
}

/** The mirror as [Startup] described it before there was the action for it.
 *  Source: public merge files of 2021 and 2022. */
function formerMirror(
  settings: readonly PlannedSetting[],
  profile: Profile,
): PlannedAction | MergeFault | undefined {
  const find = (key: string) =>
    settings.findLast((one) => one.section === "Startup" && one.key === key);
  const value = (key: string): string => find(key)?.value ?? "";
  const name = find("MirrorSetName");
  if (name === undefined || name.value === "") return undefined;
  const { line } = name;
  const given = {
    Name: name.value,
    Member: value("MirrorMember"),
    Primary: value("MirrorPrimary"),
    ArbiterURL: value("ArbiterURL"),
    SSLDir: value("MirrorSSLDir"),
  };
  const refusal = refuseMirrorValues(given, profile);
  return refusal === undefined ? { name: "ConfigMirror", given, line } : { line, text: refusal };
}
