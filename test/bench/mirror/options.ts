/** The command line of `npm run bench:mirror`. */

import { parseArgs } from "node:util";

/** Numbers that are taken, and what counts without one. */
const limits = {
  records: { least: 1, most: 10_000_000, usual: 1_000_000 },
  members: { least: 2, most: 16, usual: 16 },
  rate: { least: 10, most: 1_000_000, usual: 2000 },
  seconds: { least: 1, most: 3600, usual: 30 },
} as const;

/** What shall be measured. */
export type BenchOptions = Readonly<Record<keyof typeof limits, number>>;

/** What `--help` prints. */
export const help = `Usage: npm run bench:mirror -- [options]

Measures the rehearsal engine's mirror: members in processes of their own on loopback, with real
journals and databases in a temporary directory. No Docker, no Pulumi. Asserts nothing about time;
ends with 1 when a member holds other data than the primary at the end.

  --records N  a DR async misses so many journal records, then catches up;
               ${limits.records.usual} without it
  --members N  then so many members (2 failover members, the others asyncs, at most 16) follow a
               primary; ${limits.members.usual} without it
  --rate N     to which sessions write so many sets per second, half of them plain, half in
               transactions of five with SynchCommit=1; ${limits.rate.usual} without it
  --seconds N  for so long; ${limits.seconds.usual} without it
  --only NAME  only one of the two: catch-up, keep-up`;

/** Read options, or `undefined` when help is wanted.
 *  @throws Error that says what was given and what is allowed */
export function readOptions(
  args: readonly string[],
): (BenchOptions & { readonly only: string | undefined }) | undefined {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    allowPositionals: false,
    options: {
      records: text,
      members: text,
      rate: text,
      seconds: text,
      only: text,
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) return undefined;
  const { only } = values;
  if (only !== undefined && only !== "catch-up" && only !== "keep-up") {
    throw new Error(`--only ${only}: catch-up or keep-up is allowed.`);
  }
  const number = (name: keyof typeof limits): number => numberOf(name, values[name]);
  return {
    records: number("records"),
    members: number("members"),
    rate: number("rate"),
    seconds: number("seconds"),
    only,
  };
}

function numberOf(name: keyof typeof limits, text: string | undefined): number {
  const { least, most, usual } = limits[name];
  if (text === undefined) return usual;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`--${name} ${text}: a whole number from ${least} to ${most} is allowed.`);
}
