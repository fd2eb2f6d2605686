/** What the program declares for mappings and sample applications. */

import { expect, it } from "vitest";
import { devTopology, emptyEngine, healthyStack } from "../../components/plan/testing/engines.ts";
import { deployProgram, worldOf } from "./worlds.ts";

const mappings = { globals: { "Company.*": "company" }, packages: { Company: "COMPANY" } };
const topology = {
  ...devTopology,
  namespaces: { ...devTopology.namespaces, PHONEBOOK: { globals: "CUSTOMER", mappings } },
  apps: { PHONEBOOK: {}, COMPANY: {} },
};
const seen = {
  ...emptyEngine,
  files: { "install/apps/COMPANY": "directory", "install/apps/PHONEBOOK": "directory" } as const,
};

it("each member is told the mappings, as the product stores the databases' names", async () => {
  const deployed = await deployProgram(topology, worldOf(seen, false));

  const told = JSON.parse(String(deployed.resource("mirrorB-namespaces").inputs["stdin"])) as {
    namespaces: unknown[];
  };
  expect(told.namespaces).toContainEqual({
    ...{ name: "PHONEBOOK", globals: "CUSTOMER", routines: "CUSTOMER" },
    ...{ globalMappings: { "Company.*": "COMPANY" }, packageMappings: { Company: "COMPANY" } },
  });
  // As it was told before there were mappings.
  expect(told.namespaces).toContainEqual({
    ...{ name: "COMPANY", globals: "COMPANY", routines: "COMPANY" },
  });
});

it("applications come one after another, when every member has its namespaces", async () => {
  const deployed = await deployProgram(topology, worldOf(seen, false));

  const namespaces = ["mirrorA-namespaces", "mirrorB-namespaces"];
  const after = (name: string) => deployed.resource(name).dependencies;
  expect(after("COMPANY-app")).toEqual(expect.arrayContaining(namespaces));
  expect(after("COMPANY-app")).not.toContain("PHONEBOOK-app");
  expect(after("PHONEBOOK-app")).toEqual(expect.arrayContaining(["COMPANY-app", ...namespaces]));
  expect(after("mirror-verify")).toEqual(expect.arrayContaining(["COMPANY-app", "PHONEBOOK-app"]));
  const told: unknown = JSON.parse(String(deployed.resource("PHONEBOOK-app").inputs["stdin"]));
  expect(told).toMatchObject({
    app: { name: "PHONEBOOK", namespace: "PHONEBOOK", hash: "b00c" },
  });
});

it("a mapping that somebody removed is the marker of that member's step alone", async () => {
  const state = { "mirrorA-namespaces": "none", "mirrorB-namespaces": "none (repair 4)" };
  const PHONEBOOK = {
    ...{ globals: "CUSTOMER", routines: "CUSTOMER", routineMappings: {} },
    ...{ globalMappings: { "Company.*": "COMPANY" }, packageMappings: { Company: "COMPANY" } },
  };
  const members = Object.fromEntries(
    Object.entries(healthyStack.members).map(([key, member]) => {
      if (!member.reachable) throw new Error(`${key} is not in the example`);
      const own = key === "mirrorB" ? { ...PHONEBOOK, globalMappings: {} } : PHONEBOOK;
      return [key, { ...member, namespaces: { ...member.namespaces, PHONEBOOK: own } }];
    }),
  );

  const deployed = await deployProgram(
    topology,
    worldOf({ ...healthyStack, files: seen.files, members }, false, state),
  );

  const marker = (name: string) => deployed.resource(name).inputs["environment"];
  expect(marker("mirrorA-namespaces")).toEqual({ DRIFT: "none" });
  expect(marker("mirrorB-namespaces")).toEqual({
    DRIFT: "global Company.* of namespace PHONEBOOK not mapped on mirrorB (repair 5)",
  });
});

it("an application that is no folder of install/apps is refused", async () => {
  const apps = { COMPANY: {}, OTHER: { namespace: "COMPANY" } };

  await expect(deployProgram({ ...devTopology, apps }, worldOf(seen, false))).rejects.toThrow(
    /apps\.OTHER\n.*"install\/apps\/OTHER", which does not exist/,
  );
});
