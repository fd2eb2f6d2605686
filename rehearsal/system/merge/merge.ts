/** Merges a plan into the running instance: the settings into iris.cpf, then the actions in their
 *  order. The first that fails ends it.
 *  Source: GCMF; captured log of a failing action (#503 names the file, #507 action and line).
 *  Assumed: what comes after a failing action is not done. */

import type { NativeProcess, Running } from "../../objectscript/host.ts";
import type { Value } from "../../objectscript/value.ts";
import { isError, okStatus, statusText } from "../library/status.ts";
import type { PlannedAction } from "./actions.ts";
import { callSystem } from "./call.ts";
import { faultText } from "./fault-text.ts";
import { performers } from "./perform.ts";
import { exists, type MergeAround } from "./performing.ts";
import type { MergePlan } from "./plan.ts";
import type { PlannedSetting } from "./settings.ts";

/** What could not be done. */
export interface MergeFailure {
  /** Empty for a setting. */
  readonly action: string;
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** Does everything a plan says.
 *  @param plan without faults
 *  @returns what failed; `undefined`: merged */
export function* runMerge(
  { settings, actions }: MergePlan,
  process: NativeProcess,
  around: MergeAround,
): Running<MergeFailure | undefined> {
  const kept = settings.filter(({ isKept }) => isKept);
  const { configuration } = around.instance.store;
  const [databases, values] = split(kept, ({ section }) => section === "Databases");
  for (const { section, key, value } of values) configuration.set(section, key, value);
  configuration.save();
  for (const database of databases) {
    const text = yield* outcome(() => register(database, process));
    if (text !== "") return { action: "", line: database.line, text };
  }
  for (const action of actions) {
    const text = yield* outcome(() => perform(action, process, around));
    if (text !== "") return { action: action.name, line: action.line, text };
  }
  return undefined;
}

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

function perform({ name, given }: PlannedAction, process: NativeProcess, around: MergeAround) {
  return performers[name]({ given, process, around });
}

function* register({ key, value }: PlannedSetting, process: NativeProcess): Running<Value> {
  if (yield* exists(process, "Config.Databases", [key])) return okStatus;
  return yield* callSystem(process, ["Config.Databases", "Create"], key, { Directory: value });
}

/** What a status or an error says; empty for a success. */
function* outcome(work: () => Running<Value>): Running<string> {
  try {
    const status = yield* work();
    return isError(status) ? statusText(status) : "";
  } catch (error) {
    return faultText(error);
  }
}
