/** One load or compilation: what it prints and what it found.
 *  Source: logs of the product; texts of failures are assumed. */

import type { ClassProblem } from "../../objectscript/classes/check-class.ts";
import { dateText, horologOf, timeText } from "../../objectscript/functions/date-text.ts";
import type { NativeProcess } from "../../objectscript/host.ts";

/** Something that was loaded. */
export interface LoadedItem {
  readonly kind: "class" | "routine";
  /** Routines with their extension. */
  readonly name: string;
}

const americanFormat = 1;

/** Prints the progress of a load unless the flags forbid it, and counts what is wrong. */
export class LoadRun {
  readonly loaded: LoadedItem[] = [];
  readonly problems: string[] = [];
  private readonly process: NativeProcess;
  private readonly qualifiers: string;
  private readonly displays: boolean;
  private startedMs = 0;

  /** @param qualifiers flags such as `ck-d`, or qualifiers such as `/compile` */
  constructor(process: NativeProcess, qualifiers: string) {
    this.process = process;
    this.qualifiers = qualifiers;
    this.displays = !/-d|\/nodisplay|\/display=0/.test(qualifiers);
  }

  /** True when the flags ask for compilation. */
  get compiles(): boolean {
    if (this.qualifiers.startsWith("/")) return /\/compile(?!=0)/.test(this.qualifiers);
    return /(?<!-)c/.test(this.qualifiers);
  }

  say(line: string): void {
    if (this.displays) this.process.write(`${line}\n`);
  }

  private now(): string {
    const { epochMs, offsetMinutes } = this.process.now();
    const { day, seconds } = horologOf(epochMs + offsetMinutes * 60_000);
    return `${dateText(day, americanFormat)} ${timeText(Math.floor(seconds), 1, 0)}`;
  }

  /** @param what what follows the time, for directories */
  loadStarts(what: string): void {
    this.say(`\nLoad started on ${this.now()}${what}`);
  }

  loadEnds(): void {
    const isFine = this.problems.length === 0;
    this.say(isFine ? "\nLoad finished successfully." : "\nLoad finished with errors.");
  }

  compilationStarts(): void {
    this.startedMs = this.process.now().epochMs;
    this.say(`\nCompilation started on ${this.now()} with qualifiers '${this.qualifiers}'`);
  }

  compilationEnds(): void {
    const seconds = (this.process.now().epochMs - this.startedMs) / 1000;
    const { length } = this.problems;
    this.say(
      length === 0
        ? `Compilation finished successfully in ${seconds.toFixed(3)}s.`
        : `Detected ${String(length)} errors during compilation in ${seconds.toFixed(3)}s.`,
    );
  }

  /** Assumed: the shape of the line. */
  problem(item: string, { place, message }: ClassProblem): void {
    this.failure(`ERROR: ${item}${place === "" ? "" : `(${place})`}: ${message}`);
  }

  /** Shows a failure and counts it. */
  failure(text: string): void {
    this.problems.push(text);
    this.say(text);
  }
}
