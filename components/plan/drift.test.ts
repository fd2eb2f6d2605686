import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTopology } from "../topology.ts";
import { type Drift, driftOf, type DriftSeen, type DriftWish } from "./drift.ts";
import { memberSteps } from "./step-names.ts";
import { devTopology, emptyEngine, healthyStack } from "./testing/engines.ts";
import type { ReachedMember } from "./seen.ts";
import { contents } from "./wishes.ts";

const held = contents(readTopology(devTopology).draft);
const wish: DriftWish = {
  mirror: "MIRRORSET",
  failover: {
    mirrorA: { volume: "dev-mirrorA-data", ...held },
    mirrorB: { volume: "dev-mirrorB-data", ...held },
  },
  async: {},
  databases: held.databases,
  apps: [],
};

/** The steps that have drift, with their words. */
function drifting(seen: DriftSeen, wanted = wish): Drift {
  return Object.fromEntries(
    Object.entries(driftOf(wanted, seen)).filter(([, words]) => words.length > 0),
  );
}

function member(key: string): ReachedMember {
  const found = healthyStack.members[key];
  if (found?.reachable !== true) throw new Error(`${key} is not in the example`);
  return found;
}

function withMember(key: string, change: Partial<ReachedMember>): DriftSeen {
  return {
    ...healthyStack,
    members: { ...healthyStack.members, [key]: { ...member(key), ...change } },
  };
}

function without<Value>(from: Readonly<Record<string, Value>>, key: string) {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name !== key));
}

const verified = (count: number) => [
  `to be verified after ${count === 1 ? "1 repair" : `${count} repairs`}`,
];

describe("drift", () => {
  it("is nowhere in a healthy stack, and after a failover", () => {
    expect(drifting(healthyStack)).toEqual({});
    expect(
      drifting({
        ...healthyStack,
        members: {
          mirrorA: { ...member("mirrorA"), status: "BACKUP" },
          mirrorB: { ...member("mirrorB"), status: "PRIMARY" },
        },
      }),
    ).toEqual({});
  });

  it("has an entry for every step, so that none can be forgotten", () => {
    const steps = Object.keys(driftOf(wish, emptyEngine));

    expect(steps.toSorted()).toEqual(
      [
        ...["mirrorA", "mirrorB"].flatMap((key) => memberSteps.map((step) => `${key}-${step}`)),
        ...["COMPANY", "CUSTOMER", "PERSONAL", "mirror-form", "mirror-verify"],
      ].toSorted(),
    );
  });

  it("is said of the one step whose part differs", () => {
    expect(drifting(withMember("mirrorB", { service: false }))).toEqual({
      "mirrorB-service": ["the mirror service is off on mirrorB"],
      "mirror-verify": verified(1),
    });
    expect(drifting(withMember("mirrorA", { code: "other" }))).toEqual({
      "mirrorA-load-code": ["code of install/cls differs on mirrorA"],
      "mirror-verify": verified(1),
    });
    expect(drifting(withMember("mirrorA", { altered: "ZIrisMirror.A ZIrisMirror.B" }))).toEqual({
      "mirrorA-load-code": ["ZIrisMirror.A, ZIrisMirror.B altered or missing on mirrorA"],
      "mirror-verify": verified(1),
    });
    expect(drifting(withMember("mirrorB", { mirror: undefined }))).toEqual({
      "mirrorB-join": ["mirrorB is not a member of MIRRORSET"],
      "mirror-verify": verified(1),
    });
  });

  it("names the database, the member and what is wrong with it", () => {
    const { COMPANY, ...others } = member("mirrorB").databases;
    expect(drifting(withMember("mirrorB", { databases: others }))).toEqual({
      "mirrorB-databases": ["database COMPANY missing on mirrorB"],
      "mirror-verify": verified(1),
    });
    const dismounted = { directory: COMPANY?.directory ?? "", status: "Database Dismounted" };
    expect(
      drifting(withMember("mirrorB", { databases: { ...others, COMPANY: dismounted } })),
    ).toEqual({
      "mirrorB-databases": ["database COMPANY on mirrorB: Database Dismounted"],
      "mirror-verify": verified(1),
    });
  });

  it("of a database on the primary is the database's own step as well", () => {
    const others = without(member("mirrorA").databases, "COMPANY");

    expect(drifting(withMember("mirrorA", { databases: others }))).toEqual({
      COMPANY: ["database COMPANY is not in the mirror on the primary mirrorA"],
      "mirrorA-databases": ["database COMPANY missing on mirrorA"],
      "mirror-verify": verified(2),
    });
  });

  it("tells an ordinary database in the place of a mirrored one", () => {
    const change = {
      databases: without(member("mirrorB").databases, "COMPANY"),
      ordinary: { COMPANY: 1 },
    };

    expect(drifting(withMember("mirrorB", change))["mirrorB-databases"]).toEqual([
      "database COMPANY on mirrorB is an ordinary one, which a copy will replace",
    ]);
    expect(drifting(withMember("mirrorA", change))["COMPANY"]).toEqual([
      "database COMPANY is not in the mirror on the primary mirrorA, where it is an ordinary one",
    ]);
  });

  it("is not said while the product is at it", () => {
    const databases = Object.fromEntries(
      Object.entries(member("mirrorB").databases).map(([name, held]) => [
        name,
        { ...held, status: "Catchup Running" },
      ]),
    );

    expect(drifting(withMember("mirrorB", { databases }))).toEqual({});
  });

  it("of a namespace is its absence and its databases", () => {
    const others = without(member("mirrorB").namespaces, "COMPANY");
    const own = member("mirrorB").namespaces["COMPANY"];
    if (own === undefined) throw new Error("the example has no namespace COMPANY");
    const moved = { ...others, COMPANY: { ...own, globals: "CUSTOMER" } };

    expect(drifting(withMember("mirrorB", { namespaces: others }))["mirrorB-namespaces"]).toEqual([
      "namespace COMPANY missing on mirrorB",
    ]);
    expect(drifting(withMember("mirrorB", { namespaces: moved }))["mirrorB-namespaces"]).toEqual([
      "namespace COMPANY on mirrorB uses CUSTOMER and COMPANY",
    ]);
  });

  it("of a mapping is that it is missing, leads elsewhere, or is nobody's wish", () => {
    const topology = {
      ...devTopology,
      namespaces: {
        PHONEBOOK: { globals: "PERSONAL", mappings: { globals: { "company.*": "COMPANY" } } },
      },
    };
    const own = contents(readTopology(topology).draft);
    const failover = { mirrorB: { volume: "dev-mirrorB-data", ...own } };
    const words = (globalMappings: Record<string, string>, packageMappings = {}) => {
      const PHONEBOOK = {
        ...{ globals: "PERSONAL", routines: "PERSONAL", globalMappings, packageMappings },
        routineMappings: {},
      };
      const seen = withMember("mirrorB", { namespaces: { PHONEBOOK } });
      return driftOf({ ...wish, failover }, seen)["mirrorB-namespaces"];
    };

    expect(words({ "company.*": "COMPANY" })).toEqual([]);
    expect(words({})).toEqual(["global company.* of namespace PHONEBOOK not mapped on mirrorB"]);
    expect(words({ "company.*": "USER" })).toEqual([
      "global company.* of namespace PHONEBOOK on mirrorB mapped to USER, not COMPANY",
    ]);
    expect(words({ "company.*": "COMPANY", other: "CUSTOMER" }, { "A.B": "CUSTOMER" })).toEqual([
      "global other of namespace PHONEBOOK on mirrorB mapped to CUSTOMER, which is not in the topology",
      "package A.B of namespace PHONEBOOK on mirrorB mapped to CUSTOMER, which is not in the topology",
    ]);
  });

  it("of an application is what its primary lacks", () => {
    const words = (apps: ReachedMember["apps"]) =>
      driftOf({ ...wish, apps: [{ name: "COMPANY" }] }, withMember("mirrorA", { apps }))[
        "COMPANY-app"
      ];

    expect(words({ COMPANY: { code: "a99", entered: "2026-11-28" } })).toEqual([]);
    expect(words({ COMPANY: { code: "old", entered: "2026-11-28" } })).toEqual([
      "classes of application COMPANY not as here",
    ]);
    expect(words({ COMPANY: { code: "a99", entered: "" } })).toEqual([
      "first data of application COMPANY not entered",
    ]);
    expect(words({})).toHaveLength(2);
  });

  it("of a lost volume is everything the member held, and nothing of the mirror's", () => {
    const volumes = { ...healthyStack.volumes, "dev-mirrorB-data": { exists: false } };
    const members = { ...healthyStack.members, mirrorB: { reachable: false as const, why: "x" } };

    expect(Object.keys(drifting({ ...healthyStack, volumes, members })).toSorted()).toEqual(
      [
        // Nobody asked for settings, so there is no such step.
        ...memberSteps
          .filter((step) => step !== "ready" && step !== "settings")
          .map((step) => `mirrorB-${step}`),
        "mirror-verify",
      ].toSorted(),
    );
    const lost = { ...healthyStack, volumes, members };
    const settings = { resources: [], roles: [] };
    expect(drifting(lost, { ...wish, settings })).toHaveProperty("mirrorB-settings");
  });

  it("of a lost volume says how the member comes back while the mirror lives elsewhere", () => {
    const volumes = { ...healthyStack.volumes, "dev-mirrorB-data": { exists: false } };
    const members = { ...healthyStack.members, mirrorB: { reachable: false as const, why: "x" } };

    expect(drifting({ ...healthyStack, volumes, members })["mirrorB-join"]).toEqual([
      "mirrorB has no volume dev-mirrorB-data",
      "it joins anew under its name, its old entry on the primary removed first (assumed: the " +
        "product documents no call for that)",
    ]);
    expect(drifting(emptyEngine)["mirrorB-join"]).toEqual([
      "mirrorB has no volume dev-mirrorB-data",
    ]);
  });

  it("of a member that somebody stopped is its membership", () => {
    expect(drifting(withMember("mirrorB", { status: "STOPPED" }))).toEqual({
      "mirrorB-join": ["mirroring is stopped on mirrorB"],
      "mirror-verify": verified(1),
    });
  });

  it("calls nothing missing on a member that cannot tell what it holds", () => {
    const bare = { code: "", databases: {}, namespaces: {} };

    expect(drifting(withMember("mirrorB", bare))).toEqual({
      "mirrorB-load-code": ["code of install/cls differs on mirrorB"],
      "mirrorB-databases": ["what mirrorB holds is not known without install/cls"],
      "mirrorB-namespaces": ["what mirrorB holds is not known without install/cls"],
      "mirror-verify": verified(3),
    });
    const said = Object.values(drifting(withMember("mirrorA", bare))).flat();
    expect(new Set(said)).toEqual(
      new Set([
        "code of install/cls differs on mirrorA",
        "what mirrorA holds is not known without install/cls",
        ...verified(6),
      ]),
    );
    expect(drifting(withMember("mirrorB", { ...bare, mirror: undefined }))).toMatchObject({
      "mirrorB-databases": [
        "database COMPANY missing on mirrorB",
        "database CUSTOMER missing on mirrorB",
        "database PERSONAL missing on mirrorB",
      ],
    });
  });

  it("of the mirror itself is said only when no member can hold it", () => {
    const outside = { ...member("mirrorA"), mirror: undefined };
    const away = { reachable: false as const, why: "stopped" };
    const unsure = { ...healthyStack, members: { mirrorA: outside, mirrorB: away } };
    const certain = { ...healthyStack, members: { mirrorA: outside, mirrorB: outside } };

    expect(drifting(unsure)["mirror-form"]).toBeUndefined();
    expect(drifting(certain)["mirror-form"]).toEqual(["no member holds MIRRORSET"]);
    expect(drifting(emptyEngine)["mirror-form"]).toEqual(["no member holds MIRRORSET"]);
  });

  it("is never guessed: members that do not answer have none", () => {
    fc.assert(
      fc.property(fc.subarray(["mirrorA", "mirrorB"]), (silent) => {
        const members = {
          ...healthyStack.members,
          ...Object.fromEntries(silent.map((key) => [key, { reachable: false, why: "x" }])),
        };

        expect(drifting({ ...healthyStack, members } as DriftSeen)).toEqual({});
      }),
    );
  });
});
