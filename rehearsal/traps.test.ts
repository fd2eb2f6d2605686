/** The table of traps in README.md names tests that exist. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const top = join(import.meta.dirname, "..");
const readme = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
const section = readme.split("## Traps")[1]?.split("\n## ")[0] ?? "";
const rows = section
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, number = ""]) => /^\d+$/.test(number))
  .map(([, number = "", , place = ""]) => ({ number, place }));

/** A file in backquotes, or the reason why there is none. */
const fileIn = (place: string): string | undefined => /^`([^`]+)`$/.exec(place)?.[1];

it("has every trap once", () => {
  expect(rows.map(({ number }) => Number(number))).toEqual(
    Array.from({ length: 28 }, (_, index) => index + 1),
  );
});

it.for(rows)("trap $number", ({ number, place }) => {
  const file = fileIn(place);
  if (file === undefined) {
    expect(place).toMatch(/^not reproduced: ./);
    return;
  }
  const text = readFileSync(join(top, file), "utf8");
  expect(text).toMatch(new RegExp(`\\btraps? (\\d+ and )?${number}\\b`));
});
