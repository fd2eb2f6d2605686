/** The command line of `npm run fuzz`. */

import { parseArgs } from "node:util";
import type { Range } from "./fuzz.ts";

/** Numbers that are taken, and what counts without one. */
const limits = {
  programs: { most: 10_000_000, usual: 20_000 },
  seed: { most: 1_000_000_000, usual: 1 },
} as const;

/** What `--help` prints. */
export const help = `Usage: npm run fuzz -- [--programs N] [--seed S]

Writes programs at random, right ones and damaged ones, runs each on the evaluator with a budget of
statements, and fails when one ends in anything but a result, an error of the product, or a refusal
("not simulated"): then it prints the smallest program that still fails. No Docker, no Pulumi.

  --programs N  so many programs, one a seed; ${limits.programs.usual} without it.
                One alone is shown with how it ended
  --seed S      the first seed; ${limits.seed.usual} without it.
                A seed always writes the same program`;

/** Reads it.
 *  @returns what shall be played; "help" when that was asked for
 *  @throws Error that says what is allowed */
export function readRange(args: readonly string[]): Range | "help" {
  const text = { type: "string" } as const;
  const options = { programs: text, seed: text, help: { type: "boolean", short: "h" } } as const;
  const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
  if (values.help === true) return "help";
  return {
    first: numberOf("seed", values.seed),
    programs: numberOf("programs", values.programs),
  };
}

function numberOf(name: keyof typeof limits, text: string | undefined): number {
  const { most, usual } = limits[name];
  if (text === undefined) return usual;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= most) return value;
  throw new Error(`--${name} ${text}: a whole number from 1 to ${String(most)} is allowed.`);
}
