import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareReferences } from "../objectscript/collation.ts";
import { isCanonicalNumber } from "../objectscript/numbers.ts";
import { decodeName, decodeSubscripts } from "./key-decode.ts";
import { descendantsFrom, encodeKey, subtreeEnd } from "./key.ts";
import { slowMs } from "./testing/budgets.ts";
import { anySubscript } from "./testing/arbitraries.ts";

const reference = fc.array(anySubscript, { maxLength: 4 });

describe("keys of stored nodes", () => {
  test(
    "their byte order is the collation order of the language",
    () => {
      fc.assert(
        fc.property(reference, reference, (left, right) => {
          const bytes = Buffer.compare(encodeKey("x", left), encodeKey("x", right));
          expect(Math.sign(bytes)).toBe(Math.sign(compareReferences(left, right)));
        }),
        { numRuns: 5000 },
      );
    },
    slowMs,
  );

  test(
    "a key read back gives the same global and subscripts",
    () => {
      fc.assert(
        fc.property(reference, (subscripts) => {
          const key = encodeKey("%Demo.x1", subscripts);
          expect(decodeName(key).name).toBe("%Demo.x1");
          expect(decodeSubscripts(key)).toEqual(subscripts);
        }),
        { numRuns: 3000 },
      );
    },
    slowMs,
  );

  test(
    "the descendants of a node are one range, and nothing else is in it",
    () => {
      fc.assert(
        fc.property(reference, reference, (node, candidate) => {
          const key = encodeKey("x", node);
          const other = encodeKey("x", candidate);
          const isInRange =
            Buffer.compare(other, descendantsFrom(key)) >= 0 &&
            Buffer.compare(other, subtreeEnd(key)) < 0;
          const isDescendant =
            candidate.length > node.length &&
            node.every((text, level) => candidate[level] === text);
          expect(isInRange).toBe(isDescendant);
        }),
        { numRuns: 3000 },
      );
      const node = encodeKey("x", ["a"]);
      const sibling = encodeKey("x", ["a\0b"]);
      expect(Buffer.compare(sibling, subtreeEnd(node))).toBe(1);
    },
    slowMs,
  );

  test("numbers sort by size whatever their length", () => {
    const numbers = [
      "-1000000000000",
      "-10",
      "-9.5",
      "-.05",
      "0",
      ".00001",
      ".5",
      "9",
      "10",
      "1234",
    ];
    expect(numbers.every(isCanonicalNumber)).toBe(true);
    const sorted = numbers
      .toReversed()
      .sort((left, right) => Buffer.compare(encodeKey("x", [left]), encodeKey("x", [right])));
    expect(sorted).toEqual(numbers);
  });

  test("globals whose names begin alike do not mix", () => {
    const end = subtreeEnd(encodeKey("ab", []));
    expect(Buffer.compare(encodeKey("abc", []), end)).toBe(1);
    expect(Buffer.compare(encodeKey("ab", ["zz"]), end)).toBe(-1);
  });

  test("only the first 31 characters of a name count", () => {
    const name = "a".repeat(31);
    expect(encodeKey(`${name}b`, ["1"])).toEqual(encodeKey(name, ["1"]));
  });

  test("more than 511 encoded characters are <SUBSCRIPT>, than 253 levels <SYNTAX>", () => {
    expect(() => encodeKey("x", ["a".repeat(509)])).not.toThrow();
    expect(() => encodeKey("x", ["a".repeat(510)])).toThrow("<SUBSCRIPT>");
    expect(() => encodeKey("x", ["ä".repeat(300)])).toThrow("<SUBSCRIPT>");
    expect(() => encodeKey("x", new Array<string>(254).fill("1"))).toThrow("<SYNTAX>");
  });
});
