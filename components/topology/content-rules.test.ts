import { describe, expect, it } from "vitest";
import { heldBy } from "../plan/wishes.ts";
import { readTopology } from "../topology.ts";

const sound = {
  name: "MIRRORSET",
  failover: { mirrorA: {}, mirrorB: {} },
  databases: { COMPANY: {}, PERSONAL: {} },
  namespaces: {
    PHONEBOOK: {
      globals: "PERSONAL",
      mappings: {
        globals: { "company.*": "company", "other.company": "COMPANY" },
        packages: { "Sample.Company": "COMPANY" },
        routines: { "ACC*": "COMPANY" },
      },
    },
  },
};

/** Paths at which a topology has faults. */
function faultyPaths(change: object): string[] {
  return readTopology({ ...sound, ...change }).faults.map(({ path }) => path);
}

const phonebook = (mappings: object) => ({
  namespaces: { PHONEBOOK: { globals: "PERSONAL", mappings } },
});

describe("mappings", () => {
  it("lead to databases of the mirror", () => {
    expect(faultyPaths({})).toEqual([]);
  });

  it.for([
    {
      what: "to a database that is not there",
      change: phonebook({ globals: { a: "CUSTOMER" } }),
      at: "globals.a",
    },
    {
      what: "to a database of the product, which is not mirrored",
      change: phonebook({ packages: { "A.B": "user" } }),
      at: 'packages."A.B"',
    },
    {
      what: "twice",
      change: phonebook({ globals: { a: "COMPANY", A: "PERSONAL" } }),
      at: "globals.A",
    },
    {
      what: "of a part of a global",
      change: phonebook({ globals: { "a(1)": "COMPANY" } }),
      at: 'globals."a(1)"',
    },
    {
      what: "of a percent routine",
      change: phonebook({ routines: { "%A": "COMPANY" } }),
      at: "routines.%A",
    },
  ])("are refused $what", ({ change, at }) => {
    expect(faultyPaths(change)).toEqual([`namespaces.PHONEBOOK.mappings.${at}`]);
  });

  it("are refused all at once, with namespaces without a database", () => {
    const mappings = { globals: { a: "NOWHERE", "^b": "COMPANY" }, packages: { A: "ENSLIB" } };

    const { faults } = readTopology({
      ...sound,
      namespaces: { OTHER: {}, other: { globals: "COMPANY" }, ...phonebook(mappings).namespaces },
    });

    expect(faults.map(({ path }) => path).toSorted()).toEqual([
      "namespaces.OTHER",
      'namespaces.PHONEBOOK.mappings.globals."^b"',
      "namespaces.PHONEBOOK.mappings.globals.a",
      "namespaces.PHONEBOOK.mappings.packages.A",
      "namespaces.other",
    ]);
    expect(faults.find(({ path }) => path.endsWith("packages.A"))?.given).toBe(
      'the database "ENSLIB", which is never mirrored',
    );
  });

  it("keep a namespace from a member that lacks one of their databases", () => {
    const { draft, faults } = readTopology({
      ...sound,
      async: {
        all1: { type: "reportingReadOnly", databases: ["PERSONAL", "COMPANY"] },
        part1: { type: "reportingReadOnly", databases: ["PERSONAL"] },
      },
    });

    expect(faults).toEqual([]);
    expect(heldBy("all1", draft).namespaces.map(({ name }) => name)).toEqual(["PHONEBOOK"]);
    expect(heldBy("part1", draft).namespaces).toEqual([]);
  });
});

describe("applications", () => {
  it("go into namespaces of the topology", () => {
    expect(faultyPaths({ apps: { PHONEBOOK: {}, COMPANY: { namespace: "phonebook" } } })).toEqual(
      [],
    );
    expect(
      faultyPaths({
        apps: { COMPANY: {}, "a/b": { namespace: "PHONEBOOK" }, PHONEBOOK: { namespace: "X" } },
      }),
    ).toEqual(['apps."a/b"', "apps.COMPANY", "apps.PHONEBOOK.namespace"]);
  });
});

describe("a directory", () => {
  it("that another database has by default is refused", () => {
    const databases = { B: { directory: "/dur/iconfig/mgr/company" }, COMPANY: {}, PERSONAL: {} };

    expect(faultyPaths({ databases })).toEqual(["databases.B.directory"]);
  });
});
