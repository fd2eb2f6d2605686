import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareReferences } from "../collation.ts";
import { LocalNode } from "./local-node.ts";

const path = fc.array(fc.constantFrom("1", "2", "10", "a", "b", "-1"), { maxLength: 3 });

type Model = Map<string, readonly string[]>;

/** The same variable as a plain map, for comparison. */
function build(actions: readonly (readonly [boolean, readonly string[]])[]): {
  readonly node: LocalNode;
  readonly model: Model;
} {
  const node = new LocalNode();
  const model: Model = new Map();
  for (const [isSet, subscripts] of actions) {
    const key = JSON.stringify(subscripts);
    if (isSet) {
      node.demand(subscripts).value = key;
      model.set(key, subscripts);
      continue;
    }
    node.kill(subscripts);
    const gone = [...model].filter(([, found]) => isAtOrBelow(found, subscripts));
    for (const [other] of gone) model.delete(other);
  }
  return { node, model };
}

function isAtOrBelow(subscripts: readonly string[], place: readonly string[]): boolean {
  return place.every((part, level) => subscripts[level] === part);
}

const history = fc.array(fc.tuple(fc.boolean(), path), { maxLength: 40 });

describe("an array", () => {
  it("holds in order what was set and not killed, whatever happened before", () => {
    fc.assert(
      fc.property(history, (actions) => {
        const { node, model } = build(actions);
        const wanted = [...model.values()].sort(compareReferences);
        expect([...node.entries()].map(([subscripts]) => subscripts)).toEqual(wanted);
      }),
    );
  });

  it("is walked by $query forwards and backwards over every value", () => {
    fc.assert(
      fc.property(history, (actions) => {
        const { node, model } = build(actions);
        const wanted = [...model.values()].sort(compareReferences);
        const below = wanted.filter((subscripts) => subscripts.length > 0);
        expect(walk(node, [], 1)).toEqual(below);
        expect(walk(node, [""], -1)).toEqual([...wanted].reverse());
      }),
    );
  });

  it("knows $data of every node", () => {
    fc.assert(
      fc.property(history, path, (actions, asked) => {
        const { node, model } = build(actions);
        const hasValue = model.has(JSON.stringify(asked));
        const hasBelow = [...model.values()].some(
          (found) =>
            found.length > asked.length && asked.every((part, level) => found[level] === part),
        );
        expect(node.find(asked)?.data ?? 0).toBe((hasValue ? 1 : 0) + (hasBelow ? 10 : 0));
      }),
    );
  });
});

function walk(node: LocalNode, from: readonly string[], direction: 1 | -1): (readonly string[])[] {
  const found: (readonly string[])[] = [];
  let next = node.query(from, direction);
  while (next !== undefined) {
    found.push(next);
    next = node.query(next, direction);
  }
  return found;
}

it("$order from a key that is not there goes on behind it", () => {
  const node = new LocalNode();
  for (const key of ["1", "5", "a"]) node.demand([key]).value = key;
  expect(node.order(["3"], 1)).toBe("5");
  expect(node.order(["3"], -1)).toBe("1");
  expect(node.order([""], 1)).toBe("1");
  expect(node.order([""], -1)).toBe("a");
  expect(node.order(["a"], 1)).toBe("");
});

it("zkill takes the value and leaves what is below", () => {
  const node = new LocalNode();
  node.demand(["1"]).value = "x";
  node.demand(["1", "2"]).value = "y";
  node.killValue(["1"]);
  expect(node.find(["1"])?.data).toBe(10);
  node.killValue(["1", "2"]);
  expect(node.data).toBe(0);
});
