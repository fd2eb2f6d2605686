import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTopology } from "./topology.ts";
import { topologySchema } from "./topology/schema.ts";
import { walk } from "./topology/walk.ts";

const pair = { mirrorA: { webPort: 52775 }, mirrorB: { webPort: 52776 } };
const sound = { name: "MIRRORSET", failover: pair, databases: { COMPANY: {} } };

const fifteen = Array.from({ length: 15 }, (_, index) => `dr${index + 1}`);
const asyncArbiter = { arbiter: false, async: { arbiter: { type: "dr" } } };

const localhost = { name: "LOCALHOST" };

/** Paths at which a topology has faults. */
function faultyPaths(topology: unknown): string[] {
  return readTopology(topology).faults.map(({ path }) => path);
}

describe("a sound topology", () => {
  it("has no fault and gets its defaults", () => {
    const { faults, draft } = readTopology({ name: "MIRRORSET", failover: pair });

    expect(faults).toEqual([]);
    expect(draft).toMatchObject({
      engine: "rehearsal",
      arbiter: { name: "arbiter", port: 2188 },
      qosTimeoutMs: 8000,
      stopGraceSeconds: 300,
      publishAddress: "127.0.0.1",
      names: "stack",
    });
    expect(draft.failover["mirrorA"]).toMatchObject({ webPort: 52775, agentPort: 2188 });
  });

  it.for([
    { what: "one member", change: { failover: { mirrorA: {} } } },
    { what: "no arbiter", change: { arbiter: false } },
    { what: "the longest mirror name", change: { name: "A23456789012345" } },
    {
      what: "real IRIS with its key",
      change: { engine: "iris", image: "iris:1", licenseKey: "k", arbiter: { image: "arbiter:1" } },
    },
    {
      what: "a namespace whose database differs from it in case",
      change: { namespaces: { X: { globals: "company" } } },
    },
    {
      what: "fourteen asyncs of all types",
      change: {
        async: {
          r1: { type: "reportingReadOnly", databases: ["company"], memoryMib: 512 },
          w1: { type: "reportingReadWrite", databases: [] },
          ...Object.fromEntries(fifteen.slice(0, 12).map((key) => [key, { type: "dr" }])),
        },
      },
    },
    {
      what: "a member name with a single slash",
      change: { failover: { mirrorA: { memberName: "AP1A/IRIS" } } },
    },
  ])("may have $what", ({ change }) => {
    expect(faultyPaths({ ...sound, ...change })).toEqual([]);
  });
});

describe("a faulty topology", () => {
  it("reports every fault at once, of shape and across fields alike", () => {
    const paths = faultyPaths({
      name: "MIRROR-SET",
      virtualIp: "10.0.0.1",
      qosTimeoutMs: -1,
      failover: {
        mirrorA: { webPort: 52775, webport: 1, agentPort: "x" },
        MIRRORA: { webPort: 52775 },
        mirrorC: {},
      },
      databases: { "1COMPANY": { directoy: "/dur/x/" }, COMPANY: { directory: "/tmp/c/" } },
      namespaces: { PHONEBOOK: {} },
      engine: "iris",
    });

    expect(paths.toSorted()).toEqual(
      [
        "MIRROR-SET",
        "arbiter.image",
        "databases.1COMPANY",
        "databases.1COMPANY.directoy",
        "databases.COMPANY.directory",
        "failover",
        "failover.MIRRORA",
        "failover.MIRRORA.webPort",
        "failover.mirrorA.agentPort",
        "failover.mirrorA.webport",
        "image",
        "licenseKey",
        "namespaces.PHONEBOOK",
        "qosTimeoutMs",
        "virtualIp",
      ]
        .map((path) => (path === "MIRROR-SET" ? "name" : path))
        .toSorted(),
    );
  });

  it.for([
    { what: "three failover members", change: { failover: { ...pair, c3: {} } }, at: "failover" },
    { what: "no failover member", change: { failover: {} }, at: "failover" },
    {
      what: "an arbiter named as a member",
      change: { arbiter: { name: "MIRRORA" } },
      at: "arbiter.name",
    },
    {
      what: "two member names alike but for case",
      change: { failover: { mirrorA: { memberName: "X" }, mirrorB: { memberName: "x" } } },
      at: "failover.mirrorB.memberName",
    },
    {
      what: "a member name that is another's default",
      change: { failover: { mirrorA: {}, mirrorB: { memberName: "mirrora" } } },
      at: "failover.mirrorB.memberName",
    },
    {
      what: "a port used twice within a member",
      change: { failover: { mirrorA: { webPort: 1000, superserverPort: 1000 } } },
      at: "failover.mirrorA.superserverPort",
    },
    {
      what: "an agent on the superserver's port",
      change: { failover: { mirrorA: { agentPort: 1972 } } },
      at: "failover.mirrorA.agentPort",
    },
    {
      what: "an underscore in a hostname",
      change: { failover: { mirror_a: {} } },
      at: "failover.mirror_a",
    },
    {
      what: "a colon in a member name",
      change: { failover: { mirrorA: { memberName: "A:B" } } },
      at: "failover.mirrorA.memberName",
    },
    {
      what: "a comment sequence in a member name",
      change: { failover: { mirrorA: { memberName: "A//B" } } },
      at: "failover.mirrorA.memberName",
    },
    {
      what: "a member called arbiter",
      change: { arbiter: false, failover: { arbiter: {} } },
      at: "failover.arbiter",
    },
    {
      what: "a database of the product",
      change: { databases: { irissys: {} } },
      at: "databases.irissys",
    },
    {
      what: "a directory used twice",
      change: { databases: { A: { directory: "/dur/x" }, B: { directory: "/dur/x/" } } },
      at: "databases.B.directory",
    },
    { what: "a mirror name of 16 characters", change: { name: "A234567890123456" }, at: "name" },
    { what: "an image with the rehearsal", change: { image: "iris:1" }, at: "image" },
    { what: "a version that is a number", change: { version: 2022.1 }, at: "version" },
    { what: "an empty value for an object", change: { databases: { A: null } }, at: "databases.A" },
    {
      what: "fifteen asyncs",
      change: { async: Object.fromEntries(fifteen.map((key) => [key, { type: "dr" }])) },
      at: "async",
    },
    { what: "an async of no type", change: { async: { dr1: {} } }, at: "async.dr1.type" },
    {
      what: "an async of another type",
      change: { async: { a1: { type: "x" } } },
      at: "async.a1.type",
    },
    {
      what: "a DR async that names its databases",
      change: { async: { dr1: { type: "dr", databases: ["COMPANY"] } } },
      at: "async.dr1.databases",
    },
    {
      what: "a reporting async with a database that is not in the mirror",
      change: { async: { r1: { type: "reportingReadOnly", databases: ["company", "OTHER"] } } },
      at: "async.r1.databases.1",
    },
    {
      what: "a reporting async with a database twice",
      change: { async: { r1: { type: "reportingReadOnly", databases: ["COMPANY", "company"] } } },
      at: "async.r1.databases.1",
    },
    {
      what: "an async named as a failover member",
      change: { async: { MIRRORB: { type: "dr" } } },
      at: "async.MIRRORB",
    },
    {
      what: "an async with the port of a failover member",
      change: { async: { dr1: { type: "dr", webPort: 52775 } } },
      at: "async.dr1.webPort",
    },
    { what: "an async called arbiter", change: asyncArbiter, at: "async.arbiter" },
    { what: "TLS", change: { tls: true }, at: "tls" },
    { what: "an arbiter on localhost", change: { arbiter: localhost }, at: "arbiter.name" },
    { what: "a web server on 1972", change: { webServerPort: 1972 }, at: "webServerPort" },
    {
      what: "a directory that is another's in disguise",
      change: { databases: { A: { directory: "/dur/x/" }, B: { directory: "/dur//x/" } } },
      at: "databases.B.directory",
    },
    {
      what: "the directory of the product's own database",
      change: { databases: { A: { directory: "/dur/iconfig/mgr/" } } },
      at: "databases.A.directory",
    },
    {
      what: "a mount over the durable volume",
      change: { failover: { mirrorA: { mounts: [{ source: "./x", target: "/dur/" }] } } },
      at: "failover.mirrorA.mounts.0.target",
    },
  ])("is refused for $what, at its place", ({ change, at }) => {
    expect(faultyPaths({ ...sound, namespaces: {}, ...change })).toEqual([at]);
  });

  it.for([undefined, null, 7, "MIRRORSET", []])("is refused when it is %j as a whole", (whole) => {
    expect(faultyPaths(whole)).toContain("");
  });

  it("names the nearest known key for a misspelt one", () => {
    const { faults } = readTopology({ ...sound, failover: { mirrorA: { webport: 52775 } } });

    expect(faults).toEqual([
      {
        path: "failover.mirrorA.webport",
        given: 'an unknown key "webport"',
        allowed: expect.stringContaining("webPort") as string,
        remedy: "write webPort, or take it out",
      },
    ]);
  });

  it("says why a virtual IP cannot be and what to use instead", () => {
    const [fault] = readTopology({ ...sound, virtualIp: "10.0.0.9" }).faults;

    expect(fault?.allowed).toContain("nonroot");
    expect(fault?.remedy).toContain("mirror_status.cxw");
  });
});

describe("the walk along the schema", () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const keys = fc.constantFrom(
    ...Object.keys(topologySchema.shape),
    "webPort",
    "mirrorA",
    "mirror_a",
    "COMPANY",
    "directory",
    "mounts",
    "source",
    "target",
    "port",
  );
  const anything = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      scalar,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(keys, tie("value"), { maxKeys: 5 }),
    ),
  })).value;

  it("finds a fault exactly where zod would", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const { faults } = walk(topologySchema, value);

        expect(faults.length === 0).toBe(topologySchema.safeParse(value).success);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, and says something in every field of every fault", () => {
    fc.assert(
      fc.property(anything, (value) => {
        for (const { given, allowed, remedy } of readTopology(value).faults) {
          expect([given, allowed, remedy]).not.toContain("");
        }
      }),
      { numRuns: 500 },
    );
  });
});
