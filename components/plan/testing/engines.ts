/** Engines for tests: what a look at them sees. */

import type { Seen } from "../seen.ts";

/** The dev stack's topology. */
export const devTopology = {
  name: "MIRRORSET",
  names: "plain",
  failover: { mirrorA: { webPort: 52775 }, mirrorB: { webPort: 52776 } },
  databases: { COMPANY: {}, CUSTOMER: {}, PERSONAL: {} },
  namespaces: { COMPANY: {}, CUSTOMER: {}, PERSONAL: {} },
};

/** The same with a DR and a reporting async that holds one database. */
export const asyncTopology = {
  ...devTopology,
  async: {
    dr1: { type: "dr", webPort: 52777 },
    report1: { type: "reportingReadOnly", databases: ["company"] },
  },
};

const member = "iris-mirror/iris:2022.1-0123456789ab";
const arbiter = "iris-mirror/arbiter:2022.1-0123456789ab";

/** An engine on which nothing of the stack exists, with everything it needs. */
export const emptyEngine: Seen = {
  docker: { reachable: true, id: "engine" },
  code: "c0de",
  apps: { COMPANY: "a99", PHONEBOOK: "b00c" },
  rehearsal: { "2022.1": { member, arbiter } },
  images: { [member]: "sha256:1", [arbiter]: "sha256:2" },
  containers: {},
  volumes: {},
  directories: {},
  network: null,
  ports: [],
  files: {},
  members: {},
  warnings: [],
};

const databases = (status: string) =>
  Object.fromEntries(
    ["COMPANY", "CUSTOMER", "PERSONAL"].map((name) => [
      name,
      { directory: `/dur/iconfig/mgr/${name.toLowerCase()}/`, status },
    ]),
  );
const namespaces = Object.fromEntries(
  ["COMPANY", "CUSTOMER", "PERSONAL"].map((name) => [
    name,
    {
      ...{ globals: name, routines: name },
      ...{ globalMappings: {}, packageMappings: {}, routineMappings: {} },
    },
  ]),
);
const mirror = {
  name: "MIRRORSET",
  guid: "G-1",
  arbiter: "arbiter|2188",
  qosTimeoutMs: 8000,
};
const healthy = (status: string, databaseStatus: string) => ({
  reachable: true as const,
  status,
  type: "Failover",
  mirror,
  service: true,
  code: "c0de",
  databases: databases(databaseStatus),
  ordinary: {},
  namespaces,
  apps: {},
});

/** The dev stack, deployed and well: nothing to repair. */
export const healthyStack: Seen = {
  ...emptyEngine,
  containers: Object.fromEntries(
    ["arbiter", "mirrorA", "mirrorB"].map((name) => [
      name,
      { state: "running", stack: "dev", member: name, specification: "as wanted" },
    ]),
  ),
  volumes: Object.fromEntries(
    ["mirrorA", "mirrorB"].map((key) => [
      `dev-${key}-data`,
      { exists: true, createdAt: "2026-01-01T00:00:00Z", stack: "dev", member: key },
    ]),
  ),
  network: { id: "network-id", stack: "dev" },
  members: {
    mirrorA: healthy("PRIMARY", "Normal"),
    mirrorB: healthy("BACKUP", "Dejournaling"),
  },
};

const company = <Value>(all: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => name === "COMPANY"));
const asyncs = {
  dr1: { ...healthy("CONNECTED", "Dejournaling"), type: "Disaster Recovery" },
  report1: {
    ...healthy("CONNECTED", "Dejournaling"),
    type: "Read-Only Reporting",
    databases: company(databases("Dejournaling")),
    namespaces: company(namespaces),
  },
};

/** The stack with asyncs, deployed and well: nothing to repair. */
export const healthyAsyncs: Seen = {
  ...healthyStack,
  containers: {
    ...healthyStack.containers,
    ...Object.fromEntries(
      Object.keys(asyncs).map((name) => [
        name,
        { state: "running", stack: "dev", member: name, specification: "as wanted" },
      ]),
    ),
  },
  volumes: {
    ...healthyStack.volumes,
    ...Object.fromEntries(
      Object.keys(asyncs).map((key) => [
        `dev-${key}-data`,
        { exists: true, createdAt: "2026-01-01T00:00:00Z", stack: "dev", member: key },
      ]),
    ),
  },
  members: { ...healthyStack.members, ...asyncs },
};
