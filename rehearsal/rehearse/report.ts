/** What `npm run rehearse` prints. */

import { legend } from "../core/simulator/picture.ts";
import type { Story } from "../core/simulator/story.ts";
import type { Tally } from "./seeds.ts";

/** Pictures of so many failing seeds are shown; the others can be repeated. */
const picturesMax = 3;

const thousands = (count: number): string => Math.round(count).toLocaleString("en-US");

/** Events for each second of processor time of one thread. */
export function eventsPerSecond({ events, cpuMs }: Pick<Tally, "events" | "cpuMs">): string {
  return cpuMs === 0 ? "?" : thousands((events * 1000) / cpuMs);
}

/** How far it is. */
export function progressLine(seeds: number, tally: Tally): string {
  const failed = tally.failed.length === 0 ? "" : `, ${tally.failed.length} failed`;
  return `${thousands(tally.runs)} of ${thousands(seeds)} seeds${failed}`;
}

/** The end of many runs. */
export function closing(
  { seeds, events }: { readonly seeds: number; readonly events: number },
  tally: Tally,
): { lines: readonly string[]; exitCode: number } {
  const speed = `${thousands(tally.events)} events, ${eventsPerSecond(tally)} per second on one core`;
  if (tally.failed.length === 0) {
    return { lines: [`${thousands(tally.runs)} seeds held: ${speed}.`], exitCode: 0 };
  }
  const names = tally.failed.map(({ seed }) => seed).join(", ");
  const shown = tally.failed
    .slice(0, picturesMax)
    .flatMap(({ seed, faults, picture }) => [
      ...picture,
      ...faults.map((fault) => `seed ${seed}: ${fault}`),
      `Repeat it: npm run rehearse -- --seed ${seed} --events ${events}`,
      "",
    ]);
  return {
    lines: [...shown, `${tally.failed.length} of ${seeds} seeds failed: ${names}. ${speed}.`],
    exitCode: 1,
  };
}

/** A picture with what its signs mean. */
export function explained(picture: readonly string[]): readonly string[] {
  return [...picture, "", ...legend];
}

/** The documented cases, one a line. */
export function listed(stories: readonly Story[]): readonly string[] {
  const width = Math.max(...stories.map(({ name }) => name.length));
  return stories.map(({ name, row }) => `${name.padEnd(width)}  ${row}`);
}

const columns = 96;

/** A text in lines of a readable length. */
export function wrapped(text: string): readonly string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line.length + word.length >= columns) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
