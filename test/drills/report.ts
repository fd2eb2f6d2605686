/** What a drill prints: the balance, the write gap, and who served when. */

import { inSeconds } from "../bench/measure.ts";
import type { Balance, Heard } from "./clients.ts";
import type { Serving } from "./watch.ts";

/** Longest time between two acknowledgements, whoever gave them, in milliseconds. */
export function writeGap(heard: readonly Heard[]): number {
  const gaps = heard.map(({ at }, index) => at - (heard[index - 1]?.at ?? at));
  return Math.max(0, ...gaps);
}

/** A played drill. */
export interface Played {
  readonly title: string;
  /** When it began, on the clock of the timeline. */
  readonly begun: number;
  readonly balance: Balance | undefined;
  readonly gapMs: number;
  readonly timeline: readonly Serving[];
}

/** The report of a drill, for people. */
export function report({ title, begun, balance, gapMs, timeline }: Played): string {
  const { attempted, acknowledged, refused, unknown, recovered } = balance ?? {};
  const counts = { attempted, acknowledged, refused, unknown, recovered };
  const found = { lost: balance?.lost.length, unexpected: balance?.unexpected.length };
  const numbers = Object.entries({ ...counts, ...found }).map(
    ([name, value]) => `${name} ${value}`,
  );
  const times = timeline.map(({ at, who }) => `  ${inSeconds(at - begun).padStart(9)}  ${who}`);
  return [`${title}: ${numbers.join(", ")}; write gap ${inSeconds(gapMs)}`, ...times].join("\n");
}
