import { describe, expect, it } from "vitest";
import { arbiterGoesFirst, type RollMembers, rollOrder } from "./roll.ts";
import type { Seen } from "./seen.ts";
import { emptyEngine, healthyAsyncs, healthyStack } from "./testing/engines.ts";

const unchanged = { container: "mirrorA", specification: "as wanted" };
const changed: RollMembers = {
  failover: {
    mirrorA: { container: "mirrorA", specification: "new" },
    mirrorB: { container: "mirrorB", specification: "new" },
  },
  async: {},
};
const oneChanged: RollMembers = {
  ...changed,
  failover: { ...changed.failover, mirrorA: unchanged },
};

/** The healthy stack after a failover. */
const failedOver: Seen = {
  ...healthyStack,
  members: {
    mirrorA: healthyStack.members["mirrorB"] ?? { reachable: false, why: "" },
    mirrorB: healthyStack.members["mirrorA"] ?? { reachable: false, why: "" },
  },
};

describe("the roll", () => {
  it("replaces the backup first and waits for it before the primary", () => {
    expect(rollOrder(changed, healthyStack)).toEqual({ mirrorA: "mirrorB" });
  });

  it("follows the role of today, not the order of names", () => {
    expect(rollOrder(changed, failedOver)).toEqual({ mirrorB: "mirrorA" });
  });

  it("has no order for a first deploy, for one container, and where nothing is formed", () => {
    const members = {
      mirrorA: { reachable: false as const, why: "" },
      mirrorB: { reachable: false as const, why: "" },
    };

    expect(rollOrder(changed, emptyEngine)).toEqual({});
    expect(rollOrder(oneChanged, healthyStack)).toEqual({});
    expect(rollOrder(changed, { ...healthyStack, members })).toEqual({});
  });

  it("keeps an order when only one of the two can be asked", () => {
    const members = {
      ...healthyStack.members,
      mirrorB: { reachable: false as const, why: "starting" },
    };

    expect(rollOrder(changed, { ...healthyStack, members })).toEqual({ mirrorA: "mirrorB" });
  });

  it("takes the asyncs before the pair, one after another, and only those that change", () => {
    const asyncs = Object.fromEntries(
      ["dr1", "report1"].map((key) => [key, { container: key, specification: "new" }]),
    );
    const wish = { ...changed, async: asyncs };

    expect(rollOrder(wish, healthyAsyncs)).toEqual({
      ...{ report1: "dr1", mirrorB: "report1", mirrorA: "mirrorB" },
    });
    const still = { dr1: { container: "dr1", specification: "as wanted" } };
    expect(rollOrder({ ...changed, async: still }, healthyAsyncs)).toEqual({ mirrorA: "mirrorB" });
    const arbiter = { container: "arbiter", specification: "new" };
    expect(arbiterGoesFirst(arbiter, { failover: {}, async: asyncs }, healthyAsyncs)).toBe(true);
  });

  it("lets the arbiter go first when it changes together with a member, and only then", () => {
    const arbiter = { container: "arbiter", specification: "new" };

    expect(arbiterGoesFirst(arbiter, changed, healthyStack)).toBe(true);
    expect(
      arbiterGoesFirst(arbiter, { failover: { mirrorA: unchanged }, async: {} }, healthyStack),
    ).toBe(false);
    expect(arbiterGoesFirst(arbiter, changed, emptyEngine)).toBe(false);
    expect(arbiterGoesFirst(undefined, changed, healthyStack)).toBe(false);
  });
});
