import { expect, test } from "vitest";
import { differences } from "./digest.ts";

test("names who holds less, and who holds something else", () => {
  const digests = new Map([
    ["A", { nodes: 2, hash: "x" }],
    ["B", { nodes: 2, hash: "x" }],
    ["C", { nodes: 1, hash: "y" }],
    ["D", { nodes: 2, hash: "z" }],
  ]);

  expect(differences(digests, 2)).toEqual(["C holds 1 nodes of 2", "D holds other values"]);
});

test("says when all members, the primary too, hold too little", () => {
  const digests = new Map([["A", { nodes: 1, hash: "x" }]]);

  expect(differences(digests, 2)).toEqual(["A holds 1 nodes of 2"]);
});
