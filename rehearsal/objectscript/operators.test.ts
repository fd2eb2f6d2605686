import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  divide,
  divideWhole,
  modulo,
  multiply,
  power,
  subtract,
  add,
  negate,
} from "./arithmetic.ts";
import { numberText, parseNumber } from "./numbers.ts";
import { binaryOperations } from "./operators.ts";
import type { Numeric, Value } from "./value.ts";

const shown = (value: Numeric): string => numberText(value);

function apply(left: Value, operator: string, right: Value): Value {
  const operation = binaryOperations[operator];
  if (operation === undefined) throw new Error(`no operator ${operator}`);
  return operation(left, right);
}

describe("arithmetic", () => {
  it("shows no binary fraction", () => {
    expect(shown(add(parseNumber(".1"), parseNumber(".2")))).toBe(".3");
    expect(shown(subtract(parseNumber("1"), parseNumber(".9")))).toBe(".1");
    expect(shown(multiply(parseNumber("1.1"), parseNumber("1.1")))).toBe("1.21");
  });

  it("keeps 19 digits of a quotient", () => {
    expect(shown(divide(1, 3))).toBe(".3333333333333333333");
    expect(shown(divide(2, 3))).toBe(".6666666666666666667");
    expect(shown(divide(10, 4))).toBe("2.5");
  });

  it("cuts the whole quotient towards zero", () => {
    expect(shown(divideWhole(-7, 2))).toBe("-3");
    expect(shown(divideWhole(parseNumber("7.9"), 2))).toBe("3");
  });

  it("gives the rest the sign of the right side", () => {
    expect(shown(modulo(-7, 3))).toBe("2");
    expect(shown(modulo(7, -3))).toBe("-2");
    expect(shown(modulo(parseNumber("7.5"), 2))).toBe("1.5");
    expect(shown(modulo(6, 3))).toBe("0");
  });

  it.each([
    [2, "10", "1024"],
    [2, "-1", ".5"],
    [2, ".5", "1.414213562373095049"],
    [-2, "3", "-8"],
    [0, "0", "1"],
    [0, "5", "0"],
  ])("%d to the power of %s is %s", (base, exponent, result) => {
    expect(shown(power(base, exponent))).toBe(result);
  });

  it("refuses what has no result", () => {
    expect(() => divide(1, 0)).toThrow("<DIVIDE>");
    expect(() => divideWhole(1, "abc")).toThrow("<DIVIDE>");
    expect(() => modulo(1, 0)).toThrow("<DIVIDE>");
    expect(() => power(0, -1)).toThrow("<DIVIDE>");
    expect(() => power(-8, parseNumber(".5"))).toThrow("<ILLEGAL VALUE>");
    expect(() => power(10, 200)).toThrow("<MAXNUMBER>");
  });

  it("never shows a negative zero", () => {
    expect(shown(multiply(-1, 0))).toBe("0");
    expect(shown(negate(0))).toBe("0");
    expect(shown(divideWhole(-1, 2))).toBe("0");
  });

  it("agrees with whole numbers of any size", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
        const exact = BigInt(a) + BigInt(b);
        expect(shown(add(a, b))).toBe(exact.toString());
        const rest = modulo(a, b === 0 ? 1 : b);
        const whole = BigInt(b === 0 ? 1 : b);
        const wanted = ((BigInt(a) % whole) + whole) % whole;
        expect(shown(rest)).toBe((wanted === 0n ? 0n : wanted).toString());
      }),
    );
  });
});

describe("comparison", () => {
  it.each<[Value, string, Value, number]>([
    ["1.0", "=", 1, 0],
    [parseNumber("1.0"), "=", 1, 1],
    ["1", "=", 1, 1],
    ["a", "'=", "b", 1],
    [2, "<", "10", 1],
    ["abc", "<", 1, 1],
    [2, ">=", 2, 1],
    [2, "'<", 2, 1],
    [2, "'>", 1, 0],
    ["abcd", "[", "bc", 1],
    ["abcd", "'[", "x", 1],
    ["b", "]", "a", 1],
    ["10", "]", "9", 0],
    ["10", "]]", "9", 1],
    ["a", "]]", "10", 1],
    ["", "]]", "10", 0],
    [1, "&", 0, 0],
    [1, "!", 0, 1],
    [0, "'!", 0, 1],
    [1, "'&", 1, 0],
  ])("%s %s %s is %d", (left, operator, right, result) => {
    expect(apply(left, operator, right)).toBe(result);
  });

  it("a comparison and its denial never agree", () => {
    const operators = ["=", "<", ">", "<=", ">=", "[", "]", "]]", "&", "!"];
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom(...operators), (a, b, operator) => {
        expect(Number(apply(a, operator, b)) + Number(apply(a, `'${operator}`, b))).toBe(1);
      }),
    );
  });
});

it("joining more than a string can hold is <MAXSTRING>", () => {
  const half = "x".repeat(2_000_000);
  expect(() => apply(half, "_", half)).toThrow("<MAXSTRING>");
});
