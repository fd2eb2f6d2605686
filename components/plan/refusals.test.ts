import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTopology } from "../topology.ts";
import type { Fault } from "./fault.ts";
import { chooseImages } from "./image.ts";
import type { StoredMarkers } from "./marker.ts";
import { refusals } from "./refusals.ts";
import type { MemberSeen, Seen } from "./seen.ts";
import { refusalWish } from "./survey.ts";
import {
  asyncTopology,
  devTopology,
  emptyEngine,
  healthyAsyncs,
  healthyStack,
} from "./testing/engines.ts";

/** Faults of a topology against what was seen. */
function met(seen: Seen, topology: object = devTopology, stored: StoredMarkers = {}): Fault[] {
  const { draft, faults } = readTopology(topology);
  expect(faults).toEqual([]);
  return refusals(refusalWish(draft, "dev", chooseImages(draft, seen.rehearsal)), seen, stored);
}

function paths(seen: Seen, topology?: object): string[] {
  return met(seen, topology).map(({ path }) => path);
}

function changedMember(key: string, change: object): Seen {
  const member = { ...healthyStack.members[key], ...change } as MemberSeen;
  return { ...healthyStack, members: { ...healthyStack.members, [key]: member } };
}

describe("what is in the way", () => {
  it("is nothing on an empty engine, nor on the stack's own", () => {
    expect(met(emptyEngine)).toEqual([]);
    expect(met(healthyStack)).toEqual([]);
  });

  it("is one fault alone when no engine answers", () => {
    const faults = met({ ...emptyEngine, docker: { reachable: false, why: "connection refused" } });

    expect(faults).toMatchObject([{ path: "", given: "connection refused" }]);
  });

  it("is named with its owner: container, volume and network", () => {
    const seen: Seen = {
      ...emptyEngine,
      containers: {
        mirrorA: { state: "exited" },
        mirrorB: { state: "running", stack: "prod", member: "mirrorB" },
        arbiter: { state: "running", stack: "dev", member: "mirrorB" },
      },
      volumes: { "dev-mirrorA-data": { exists: true, stack: "prod", member: "mirrorA" } },
      network: { id: "n" },
    };

    expect(met(seen).map(({ path, given }) => `${path}: ${given}`)).toEqual([
      'arbiter.name: the container "arbiter" exists, and it belongs to mirrorB of this stack',
      'failover.mirrorA: the container "mirrorA" exists, and it was not made by this project',
      'failover.mirrorB: the container "mirrorB" exists, and it belongs to the stack "prod"',
      'failover.mirrorA: the volume "dev-mirrorA-data" exists, and it belongs to the stack "prod"',
      ': the network "dev-mirror" exists, and it was not made by this project',
    ]);
  });

  describe("of data in directories of the host", () => {
    const pair = { mirrorA: { data: { bind: "./a" } }, mirrorB: { data: { bind: "./b" } } };
    const topology = { ...devTopology, failover: pair };
    const found = (a: object, b: object): Seen => ({
      ...emptyEngine,
      directories: {
        "./a": { kind: "filled", real: "/p/a", users: [], ...a },
        "./b": { kind: "empty", real: "/p/b", users: [], ...b },
      },
    });

    it("is nothing when they are empty, or their own members'", () => {
      expect(met(found({}, {}), topology)).toEqual([]);
      const users = [{ name: "mirrorA", stack: "dev", member: "mirrorA" }];
      expect(met(found({ users }, {}), topology)).toEqual([]);
    });

    it("is one that is not there, one twice, and one that another container mounts", () => {
      const seen = found({ kind: "missing" }, { real: "/p/a", users: [{ name: "old" }] });

      expect(met(seen, topology).map(({ path, given }) => `${path}: ${given}`)).toEqual([
        'failover.mirrorA.data.bind: "./a", which does not exist',
        'failover.mirrorB.data.bind: "./b", which is the same directory as at ' +
          "failover.mirrorA.data.bind",
        'failover.mirrorB.data.bind: "./b", which the container "old" mounts',
      ]);
    });
  });

  it("is a port that somebody else has, and never one of our own", () => {
    const taken = (owner: object): Seen => ({
      ...healthyStack,
      ports: [{ address: "127.0.0.1", port: 52775, holder: 'container "x"', ...owner }],
    });

    expect(met(taken({}))).toMatchObject([
      { path: "failover.mirrorA.webPort", given: '52775, which container "x" has on 127.0.0.1' },
    ]);
    expect(paths(taken({ stack: "prod", member: "mirrorA" }))).toEqual([
      "failover.mirrorA.webPort",
    ]);
    expect(paths(taken({ stack: "dev", member: "mirrorA" }))).toEqual([]);
  });

  it("is an image that is not there, with the way to get it", () => {
    expect(met({ ...emptyEngine, images: {} })).toMatchObject([
      { path: "engine", remedy: "build it with npm run up" },
      { path: "arbiter", remedy: "build it with npm run up" },
    ]);
    const iris = {
      ...devTopology,
      engine: "iris",
      image: "iris:1",
      licenseKey: "./iris.key",
      arbiter: { image: "arbiter:1" },
    };
    const seen: Seen = { ...emptyEngine, files: { "./iris.key": "file" } };
    expect(paths(seen, iris)).toEqual(["image", "arbiter.image"]);
  });

  it.for([
    { kind: "missing", says: "does not exist" },
    { kind: "directory", says: "is a folder" },
    { kind: "unreadable", says: "cannot be read" },
  ] as const)("is a licence key that $says", ({ kind, says }) => {
    const topology = {
      ...devTopology,
      engine: "iris",
      image: "iris:1",
      licenseKey: "./iris.key",
      arbiter: false,
    };
    const seen: Seen = {
      ...emptyEngine,
      images: { "iris:1": "sha256:1" },
      files: { "./iris.key": kind },
    };

    expect(met(seen, topology)).toMatchObject([
      { path: "licenseKey", given: `"./iris.key", which ${says}` },
    ]);
  });
});

describe("a topology against a formed mirror", () => {
  it("may not name it differently", () => {
    expect(met(healthyStack, { ...devTopology, name: "OTHER" })).toMatchObject([
      { path: "name", given: "OTHER, but mirrorA is in the mirror MIRRORSET" },
      { path: "name", given: "OTHER, but mirrorB is in the mirror MIRRORSET" },
    ]);
  });

  it("may not move its databases", () => {
    const moved = { ...devTopology, durableDirectory: "/shared/durable" };

    expect(met(healthyStack, moved)).toMatchObject(
      ["COMPANY", "CUSTOMER", "PERSONAL"].map((name) => ({ path: `databases.${name}` })),
    );
  });

  it("may differ from it in case", () => {
    expect(met(healthyStack, { ...devTopology, name: "mirrorset" })).toEqual([]);
  });

  it("may not change arbiter and QoS timeout, which only a person can", () => {
    expect(paths(healthyStack, { ...devTopology, arbiter: false, qosTimeoutMs: 2000 })).toEqual([
      "arbiter",
      "qosTimeoutMs",
    ]);
    expect(paths(healthyStack, { ...devTopology, arbiter: { port: 2189 } })).toEqual(["arbiter"]);
  });

  it("stops at two mirrors of one name", () => {
    const mirror = { name: "MIRRORSET", guid: "G-2", arbiter: "arbiter|2188", qosTimeoutMs: 8000 };

    expect(met(changedMember("mirrorB", { mirror }))).toMatchObject([
      {
        path: "failover",
        given: "two mirrors named MIRRORSET, on mirrorA and mirrorB",
      },
    ]);
  });

  it("may not exchange a member in one step", () => {
    const exchanged = { ...devTopology, failover: { mirrorA: {}, mirrorC: {} } };

    expect(met(healthyStack, exchanged)).toMatchObject([
      { path: "failover.mirrorC", given: "mirrorC in place of mirrorB" },
    ]);
    expect(met(healthyStack, { ...devTopology, failover: { mirrorA: {} } })).toEqual([]);
  });

  it("may not make another kind of a member: a person does, and the topology follows", () => {
    const dr = { ...asyncTopology.async.dr1, type: "reportingReadOnly" };
    const { report1 } = asyncTopology.async;

    expect(met(healthyAsyncs, asyncTopology)).toEqual([]);
    expect(
      met(healthyAsyncs, { ...asyncTopology, async: { dr1: dr, report1 } }).map(
        ({ path, given }) => `${path}: ${given}`,
      ),
    ).toEqual(["async.dr1.type: Read-Only Reporting, but in the mirror dr1 is Disaster Recovery"]);
    expect(
      paths(healthyAsyncs, {
        ...devTopology,
        failover: { mirrorA: {}, dr1: { webPort: 1 } },
        async: { mirrorB: { type: "dr" }, report1 },
      }),
    ).toEqual(["failover.dr1", "async.mirrorB.type"]);
  });

  it("takes a member that was promoted for what it is", () => {
    const asDr = { ...healthyAsyncs.members["mirrorB"], type: "Disaster Recovery" };
    const asBackup = { ...healthyAsyncs.members["dr1"], type: "Failover", status: "BACKUP" };
    const members = { ...healthyAsyncs.members, mirrorB: asDr, dr1: asBackup } as Seen["members"];
    const moved = {
      ...asyncTopology,
      failover: { mirrorA: {}, dr1: {} },
      async: { mirrorB: { type: "dr" }, report1: asyncTopology.async.report1 },
    };

    expect(met({ ...healthyAsyncs, members }, moved)).toEqual([]);
    expect(paths({ ...healthyAsyncs, members }, asyncTopology)).toEqual([
      ...["failover.mirrorB", "async.dr1.type"],
    ]);
  });

  it("never makes a second mirror beside an async that holds the first", () => {
    const outside = { ...healthyStack.members["mirrorA"], mirror: undefined } as MemberSeen;
    const lost = { ...healthyAsyncs.members, mirrorA: outside, mirrorB: outside };
    const found = met({ ...healthyAsyncs, members: lost }, asyncTopology);

    expect(found).toMatchObject([
      { path: "failover", given: "members without the mirror, while dr1 still holds MIRRORSET" },
    ]);
    const half = { ...lost, mirrorA: { reachable: false as const, why: "x" } };
    expect(met({ ...healthyAsyncs, members: half }, asyncTopology)).toEqual([]);
  });

  it("is judged by what answered, never by silence", () => {
    fc.assert(
      fc.property(fc.subarray(["mirrorA", "mirrorB"]), (silent) => {
        const members = Object.fromEntries(
          Object.entries(healthyStack.members).map(([key, member]) => [
            key,
            silent.includes(key) ? { reachable: false as const, why: "x" } : member,
          ]),
        );

        expect(met({ ...healthyStack, members })).toEqual([]);
      }),
    );
  });
});
