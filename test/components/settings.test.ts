/** Settings that every member has alike: which steps are declared and what they are told. Not
 *  proven here: that a step does it; a scenario on real containers shows that. */

import { expect, it } from "vitest";
import { asyncTopology, devTopology, healthyStack } from "../../components/plan/testing/engines.ts";
import type { InstanceSettings } from "../../components/plan/settings.ts";
import type { Seen } from "../../components/plan/seen.ts";
import { deployProgram, worldOf } from "./worlds.ts";

const settings = {
  resources: { "%DB_COMPANY": { description: "Company data" } },
  roles: { Reader: { resources: { "%DB_COMPANY": "R" } } },
};
const wanted: InstanceSettings = {
  resources: [{ name: "%DB_COMPANY", description: "Company data" }],
  roles: [
    {
      ...{ name: "Reader", description: "", grantedRoles: [] },
      resources: { "%DB_COMPANY": "R" },
    },
  ],
};

/** The healthy stack, its members with these settings. */
function holding(held: Readonly<Record<string, InstanceSettings>>): Seen {
  const members = Object.entries(healthyStack.members).map(([key, member]) => [
    key,
    member.reachable ? { ...member, settings: held[key] } : member,
  ]);
  return { ...healthyStack, members: Object.fromEntries(members) as Seen["members"] };
}

const stored = { "mirrorA-settings": "none", "mirrorB-settings": "none", "mirror-verify": "none" };

it("every member has a step that is told the same, and verify hears of it", async () => {
  const deployed = await deployProgram(
    { ...asyncTopology, settings },
    worldOf(healthyStack, false),
  );

  for (const key of ["mirrorA", "mirrorB", "dr1", "report1"]) {
    const { inputs } = deployed.resource(`${key}-settings`);
    const told = JSON.parse(String(inputs["stdin"])) as { settings: unknown };
    expect(inputs["create"]).toBe("settings");
    expect(told.settings).toEqual(wanted);
  }
  const after = JSON.parse(String(deployed.resource("mirror-verify").inputs["stdin"])) as {
    after: string[];
  };
  expect(after.after.filter((text) => text.includes('"verb":"settings"'))).toHaveLength(4);
});

it("nobody has such a step where the topology says nothing of settings", async () => {
  const deployed = await deployProgram(devTopology, worldOf(healthyStack, false));

  expect(deployed.all.filter(({ name }) => name.endsWith("-settings"))).toEqual([]);
});

it("a setting that a member lacks is drift of its step alone", async () => {
  const seen = holding({ mirrorA: wanted, mirrorB: { ...wanted, roles: [] } });
  const { markers } = await deployProgram(
    { ...devTopology, settings },
    worldOf(seen, true, stored),
  );

  expect(markers).toEqual({
    "mirrorB-settings": "role Reader missing on mirrorB (repair 1)",
    "mirror-verify": "to be verified after 1 repair (repair 1)",
  });
});
