import { expect, test } from "vitest";
import { patienceOf } from "./budgets.ts";

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
