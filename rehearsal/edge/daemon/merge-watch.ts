/** The merge files that the environment names: merged at the start, and at every change while the
 *  instance runs.
 *  Source: GCMF (merged at every start; watched in a container; a missing file is said and the
 *  start goes on); captured log (a start goes on behind a failing action). */

import { readFileSync } from "node:fs";
import type { MessagesLog } from "../messages-log.ts";
import type { Merging } from "./merging.ts";
import { NullDevice } from "./session-device.ts";

/** How often to look for a change. Assumed: the product says "at once"; a second is less than what
 *  a merge takes, and reading a small file costs nothing. */
const lookEveryMs = 1000;

/** What is watched, by whom it is merged, who is told. */
export interface WatchParts {
  readonly files: readonly string[];
  readonly merging: Pick<Merging, "merge">;
  readonly log: Pick<MessagesLog, "write">;
}

/** Merges the files of one instance. */
export class MergeWatch {
  private readonly parts: WatchParts;
  /** What each file held when it was merged last. */
  private readonly merged = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(parts: WatchParts) {
    this.parts = parts;
  }

  /** Merges all files in their order.
   *  Assumed: a file with something this engine does not simulate ends the start, so that nobody
   *  takes the instance for what it should have been.
   *  @throws Error naming file and line */
  async atStart(): Promise<void> {
    for (const path of this.parts.files) {
      const text = textOf(path);
      if (text === undefined) {
        this.parts.log.write(1, "Utility.Event", `Merge file ${path} cannot be read`);
        continue;
      }
      const { isBeyondEngine, lines } = await this.merge(path, text);
      if (isBeyondEngine) throw new Error(lines.join("; "));
    }
  }

  /** Looks for changes from now on. */
  begin(): void {
    if (this.parts.files.length === 0) return;
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => {
        this.looking = undefined;
      });
    }, lookEveryMs);
    this.timer.unref();
  }

  end(): void {
    clearInterval(this.timer);
  }

  /** Merges the files that hold something else than when they were merged last. One that is away
   *  is waited for; what cannot be merged stands in the log. */
  async look(): Promise<void> {
    for (const path of this.parts.files) {
      const text = textOf(path);
      if (text === undefined || text === this.merged.get(path)) continue;
      await this.merge(path, text);
    }
  }

  private merge(path: string, text: string) {
    this.merged.set(path, text);
    return this.parts.merging.merge({ path, text }, new NullDevice());
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
