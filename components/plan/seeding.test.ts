import { describe, expect, it } from "vitest";
import { readTopology } from "../topology.ts";
import type { DriftSeen, DriftWish } from "./drift.ts";
import { seedingNotes } from "./seeding.ts";
import type { ReachedMember } from "./seen.ts";
import { asyncTopology, emptyEngine, healthyAsyncs, healthyStack } from "./testing/engines.ts";
import { contents, heldBy } from "./wishes.ts";

const { draft } = readTopology(asyncTopology);
const member = (key: string) => [key, { volume: `dev-${key}-data`, ...heldBy(key, draft) }];
const wish: DriftWish = {
  mirror: "MIRRORSET",
  failover: Object.fromEntries(["mirrorA", "mirrorB"].map(member)) as DriftWish["failover"],
  async: Object.fromEntries(["dr1", "report1"].map(member)) as DriftWish["async"],
  databases: contents(draft).databases,
  apps: [],
};

/** The healthy stack in which some members have these ordinary databases instead. */
function withOrdinary(ordinary: Readonly<Record<string, Readonly<Record<string, number>>>>) {
  const members = Object.entries(healthyAsyncs.members).map(([key, seen]) => {
    const own = ordinary[key];
    if (!seen.reachable || own === undefined) return [key, seen];
    const databases = Object.fromEntries(
      Object.entries(seen.databases).filter(([name]) => !(name in own)),
    );
    return [key, { ...seen, databases, ordinary: own } satisfies ReachedMember];
  });
  return { ...healthyAsyncs, members: Object.fromEntries(members) as DriftSeen["members"] };
}

describe("what seeding will do", () => {
  it("is nothing in a healthy stack, on an empty engine, and to databases that are new", () => {
    expect(seedingNotes(wish, healthyAsyncs)).toEqual([]);
    expect(seedingNotes(wish, emptyEngine)).toEqual([]);
    const missing = withOrdinary({ mirrorA: {}, mirrorB: {} });
    expect(seedingNotes(wish, missing)).toEqual([]);
  });

  it("names the member whose data go into the mirror, and everybody who gets a copy", () => {
    const seen = withOrdinary({
      mirrorA: { COMPANY: 12_000_001 },
      mirrorB: { COMPANY: 3_000_000 },
      dr1: { COMPANY: 1 },
      report1: { COMPANY: 1 },
    });

    expect(seedingNotes(wish, seen)).toEqual([
      "COMPANY: the ordinary database on mirrorA (13 MB) goes into the mirror with its data",
      ...[
        ["mirrorB", 3],
        ["dr1", 1],
        ["report1", 1],
      ].map(
        ([key, size]) =>
          `COMPANY on ${key}: gets a copy from a member that has it; the ordinary database there ` +
          `(${size} MB) is set aside beside its directory, not deleted`,
      ),
    ]);
  });

  it("names a member that came back with ordinary databases, and only what it holds", () => {
    const seen = withOrdinary({ report1: { COMPANY: 5, CUSTOMER: 5 } });

    expect(seedingNotes(wish, seen)).toEqual([
      "COMPANY on report1: gets a copy from a member that has it; the ordinary database there " +
        "(1 MB) is set aside beside its directory, not deleted",
    ]);
  });

  it("counts on the first failover member before the mirror is formed", () => {
    const outside = (key: string, bytes: Record<string, number>) => {
      const seen = healthyStack.members[key];
      if (seen?.reachable !== true) throw new Error(key);
      return { ...seen, mirror: undefined, status: "NOTINIT", databases: {}, ordinary: bytes };
    };
    const members = {
      mirrorA: outside("mirrorA", { COMPANY: 1 }),
      mirrorB: outside("mirrorB", {}),
    };

    expect(seedingNotes({ ...wish, async: {} }, { ...healthyStack, members })).toEqual([
      "COMPANY: the ordinary database on mirrorA (1 MB) goes into the mirror with its data",
      "COMPANY on mirrorB: gets a copy from a member that has it",
    ]);
  });

  it("is not guessed while nobody is primary", () => {
    const seen = withOrdinary({ mirrorB: { COMPANY: 1 } });
    const { mirrorA } = seen.members;
    if (mirrorA?.reachable !== true) throw new Error("mirrorA");
    const members = { ...seen.members, mirrorA: { ...mirrorA, status: "TRANSITION" } };

    expect(seedingNotes(wish, { ...seen, members })).toEqual([]);
  });
});
