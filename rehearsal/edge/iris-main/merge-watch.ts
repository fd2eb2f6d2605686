/** The merge files that the environment names, merged again at every change for as long as the
 *  container runs. Source: GCMF (watched in a container, by `iris merge`). */

import { readFileSync } from "node:fs";
import { InstanceDown } from "../control/client.ts";
import type { MainLog } from "./main-log.ts";

/** How often to look for a change. Assumed: the product says "at once"; a second is less than what
 *  a merge takes, and reading a small file costs nothing. */
const lookEveryMs = 1000;

/** Merges files that have changed; what it says stands in the instance's log. */
export class MergeWatch {
  private readonly merge: (file: string) => Promise<unknown>;
  private readonly log: Pick<MainLog, "error">;
  /** What each file held when it was merged last. */
  private readonly merged: Map<string, string | undefined>;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  /** Made before the instance starts, which merges what the files hold then.
   *  @param merge merges one file; rejects with InstanceDown while the instance is down */
  constructor(
    files: readonly string[],
    merge: (file: string) => Promise<unknown>,
    log: Pick<MainLog, "error">,
  ) {
    this.merge = merge;
    this.log = log;
    this.merged = new Map(files.map((file) => [file, textOf(file)]));
  }

  /** Looks for changes from now on. */
  begin(): void {
    if (this.merged.size === 0) return;
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
   *  is waited for, and so is the instance: it may have begun to start before the change. */
  async look(): Promise<void> {
    for (const [file, before] of this.merged) {
      const text = textOf(file);
      if (text === undefined || text === before) continue;
      this.merged.set(file, text);
      try {
        await this.merge(file);
      } catch (problem) {
        if (problem instanceof InstanceDown) this.merged.set(file, before);
        else
          this.log.error(`Merge file ${file} has changed and was not merged: ${String(problem)}`);
      }
    }
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
