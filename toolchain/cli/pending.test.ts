import { describe, expect, it } from "vitest";
import { pendingIn, withoutPending } from "./pending.mjs";
import { resourcesIn } from "./stack-files.mjs";

const operation = { type: "creating", resource: { urn: "urn:pulumi:dev::p::docker:x::box" } };

describe("a checkpoint", () => {
  it("tells what a killed run did not finish", () => {
    const latest = { resources: [], pending_operations: [operation] };

    expect(pendingIn(JSON.stringify({ checkpoint: { latest } }))).toEqual([operation]);
  });

  it("without unfinished operations has none", () => {
    expect(pendingIn(JSON.stringify({ checkpoint: { latest: { resources: [] } } }))).toEqual([]);
    expect(pendingIn(JSON.stringify({ checkpoint: {} }))).toEqual([]);
    expect(pendingIn(undefined)).toEqual([]);
  });

  it("tells how much is deployed", () => {
    expect(resourcesIn(JSON.stringify({ checkpoint: { latest: { resources: [{}] } } }))).toBe(1);
    expect(resourcesIn(JSON.stringify({ checkpoint: { latest: {} } }))).toBe(0);
    expect(resourcesIn(JSON.stringify({ checkpoint: { stack: "dev" } }))).toBe(0);
  });
});

describe("an exported state", () => {
  it("loses its unfinished operations and nothing else", () => {
    const deployment = { resources: [{ urn: "a" }], pending_operations: [operation] };
    const exported = JSON.stringify({ version: 3, deployment });

    expect(JSON.parse(withoutPending(exported))).toEqual({
      version: 3,
      deployment: { resources: [{ urn: "a" }] },
    });
  });
});
