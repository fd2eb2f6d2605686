import { describe, expect, it } from "vitest";
import { exchanged, leavingMembers, type Staying, withoutHeir } from "./leaving.ts";
import { leavingTold } from "./leaving-notes.ts";
import type { MemberSeen, Seen } from "./seen.ts";
import { emptyEngine, healthyAsyncs, healthyStack } from "./testing/engines.ts";

/** A state in which these steps stand. */
const stateOf = (...steps: string[]) => Object.fromEntries(steps.map((step) => [step, "none"]));
const deployed = stateOf("mirror-form", "mirrorA-join", "mirrorB-join", "COMPANY", "PERSONAL");

function staying(...failover: string[]): Staying {
  return { stack: "dev", mirror: "MIRRORSET", failover, asyncs: [] };
}

/** Another one is primary. */
function ledBy(primary: string): Seen {
  const members = Object.entries(healthyStack.members).map(([key, member]) => [
    key,
    { ...member, status: key === primary ? "PRIMARY" : "BACKUP" },
  ]);
  return { ...healthyStack, members: Object.fromEntries(members) as Seen["members"] };
}

function withStatus(key: string, status: string, seen: Seen): Seen {
  const member = { ...seen.members[key], status } as MemberSeen;
  return { ...seen, members: { ...seen.members, [key]: member } };
}

describe("a member leaves", () => {
  it("when the state has it and the topology has not", () => {
    expect(leavingMembers(staying("mirrorA"), emptyEngine, deployed)).toEqual(["mirrorB"]);
    expect(leavingMembers(staying("mirrorA", "mirrorB"), healthyStack, deployed)).toEqual([]);
  });

  it("when only its container is left to tell, and the arbiter never", () => {
    const asyncs = { ...staying("mirrorA"), asyncs: ["report1"] };

    expect(leavingMembers(asyncs, healthyAsyncs, {})).toEqual(["dr1", "mirrorB"]);
    expect(leavingMembers({ ...asyncs, stack: "prod" }, healthyAsyncs, {})).toEqual([]);
  });
});

describe("an exchange in one step is refused", () => {
  const pathsOf = (wish: Staying, seen: Seen, stored = deployed) =>
    exchanged(wish, seen, stored).map(({ path, given }) => `${path}: ${given}`);

  it("for one member, whatever its volume is", () => {
    const once = { "dev-mirrorC-data": { exists: true, stack: "dev", member: "mirrorC" } };
    const seen = { ...healthyStack, volumes: { ...healthyStack.volumes, ...once } };

    for (const each of [healthyStack, seen]) {
      expect(pathsOf(staying("mirrorA", "mirrorC"), each)).toEqual([
        "failover.mirrorC: mirrorC in place of mirrorB",
      ]);
    }
  });

  it("for both, though nobody that holds the mirror is in the topology any more", () => {
    const both = [
      "failover.c: c in place of mirrorA, mirrorB",
      "failover.d: d in place of mirrorA, mirrorB",
    ];

    expect(pathsOf(staying("c", "d"), { ...healthyStack, members: {} })).toEqual(both);
    expect(pathsOf(staying("c", "d"), healthyStack, {})).toEqual(both);
    expect(pathsOf(staying("c"), healthyStack)).toHaveLength(1);

    const begun = { c: { state: "running", stack: "dev", member: "c" } };
    const silent = { ...healthyStack, containers: { ...healthyStack.containers, ...begun } };
    expect(pathsOf(staying("mirrorA", "c"), silent)).toHaveLength(1);
  });

  it("and nothing else is: a member that goes, one that comes, one of before there was a mirror", () => {
    const single = stateOf("mirror-form", "mirrorA-join");
    const alone = { ...healthyStack, containers: {}, members: {} };

    expect(pathsOf(staying("mirrorA"), healthyStack)).toEqual([]);
    expect(pathsOf(staying("mirrorA", "mirrorB"), alone, single)).toEqual([]);
    expect(pathsOf(staying("c", "d"), alone, stateOf("mirrorA-ready"))).toEqual([]);
    expect(pathsOf(staying("mirrorA", "mirrorB"), healthyStack, {})).toEqual([]);
  });
});

describe("a primary leaves", () => {
  it("while the other one is an active backup, or may be when its turn comes", () => {
    const silent = {
      ...ledBy("mirrorB").members,
      mirrorA: { reachable: false as const, why: "x" },
    };

    expect(withoutHeir(staying("mirrorA"), ledBy("mirrorB"), deployed)).toEqual([]);
    expect(withoutHeir(staying("mirrorA"), { ...healthyStack, members: silent }, deployed)).toEqual(
      [],
    );
  });

  it("and is refused while the other one says that it is not", () => {
    const seen = withStatus("mirrorA", "SYNCHRONIZING", ledBy("mirrorB"));

    expect(withoutHeir(staying("mirrorA"), seen, deployed)).toMatchObject([
      { given: "no mirrorB, which is the primary, while mirrorA is SYNCHRONIZING" },
    ]);
    expect(withoutHeir(staying("mirrorB"), seen, deployed)).toEqual([]);
  });
});

describe("what will happen", () => {
  const told = (wish: Staying, seen: Seen, names = ["COMPANY", "PERSONAL"]) =>
    leavingTold({ ...wish, databases: names.map((name) => ({ name })) }, seen, deployed);
  const impossible = "a failover is impossible then: mirrorA is the only failover member";

  it("is said of a backup and of a primary", () => {
    expect(told(staying("mirrorA"), ledBy("mirrorA")).notes).toEqual([
      `mirrorB leaves the mirror, and its volume stays; ${impossible}`,
    ]);
    expect(told(staying("mirrorA"), ledBy("mirrorB")).notes).toEqual([
      "mirrorB leaves the mirror, and its volume stays; it is primary, so mirrorA takes over first" +
        `; ${impossible}`,
    ]);
  });

  it("is said of an async, and of a database", () => {
    const pair = staying("mirrorA", "mirrorB");

    expect(told({ ...pair, asyncs: ["report1"] }, healthyAsyncs, ["PERSONAL"])).toEqual({
      notes: [
        "dr1 leaves the mirror, and its volume stays",
        "COMPANY leaves the mirror, on the primary first; its files stay on every member as an " +
          "ordinary database",
      ],
      warnings: [],
    });
    expect(told(pair, healthyStack)).toEqual({ notes: [], warnings: [] });
  });

  it("is a warning where no container is left to leave by", () => {
    const { mirrorB: gone, ...containers } = healthyStack.containers;
    expect(gone).toBeDefined();

    const { notes, warnings } = told(staying("mirrorA"), { ...healthyStack, containers });

    expect(notes).toEqual([]);
    expect(warnings).toMatchObject([expect.stringContaining("mirrorB has no container")]);
  });
});
