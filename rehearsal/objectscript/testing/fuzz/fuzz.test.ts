/** Random programs: that the check passes here, and that it would catch what it is there for. How
 *  many are played to find a rare defect is up to `npm test` and `npm run fuzz`. */

import { afterEach, describe, expect, it, vi } from "vitest";
import { fail, ObjectScriptError } from "../../errors.ts";
import { parseTypedLine } from "../../syntax/program.ts";
import { textFunctions } from "../../functions/text-functions.ts";
import { plain, type FunctionCompiler } from "../../functions/plain.ts";
import { MemoryGlobals } from "../memory-globals.ts";
import { playRange, programOf } from "./fuzz.ts";
import { readRange } from "./options.ts";
import { playProgram } from "./play-program.ts";
import type { Program } from "./programs.ts";

/** A second or two; a busy machine gets many times that. */
const budgetMs = 120_000;

const typed = (text: string): Program => ({ kind: "typed", text, isMutated: false });

function isFault(line: string): boolean {
  try {
    return parseTypedLine(line).block === undefined;
  } catch (error) {
    // A literal such as 1E400 is beyond every number: an error of its own.
    return !(error instanceof ObjectScriptError);
  }
}

/** `$reverse` as somebody broke it. */
function breakReverse(apply: () => string): void {
  const broken: FunctionCompiler = plain(1, 1, apply);
  vi.spyOn(textFunctions as Record<string, FunctionCompiler>, "reverse").mockImplementation(broken);
}

describe("programs at random", () => {
  afterEach(() => vi.restoreAllMocks());

  it(
    "end in every way that is allowed, and in no other",
    async () => {
      const { endings, findings } = await playRange({ first: 1, programs: 60 });

      expect(findings).toEqual([]);
      expect(endings.result).toBeGreaterThan(0);
      expect(endings.error).toBeGreaterThan(20);
    },
    budgetMs,
  );

  it("are the same ones for the same seed, and right by the parser before they are damaged", () => {
    const programs = Array.from({ length: 300 }, (_, seed) => programOf(seed + 1));
    const whole = programs.filter(({ kind, isMutated }) => kind === "typed" && !isMutated);
    const wrong = whole.flatMap(({ text }) => text.split("\n")).filter(isFault);

    expect(programOf(7)).toEqual(programs[6]);
    expect(new Set(programs.map(({ text }) => text)).size).toBeGreaterThan(280);
    expect(whole.length).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  });

  it("find what throws something that is no error of the language, and make it small", async () => {
    vi.spyOn(MemoryGlobals.prototype, "kill").mockImplementation(() => {
      throw new TypeError("broken on purpose");
    });
    const { findings } = await playRange({ first: 1, programs: 30 });
    const smaller = findings.filter(
      ({ seed, program }) => program.text.length < programOf(seed).text.length / 2,
    );

    expect(smaller.length).toBeGreaterThan(0);
    expect(smaller.every(({ program }) => /kill|merge/.test(program.text))).toBe(true);
    expect(findings[0]?.fault).toContain("TypeError: broken on purpose");
  });

  it.each([
    ["writes long lines", "for  { write !,?66445,1 }"],
    ["lets a list grow", "for i=1:1 { set $list(b,i*10)=i }"],
  ])("are cut into short slices where one %s", async (_, text) => {
    // Without a charge for what is written and copied, one slice takes seconds.
    expect(await playProgram(typed(text), 3000)).toBe("budget");
  });

  it("find what never comes back, and an invented error", async () => {
    breakReverse(() => {
      for (;;);
    });
    await expect(playProgram(typed("write $reverse(1)"), 50)).rejects.toThrow("timed out");
    breakReverse(() => fail("<NONSENSE>"));
    await expect(playProgram(typed("write $reverse(1)"))).rejects.toThrow("<NONSENSE>");
  });
});

describe("the command line of fuzz", () => {
  it("takes a number of programs and the first seed", () => {
    expect(readRange([])).toEqual({ first: 1, programs: 20_000 });
    expect(readRange(["--programs", "5", "--seed", "7"])).toEqual({ first: 7, programs: 5 });
    expect(readRange(["-h"])).toBe("help");
    expect(() => readRange(["--programs", "0"])).toThrow("1 to 10000000");
    expect(() => readRange(["--speed"])).toThrow("--speed");
  });
});
