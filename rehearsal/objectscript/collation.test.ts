import fc from "fast-check";
import { expect, it } from "vitest";
import { compareReferences, compareSubscripts } from "./collation.ts";

const subscript = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.integer().map(String),
  fc.constantFrom("", "0", "-1", ".5", "-.5", "10", "9", "007", "1.0", "a", "A"),
);

it("puts the empty text first, numbers by size, then text by character", () => {
  const sorted = ["", "-10", "-.5", "0", ".5", "9", "10", "007", "1.0", "A", "a", "ab"];
  const shuffled = [...sorted].reverse();
  expect(shuffled.sort(compareSubscripts)).toEqual(sorted);
});

it("is a total order: antisymmetric and transitive", () => {
  fc.assert(
    fc.property(subscript, subscript, subscript, (a, b, c) => {
      expect(Math.sign(compareSubscripts(a, b))).toBe(-Math.sign(compareSubscripts(b, a)) + 0);
      if (compareSubscripts(a, b) <= 0 && compareSubscripts(b, c) <= 0) {
        expect(compareSubscripts(a, c)).toBeLessThanOrEqual(0);
      }
    }),
  );
});

it("compares numbers that are too long for a JavaScript number", () => {
  expect(compareSubscripts("9007199254740993", "9007199254740992")).toBe(1);
});

it("puts a node before everything below it", () => {
  expect(compareReferences(["a"], ["a", "1"])).toBeLessThan(0);
  expect(compareReferences(["a", "2"], ["a", "10"])).toBeLessThan(0);
  expect(compareReferences(["b"], ["a", "1"])).toBeGreaterThan(0);
});
