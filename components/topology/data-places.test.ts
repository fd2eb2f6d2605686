/** Where the data of members may lie. */

import { describe, expect, it } from "vitest";
import { readTopology } from "../topology.ts";

const sound = {
  name: "MIRRORSET",
  failover: { mirrorA: {}, mirrorB: {} },
  databases: { COMPANY: {} },
};

describe("where data lie", () => {
  it("may be directories of the host, and a durable directory as in the article", () => {
    const { faults } = readTopology({
      ...sound,
      durableDirectory: "/shared/durable",
      failover: {
        mirrorA: { data: { bind: "./sharedA" } },
        mirrorB: { data: { bind: "../sharedA" } },
      },
    });

    expect(faults).toEqual([]);
  });

  it.for([
    {
      what: "a directory of two members",
      change: {
        failover: { mirrorA: { data: { bind: "./a" } }, mirrorB: { data: { bind: "./b/../a/" } } },
      },
      at: "failover.mirrorB.data.bind",
    },
    {
      what: "a directory in another member's",
      change: {
        failover: { mirrorA: { data: { bind: "./a/b" } } },
        async: { dr1: { type: "dr", data: { bind: "./a" } } },
      },
      at: "async.dr1.data.bind",
    },
    {
      what: "data in what could be a volume's name",
      change: { failover: { mirrorA: { data: { bind: "sharedA" } } } },
      at: "failover.mirrorA.data.bind",
    },
    {
      what: "a durable directory that is the mount itself",
      change: { durableDirectory: "/shared" },
      at: "durableDirectory",
    },
    {
      what: "a database outside the durable directory's mount",
      change: { durableDirectory: "/shared/durable", databases: { A: { directory: "/dur/x/" } } },
      at: "databases.A.directory",
    },
  ])("is refused for $what, at its place", ({ change, at }) => {
    expect(readTopology({ ...sound, ...change }).faults.map(({ path }) => path)).toEqual([at]);
  });
});
