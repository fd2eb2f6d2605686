import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareNumbers,
  isCanonicalNumber,
  isTrue,
  numberText,
  parseNumber,
  toNumber,
  toText,
} from "./numbers.ts";

const read = (text: string): string => numberText(parseNumber(text));

describe("a number read from text", () => {
  it.each([
    ["-1.20abc", "-1.2"],
    [" abc123", "0"],
    ["3 blind mice", "3"],
    ["3abc", "3"],
    ["007", "7"],
    ["0.50", ".5"],
    ["+5", "5"],
    ["--5", "5"],
    ["-+-5", "5"],
    ["1E3", "1000"],
    ["1e-2x", ".01"],
    ["1E", "1"],
    ["1.", "1"],
    [".", "0"],
    ["-", "0"],
    ["-0", "0"],
    ["-.0", "0"],
    ["", "0"],
    ["1.2.3", "1.2"],
    ["9223372036854775807", "9223372036854775807"],
    ["9223372036854775808", "9223372036854775810"],
    ["12345678901234567890123", "12345678901234567890000"],
    ["1e-999999999", "0"],
  ])("of %j is %s", (text, number) => {
    expect(read(text)).toBe(number);
  });

  it("beyond the largest number is <MAXNUMBER>", () => {
    expect(() => parseNumber("1e146")).toThrow("<MAXNUMBER>");
    expect(() => parseNumber("1e9999999")).toThrow("<MAXNUMBER>");
  });

  it("has one canonical text, which reads back as itself", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), (value) => {
        const text = read(value.toFixed(12));
        expect(read(text)).toBe(text);
        expect(isCanonicalNumber(text)).toBe(true);
        expect(Number(text)).toBeCloseTo(value, 6);
      }),
    );
  });

  it("is the same for any text that only adds zeros and a plus sign", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 999_999 }), (whole, fraction) => {
        const text = `${String(whole)}.${String(fraction).padStart(6, "0")}`;
        const padded = text.replace(/^-?/, (sign) => `${sign === "" ? "+" : sign}000`);
        expect(read(`${padded}000`)).toBe(read(text));
      }),
    );
  });
});

describe("the canonical form", () => {
  it.each(["0", "7", "-7", ".5", "-.5", "1.25", "10", "-10.01", "9223372036854775807"])(
    "is recognised in %s",
    (text) => {
      expect(isCanonicalNumber(text)).toBe(true);
    },
  );

  it.each(["", "007", "0.5", "1.0", "-0", "+1", "1e3", " 1", "1 ", "abc", ".", "5.", "-"])(
    "is not seen in %j",
    (text) => {
      expect(isCanonicalNumber(text)).toBe(false);
    },
  );

  it("is not seen in more digits than a number can hold", () => {
    expect(isCanonicalNumber("12345678901234567890123")).toBe(false);
    expect(isCanonicalNumber("9223372036854775808")).toBe(false);
  });
});

describe("truth", () => {
  it.each([
    ["1", true],
    ["0", false],
    ["abc", false],
    ["5abc", true],
    ["", false],
    ["0.0001", true],
    ["-1", true],
  ])("of %j is %s", (text, truth) => {
    expect(isTrue(text)).toBe(truth);
  });
});

it("numbers of different kinds compare by size", () => {
  expect(compareNumbers(parseNumber(".1"), parseNumber(".2"))).toBe(-1);
  expect(compareNumbers(1, parseNumber("1"))).toBe(0);
  expect(compareNumbers(parseNumber("1e20"), 5)).toBe(1);
});

it("an object counts as its number and prints with its class", () => {
  const object = { kind: "object", id: 4, className: "A.B" } as const;
  expect(toNumber(object)).toBe(4);
  expect(toText(object)).toBe("4@A.B");
});
