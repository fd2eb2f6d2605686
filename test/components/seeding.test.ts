/** Databases that hold data already: what preview and up say of them, and what the steps are told.
 *  Not proven here: that the steps then do it; a scenario on real containers shows that. */

import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asyncTopology, healthyAsyncs } from "../../components/plan/testing/engines.ts";
import type { MemberSeen, Seen } from "../../components/plan/seen.ts";
import { deployProgram, worldOf } from "./worlds.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** A member with an ordinary COMPANY of that size. */
function ordinary(member: MemberSeen | undefined, bytes: number): MemberSeen {
  if (member?.reachable !== true) throw new Error("the example has no such member");
  const others = Object.entries(member.databases).filter(([name]) => name !== "COMPANY");
  return { ...member, databases: Object.fromEntries(others), ordinary: { COMPANY: bytes } };
}

const { mirrorA, mirrorB } = healthyAsyncs.members;
const seen: Seen = {
  ...healthyAsyncs,
  members: {
    ...healthyAsyncs.members,
    mirrorA: ordinary(mirrorA, 5_000_000),
    mirrorB: ordinary(mirrorB, 2_000_000),
  },
};

/** What a run tells a person, beside its resources. */
async function saidIn(world: Seen, preview: boolean): Promise<string[]> {
  const info = vi.spyOn(pulumi.log, "info").mockResolvedValue();
  await deployProgram(asyncTopology, worldOf(world, preview));
  return info.mock.calls.map(([text]) => text);
}

describe("a database that holds data already", () => {
  it.each([
    ["preview", true],
    ["up", false],
  ])("is told before it is touched, in %s", async (_run, preview) => {
    expect(await saidIn(seen, preview)).toEqual([
      "COMPANY: the ordinary database on mirrorA (5 MB) goes into the mirror with its data",
      "COMPANY on mirrorB: gets a copy from a member that has it; the ordinary database there " +
        "(2 MB) is set aside beside its directory, not deleted",
      "COMPANY on dr1: gets a copy from a member that has it",
      "COMPANY on report1: gets a copy from a member that has it",
    ]);
  });

  it("is no word in a healthy stack", async () => {
    expect(await saidIn(healthyAsyncs, true)).toEqual([]);
  });

  it("is drift of the steps that are known, with the reason", async () => {
    const stored = { COMPANY: "none", "mirrorB-databases": "none" };
    const { markers } = await deployProgram(asyncTopology, worldOf(seen, true, stored));

    expect(markers).toEqual({
      COMPANY:
        "database COMPANY is not in the mirror on the primary mirrorA, where it is an ordinary " +
        "one (repair 1)",
      "mirrorB-databases":
        "database COMPANY on mirrorB is an ordinary one, which a copy will replace (repair 1)",
    });
  });

  it("comes to a member from the pair: no step names an async as a source", async () => {
    const deployed = await deployProgram(asyncTopology, worldOf(healthyAsyncs, false));

    for (const member of ["mirrorA", "mirrorB", "dr1", "report1"]) {
      const { inputs } = deployed.resource(`${member}-databases`);
      const { failover } = JSON.parse(String(inputs["stdin"])) as { failover: { name: string }[] };
      expect(failover.map(({ name }) => name)).toEqual(["mirrorA", "mirrorB"]);
    }
  });
});
