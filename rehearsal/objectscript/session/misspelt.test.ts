/** A slip of the pen in the language is never taken for something that worked. */

import { describe, expect, it } from "vitest";
import { commandNames, functionNames, specialNames } from "../syntax/names.ts";
import { misspellings } from "../testing/misspellings.ts";
import { answersOf } from "../testing/session.ts";

/** Lines that are not refused as no ObjectScript at all. */
async function accepted(lines: readonly string[]): Promise<string[]> {
  const answers = await answersOf(lines);
  expect(answers).toHaveLength(lines.length);
  return lines.filter((_, index) => !(answers[index] ?? "").includes("\n<SYNTAX>"));
}

const slipsOf = (names: ReadonlyMap<string, string>): string[] =>
  [...names.keys()].flatMap((name) => misspellings(name, (slip) => names.has(slip)));

describe("misspelt", () => {
  it("functions are errors", async () => {
    const slips = slipsOf(functionNames);
    expect(slips.length).toBeGreaterThan(300);
    expect(await accepted(slips.map((slip) => `set x=$${slip}("1")`))).toEqual([]);
  });

  it("special variables are errors", async () => {
    const slips = slipsOf(specialNames);
    expect(slips.length).toBeGreaterThan(100);
    expect(await accepted(slips.map((slip) => `set x=$${slip}`))).toEqual([]);
  });

  it("commands are errors, with arguments and without", async () => {
    const slips = slipsOf(commandNames);
    expect(slips.length).toBeGreaterThan(100);
    expect(await accepted(slips.map((slip) => `${slip} x`))).toEqual([]);
    expect(await accepted(slips)).toEqual([]);
    expect(await accepted(slips.map((slip) => `if 0 { ${slip} x }`))).toEqual([]);
  });
});
