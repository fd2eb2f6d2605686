import { expect, test } from "vitest";
import { budgets, copyLimitMs, patienceOf } from "./budgets.ts";

test("patience is 1 unless it is set", () => {
  expect(patienceOf({})).toBe(1);
  expect(patienceOf({ IRIS_MIRROR_PATIENCE: "" })).toBe(1);
  expect(patienceOf({ IRIS_MIRROR_PATIENCE: "2.5" })).toBe(2.5);
});

test.each(["0", "-1", "soon", "Infinity"])("patience %s is refused", (given) => {
  expect(() => patienceOf({ IRIS_MIRROR_PATIENCE: given })).toThrow(
    `IRIS_MIRROR_PATIENCE: "${given}" is not a positive number`,
  );
});

test.each([
  [0, 60],
  [1_200_000_000, 120],
  [9_600_000_000, 540],
  [100_000_000_000, 540],
])("a copy of %d bytes may take %d s, and a freeze never longer", (bytes, seconds) => {
  expect(copyLimitMs(bytes, budgets.copy)).toBeCloseTo(seconds * 1000);
});
