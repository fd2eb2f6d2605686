import { describe, expect, it } from "vitest";
import { readTopology } from "../topology.ts";
import { type InstanceSettings, settingsDrift, settingsToHold, settingsWish } from "./settings.ts";

const topology = {
  name: "MIRRORSET",
  failover: { mirrorA: {}, mirrorB: {} },
  settings: {
    resources: { "%DB_COMPANY": { description: "Company data" } },
    roles: {
      Reader: {
        resources: { "%DB_USER": "RW", "%DB_COMPANY": "R" },
        grantedRoles: ["%SQL", "%Developer"],
      },
    },
  },
};
const { draft } = readTopology(topology);
const wanted = settingsWish(draft);
const withoutSettings = readTopology({ ...topology, settings: undefined }).draft;

const [resource] = wanted.resources;
const [role] = wanted.roles;

function drift(held: Partial<InstanceSettings> | undefined): string[] {
  return settingsDrift("mirrorB", held && { ...wanted, ...held }, wanted);
}

describe("drift of settings", () => {
  it("is none where a member has them, in whatever order and case, or did not tell", () => {
    expect(drift({})).toEqual([]);
    expect(drift(undefined)).toEqual([]);
    const told = {
      ...role!,
      ...{ name: "READER", resources: { "%DB_user": "WR", "%DB_COMPANY": "R" } },
      grantedRoles: ["%SQL", "%DEVELOPER"],
    };
    expect(drift({ roles: [told] })).toEqual([]);
  });

  it("names what is missing", () => {
    expect(drift({ resources: [], roles: [] })).toEqual([
      "resource %DB_COMPANY missing on mirrorB",
      "role Reader missing on mirrorB",
    ]);
  });

  it("names what is different, and what is there", () => {
    expect(drift({ resources: [{ ...resource!, description: "by hand" }] })).toEqual([
      "resource %DB_COMPANY on mirrorB is described otherwise",
    ]);
    const other = { description: "by hand", resources: { "%DB_USER": "R" }, grantedRoles: [] };
    expect(drift({ roles: [{ ...role!, ...other }] })).toEqual([
      "role Reader on mirrorB is described otherwise",
      "role Reader on mirrorB has the resources %DB_USER:R, not %DB_COMPANY:R, %DB_USER:RW",
      "role Reader on mirrorB includes the roles none, not %Developer, %SQL",
    ]);
  });
});

describe("settings to hold", () => {
  it("are those of the topology, also an empty one", () => {
    expect(settingsToHold(draft, {})).toEqual(wanted);
    const empty = readTopology({ ...topology, settings: {} }).draft;
    expect(settingsToHold(empty, {})).toEqual({ resources: [], roles: [] });
  });

  it("are none where nobody asks, and empty where a step has to remove what was", () => {
    expect(settingsToHold(withoutSettings, { "mirrorA-service": "none" })).toBeUndefined();
    expect(settingsToHold(withoutSettings, { "mirrorA-settings": "none" })).toEqual({
      resources: [],
      roles: [],
    });
  });
});
