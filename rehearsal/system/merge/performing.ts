/** What an action works with, and the two questions most of them ask. */

import type { NativeProcess, Running } from "../../objectscript/host.ts";
import { isTrue } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import type { Instance } from "../instance.ts";
import type { ActionValues } from "./actions.ts";
import { callSystem } from "./call.ts";

/** Where a merge takes place. */
export interface MergeAround {
  readonly instance: Instance;
  /** Name of this instance, and so of the primary's: `IRIS`. */
  readonly instanceName: string;
  readonly hostName: string;
  /** Port of the agent on the primary's host; a merge file has no word for another. */
  readonly primaryAgentPort: number;
  /** Told what a merge waits for. */
  say(text: string): void;
}

/** One action about to be done. */
export interface Performance {
  readonly given: ActionValues;
  readonly process: NativeProcess;
  readonly around: MergeAround;
}

/** Does an action. @returns a `%Status` */
export type Perform = (performance: Performance) => Running<Value>;

/** Whether the class knows a record of that key. */
export function* exists(
  process: NativeProcess,
  className: string,
  key: readonly string[],
): Running<boolean> {
  return isTrue(yield* callSystem(process, [className, "Exists"], ...key));
}

/** The values of those names that were given. */
export function pick(given: ActionValues, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)));
}
