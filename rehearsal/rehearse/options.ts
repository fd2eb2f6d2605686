/** The command line of `npm run rehearse`. */

import { parseArgs } from "node:util";

/** What shall be done. */
export type Wish =
  | { readonly do: "help" }
  | { readonly do: "list" }
  | { readonly do: "seeds"; readonly seeds: number; readonly events: number }
  | { readonly do: "seed"; readonly seed: number; readonly events: number }
  | { readonly do: "story"; readonly story: string; readonly seed: number }
  /** Not understood; what was given and what is allowed. */
  | { readonly do: "refuse"; readonly why: string };

/** Numbers that are taken, and what counts without one. */
const limits = {
  seeds: { least: 1, most: 10_000_000, usual: 1000 },
  seed: { least: 1, most: 4_294_967_295, usual: 1 },
  events: { least: 1, most: 1_000_000, usual: 2000 },
} as const;

/** What `--help` prints. */
export const help = `Usage: npm run rehearse -- [--seeds N | --seed N | --story NAME | --list]

Plays mirrors of 2 to 16 members and an arbiter in simulated time, and checks after every
event that nothing is lost and nobody is primary beside another one. No Docker, no Pulumi.

  --seeds N     plays the runs of the seeds 1 to N, with random faults. Ends with 1 and names the
                seeds when something did not hold. ${limits.seeds.usual} when nothing is asked for
  --seed N      plays one run again, exactly, and shows its picture
  --story NAME  plays a documented case: what happens and why, with the picture.
                With --seed N other delays
  --list        the names of the documented cases
  --events N    faults go on until so many events; ${limits.events.usual} without it`;

/** Reads it. `stories` are the names that are known. */
export function readWish(args: readonly string[], stories: readonly string[]): Wish {
  try {
    return wishOf(valuesOf(args), stories);
  } catch (problem) {
    if (problem instanceof Error) return { do: "refuse", why: problem.message };
    throw problem;
  }
}

type Values = ReturnType<typeof valuesOf>;

function valuesOf(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = {
    seeds: text,
    seed: text,
    story: text,
    events: text,
    list: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  return parseArgs({ args: [...args], options, allowPositionals: false }).values;
}

function wishOf(values: Values, stories: readonly string[]): Wish {
  if (values.help === true) return { do: "help" };
  if (values.list === true) return { do: "list" };
  const { story } = values;
  if (values.seeds !== undefined && (values.seed ?? story) !== undefined) {
    throw new Error("--seeds goes with neither --seed nor --story: one of them.");
  }
  const events = numberOf(values, "events");
  if (story !== undefined) {
    if (values.events !== undefined) throw new Error("--events does not go with --story.");
    if (!stories.includes(story)) {
      throw new Error(`--story ${story} is not known. Known are:\n  ${stories.join("\n  ")}`);
    }
    return { do: "story", story, seed: numberOf(values, "seed") };
  }
  return values.seed === undefined
    ? { do: "seeds", seeds: numberOf(values, "seeds"), events }
    : { do: "seed", seed: numberOf(values, "seed"), events };
}

function numberOf(values: Values, name: keyof typeof limits): number {
  const text = values[name];
  const { least, most, usual } = limits[name];
  if (text === undefined) return usual;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`--${name} ${text}: a whole number from ${least} to ${most} is allowed.`);
}
