import { describe, expect, it } from "vitest";
import { matchesPattern, scanPattern } from "./pattern.ts";

describe("a pattern", () => {
  it.each([
    ["333-99-0000", '3N1"-"2N1"-"4N', true],
    ["333-9-0000", '3N1"-"2N1"-"4N', false],
    ["abc", "3A", true],
    ["abc", "1.2A", false],
    ["abc", "1.5A", true],
    ["abc", ".A", true],
    ["", ".A", true],
    ["aBc", "1L1U1L", true],
    ["a1", "1AN1N", true],
    ["x y", "1E1P1E", true],
    ["ab", '1(1"a",1"b")1(1"a",1"b")', true],
    ["ac", '1(1"a",1"b")1(1"a",1"b")', false],
    ['a"b', '1"a"1""""1"b"', true],
    ["line\nend", ".E", true],
    ["a.b", '1"a.b"', true],
    ["axb", '1"a.b"', false],
    ["abc", "3.a", true],
  ])("%j ? %s is %s", (subject, pattern, matches) => {
    expect(matchesPattern(subject, pattern)).toBe(matches);
  });

  it.each(["", "A", "1", "1X", '1"a', "1(1A", "1A,", "1()", "5.3N"])("%j is none", (text) => {
    expect(() => matchesPattern("x", text)).toThrow("syntax error");
  });

  it("ends where something else begins", () => {
    expect(scanPattern("1N.A,2", 0).end).toBe(4);
  });
});
