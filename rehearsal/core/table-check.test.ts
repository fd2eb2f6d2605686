import { describe, expect, it } from "vitest";
import type { Row } from "./machine.ts";
import { checkTable } from "./table-check.ts";
import { transitions } from "./transitions.ts";

function rowOf(more: Partial<Row>): Row {
  return {
    id: "a",
    from: ["off"],
    event: "timer",
    to: "notMember",
    when: "sometimes",
    why: "because",
    source: "somewhere",
    applies: () => true,
    act: (state) => ({ state, effects: [] }),
    ...more,
  };
}

describe("the table", () => {
  it("is well formed as it is", () => {
    expect(checkTable(transitions)).toBe(transitions);
  });

  it.for<[string, Row[]]>([
    ["two rows are called a", [rowOf({}), rowOf({ event: "stored" })]],
    ["b is shadowed in phase off", [rowOf({ when: undefined }), rowOf({ id: "b" })]],
    ["phase trouble is never reached", [rowOf({}), rowOf({ id: "b", from: ["trouble"] })]],
    ["a does not say why", [rowOf({ why: "" })]],
    ["a does not say why", [rowOf({ source: "" })]],
  ])("is refused when %s", ([fault, rows]) => {
    expect(() => checkTable(rows)).toThrow(fault);
  });

  it("names a source or an assumption in every row", () => {
    const key = /^(Assumed: .+|[%A-Z][\w.%]*(_\w+)*.*)$/;

    expect(transitions.filter(({ source }) => !key.test(source))).toEqual([]);
  });
});
