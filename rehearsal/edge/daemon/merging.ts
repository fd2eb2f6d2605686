/** Merges files into the running instance, one after the other: each is a process of its own. */

import type { Device, Running } from "../../objectscript/host.ts";
import type { ObjectScriptProcess } from "../../objectscript/process.ts";
import { runMerge } from "../../system/merge/merge.ts";
import type { MergeAround } from "../../system/merge/performing.ts";
import { planMerge, type MergePlan } from "../../system/merge/plan.ts";
import { failureLines, faultLines, mergedLine } from "../../system/merge/report.ts";
import type { MessagesLog } from "../messages-log.ts";
import type { Processes } from "./processes.ts";

/** A file as it was read. */
export interface FileToMerge {
  /** As the log names it. */
  readonly path: string;
  readonly text: string;
}

/** How a merge ended. */
export interface MergeOutcome {
  readonly isMerged: boolean;
  /** True when the file asks for something this engine cannot do. */
  readonly isBeyondEngine: boolean;
  /** To be shown. */
  readonly lines: readonly string[];
}

/** What merging works with. */
export interface MergingParts extends Omit<MergeAround, "say"> {
  readonly processes: Processes;
  readonly log: Pick<MessagesLog, "write">;
}

/** The merges of an instance. */
export class Merging {
  private readonly parts: MergingParts;
  private last: Promise<unknown> = Promise.resolve();

  constructor(parts: MergingParts) {
    this.parts = parts;
  }

  /** Merges a file when those before it are done. What failed stands in messages.log too.
   *  Source: captured log (severity 1, category Utility.Event).
   *  @param device where code that the file executes writes */
  merge(file: FileToMerge, device: Device): Promise<MergeOutcome> {
    const merged = this.last.then(() => this.mergeNow(file, device));
    this.last = merged.catch(() => undefined);
    return merged;
  }

  private async mergeNow(file: FileToMerge, device: Device): Promise<MergeOutcome> {
    const { instance, log } = this.parts;
    const { configuration } = instance.store;
    const plan = planMerge(file.text, {
      profile: instance.profile,
      current: (section, key) => configuration.get(section, key),
    });
    const faults = faultLines(file.path, plan.faults);
    const failures = faults.length > 0 ? faults : await this.run(plan, file.path, device);
    for (const line of failures) log.write(1, "Utility.Event", line);
    if (failures.length > 0) {
      const isBeyondEngine = failures.some((line) => line.includes("not simulated: "));
      return { isMerged: false, isBeyondEngine, lines: failures };
    }
    const line = mergedLine(file.path, configuration.path);
    log.write(0, "Utility.Event", line);
    return { isMerged: true, isBeyondEngine: false, lines: [line] };
  }

  /** @returns what failed, in lines */
  private async run(plan: MergePlan, path: string, device: Device): Promise<string[]> {
    const { processes, log } = this.parts;
    const say = (text: string): void => log.write(0, "Utility.Event", text);
    const around = { ...this.parts, say };
    let failures = [`${path}: the merge was ended before it was done`];
    const program = (process: ObjectScriptProcess): Running<number> =>
      process.native(function* (native) {
        const failure = yield* runMerge(plan, native, around);
        failures = failure === undefined ? [] : failureLines(path, failure);
        return 0;
      });
    await processes.run(program, { namespace: "%SYS", principal: device }).done;
    return failures;
  }
}
