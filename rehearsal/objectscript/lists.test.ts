import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeList, elementAt, encodeList, isList, sliceList } from "./lists.ts";
import { parseNumber, toText } from "./numbers.ts";
import type { ListElement } from "./lists.ts";

const element: fc.Arbitrary<ListElement> = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((value) => parseNumber(value.toFixed(8))),
  fc.constant(undefined),
);

const shown = (elements: readonly ListElement[]): (string | undefined)[] =>
  elements.map((one) => (one === undefined ? undefined : toText(one)));

describe("a list", () => {
  it("gives back what was put in, whatever it is", () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 12 }), (elements) => {
        expect(shown(decodeList(encodeList(elements)))).toEqual(shown(elements));
      }),
    );
  });

  it("holds long texts in all three forms of length", () => {
    const texts = ["x".repeat(253), "x".repeat(254), "x".repeat(70_000), "☃".repeat(200)];
    expect(decodeList(encodeList(texts))).toEqual(texts);
  });

  it("is joined to another by joining the strings", () => {
    fc.assert(
      fc.property(fc.array(element), fc.array(element), (left, right) => {
        const joined = encodeList(left) + encodeList(right);
        expect(shown(decodeList(joined))).toEqual(shown([...left, ...right]));
      }),
    );
  });

  it("keeps the bytes the product uses for small elements", () => {
    expect(encodeList(["a"])).toBe("\u0003\u0001a");
    expect(encodeList([1])).toBe("\u0003\u0004\u0001");
    expect(encodeList([0])).toBe("\u0002\u0004");
    expect(encodeList([""])).toBe("\u0002\u0001");
    expect(encodeList([undefined])).toBe("\u0001");
  });

  it("inside a list is found again", () => {
    const inner = encodeList([1, "b"]);
    const [found] = decodeList(encodeList([inner]));
    expect(decodeList(found as string)).toEqual([1, "b"]);
  });

  it("is the empty text when it has no elements", () => {
    expect(encodeList([])).toBe("");
    expect(isList("")).toBe(true);
  });
});

it("ordinary text is no list, and asking it for elements is <LIST>", () => {
  expect(isList("abc")).toBe(false);
  expect(() => decodeList("abc")).toThrow("<LIST>");
  expect(isList("\u00ff")).toBe(false);
});

it("no text at all makes the decoder fail with anything but <LIST>", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 30 }), (text) => {
      if (isList(text)) decodeList(text);
      else expect(() => decodeList(text)).toThrow("<LIST>");
    }),
  );
});

it("a part of a list is a list", () => {
  const list = encodeList(["a", "b", "c", "d"]);
  expect(decodeList(sliceList(list, 2, 3))).toEqual(["b", "c"]);
  expect(sliceList(list, 5, 6)).toBe("");
  expect(decodeList(sliceList(list, 0, 9))).toHaveLength(4);
});

it("is walked from offset to offset", () => {
  const list = encodeList(["a", undefined]);
  const first = elementAt(list, 0);
  expect(first?.element).toBe("a");
  expect(elementAt(list, first?.next ?? 0)).toEqual({ element: undefined, next: list.length });
  expect(elementAt(list, list.length)).toBeUndefined();
});
