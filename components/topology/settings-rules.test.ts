import { describe, expect, it } from "vitest";
import { readTopology } from "../topology.ts";

/** Paths at which settings have faults. */
function faultyPaths(settings: unknown): string[] {
  const topology = { name: "MIRRORSET", failover: { mirrorA: {}, mirrorB: {} }, settings };
  return readTopology(topology).faults.map(({ path }) => path);
}

const sound = {
  resources: { "%DB_COMPANY": { description: "Company data" }, App: {} },
  roles: {
    Reader: {
      resources: { "%db_company": "R", "%DB_USER": "R", App: "U" },
      grantedRoles: ["%SQL"],
    },
    Clerk: { grantedRoles: ["reader"] },
  },
};

describe("settings", () => {
  it("name each other and what the product has", () => {
    expect(faultyPaths(sound)).toEqual([]);
    expect(faultyPaths({})).toEqual([]);
  });

  it.for([
    {
      what: "a double quote in a description",
      settings: { resources: { App: { description: 'say "App"' } } },
      at: ["settings.resources.App.description"],
    },
    {
      what: "a line break, which would be a line of its own in a merge file",
      settings: { roles: { Reader: { description: "a\nDeleteUser:Name=Admin" } } },
      at: ["settings.roles.Reader.description"],
    },
    {
      what: "other words than the permissions",
      settings: { roles: { Reader: { resources: { "%DB_USER": "read" } } } },
      at: ["settings.roles.Reader.resources.%DB_USER"],
    },
    { what: "a user", settings: { users: { Ann: {} } }, at: ["settings.users"] },
    {
      what: "a password",
      settings: { roles: { Reader: { password: "x" } } },
      at: ["settings.roles.Reader.password"],
    },
    {
      what: "a role of the product",
      settings: { roles: { "%Manager": {} } },
      at: ["settings.roles.%Manager"],
    },
    {
      what: "resources of the product",
      settings: { resources: { "%DB_IRISSYS": {}, "%DB_USER": {}, "%Development": {} } },
      at: [
        "settings.resources.%Development",
        "settings.resources.%DB_IRISSYS",
        "settings.resources.%DB_USER",
      ],
    },
    {
      what: "names that differ in case alone",
      settings: { roles: { Reader: {}, READER: {} } },
      at: ["settings.roles.READER"],
    },
    {
      what: "names that nobody has",
      settings: { roles: { Reader: { resources: { App: "U" }, grantedRoles: ["Clerk"] } } },
      at: ["settings.roles.Reader.resources.App", "settings.roles.Reader.grantedRoles.0"],
    },
    {
      what: "roles that include each other",
      settings: {
        roles: {
          A: { grantedRoles: ["B"] },
          B: { grantedRoles: ["a"] },
          C: { grantedRoles: ["A"] },
        },
      },
      at: ["settings.roles.A.grantedRoles", "settings.roles.B.grantedRoles"],
    },
  ])("refuse $what", ({ settings, at }) => {
    expect(faultyPaths(settings)).toEqual(at);
  });
});
