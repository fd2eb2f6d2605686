/** The merge files that the environment names, merged at every start of the instance. iris-main
 *  merges them again while the container runs.
 *  Source: GCMF (merged at every start; a missing file is said and the start goes on); captured log
 *  (a start goes on behind a failing action). */

import { readFileSync } from "node:fs";
import type { MessagesLog } from "../messages-log.ts";
import type { Merging } from "./merging.ts";
import { NullDevice } from "./session-device.ts";

/** By whom files are merged, who is told. */
interface StartParts {
  readonly merging: Pick<Merging, "merge">;
  readonly log: Pick<MessagesLog, "write">;
}

/** Merges all files in their order.
 *  Assumed: a file with something this engine does not simulate ends the start, so that nobody
 *  takes the instance for what it should have been.
 *  @throws Error naming file and line */
export async function mergeAtStart(files: readonly string[], parts: StartParts): Promise<void> {
  for (const path of files) {
    const text = textOf(path);
    if (text === undefined) {
      parts.log.write(1, "Utility.Event", `Merge file ${path} cannot be read`);
      continue;
    }
    const { isBeyondEngine, lines } = await parts.merging.merge({ path, text }, new NullDevice());
    if (isBeyondEngine) throw new Error(lines.join("; "));
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
