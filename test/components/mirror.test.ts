/** What the program declares. Not proven here: that Docker takes the arguments, that a second real
 *  preview is empty, that the verbs do what they say; scenarios on real containers show those. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { devTopology, emptyEngine, healthyStack } from "../../components/plan/testing/engines.ts";
import { goldenUrns } from "./golden-urns.ts";
import { deploy, nameOf } from "./harness.ts";
import { type Deployed, deployProgram, worldOf } from "./worlds.ts";

const topologies = {
  "the dev stack": devTopology,
  "a mirror without arbiter and databases": {
    ...devTopology,
    arbiter: false,
    databases: {},
    namespaces: {},
  },
  "a single member": { ...devTopology, failover: { mirrorA: {} } },
};

/** A name with what would decide whether and where it is created. */
const shapeOf = (deployed: Deployed) =>
  deployed.all.map(({ urn, parent, dependencies }) => ({ urn, parent, dependencies }));

let dev: Deployed;
beforeAll(async () => {
  dev = await deployProgram(devTopology, worldOf(emptyEngine, false));
});

describe("the program itself", () => {
  it("is a picture: under 40 lines, and it decides nothing", () => {
    const text = readFileSync(join(import.meta.dirname, "../../index.ts"), "utf8");

    expect(text.split("\n").length).toBeLessThan(40);
    expect(text).not.toMatch(/\bif\b|\?/);
  });
});

describe("every program", () => {
  it.for(Object.entries(topologies))(
    "declares the same resources in a preview, where every output is unknown: %s",
    async ([, topology]) => {
      const up = await deployProgram(topology, worldOf(emptyEngine, false));
      const seen = await deployProgram(topology, worldOf(emptyEngine, true));

      const byUrn = (one: { urn: string }, other: { urn: string }) =>
        one.urn < other.urn ? -1 : 1;
      expect(shapeOf(seen).toSorted(byUrn)).toEqual(shapeOf(up).toSorted(byUrn));
    },
  );

  it("keeps the names by which the engine knows its resources", () => {
    expect(dev.all.map(({ urn }) => urn).toSorted()).toEqual(goldenUrns);
  });

  it("gives everything a parent, and every parent is a component", () => {
    const components = dev.all.filter(({ custom }) => !custom).map(({ urn }) => urn);
    const orphans = dev.all.filter(
      ({ type, parent }) => type !== "pulumi:pulumi:Stack" && !components.includes(parent),
    );

    expect(orphans).toEqual([]);
  });

  it("registers the outputs of every component, and all of its public fields", () => {
    const outputs = Object.fromEntries(
      dev.all
        .filter(({ custom, type }) => !custom && type !== "pulumi:pulumi:Stack")
        .map(({ type, outputs: given }) => [type, Object.keys(given ?? {}).toSorted()]),
    );

    expect(outputs).toEqual({
      "irismirror:index:IrisMirror": ["checks", "failoverMode", "members", "mirrorName"],
      "irismirror:index:Arbiter": ["hostname"],
      "irismirror:index:FailoverPair": ["formed", "joined"],
      "irismirror:index:Member": ["hostname", "prepared"],
      "irismirror:index:MirroredDatabase": ["databaseName", "result"],
      "irismirror:index:Namespace": ["globals", "namespaceName", "routines"],
    });
  });

  it("is caught by the harness when it registers one name twice", async () => {
    const { Namespace } = await import("../../components/namespace.ts");
    const wish = { name: "X", globals: "X", routines: "X" };
    const twice = () => {
      new Namespace("X", wish);
      new Namespace("X", wish);
      return {};
    };

    await expect(deploy(twice, { preview: false })).rejects.toThrow("registered twice");
  });
});

describe("order", () => {
  const edges = (name: string) => dev.resource(name).dependencies;

  it("follows the steps of a member", () => {
    expect(edges("mirrorA-own-volume")).toEqual(["mirrorA-data"]);
    expect(edges("mirrorA")).toEqual(["mirror-network", "mirrorA-own-volume"]);
    expect(edges("mirrorA-ready")).toEqual(["mirrorA"]);
    expect(edges("mirrorA-load-code")).toEqual(["mirrorA-ready"]);
    expect(edges("mirrorA-service")).toEqual(["mirrorA-load-code"]);
    expect(edges("mirrorA-join")).toEqual(["mirror-form", "mirrorA-service"]);
    expect(edges("mirrorA-databases")).toEqual(["COMPANY", "CUSTOMER", "PERSONAL", "mirrorA-join"]);
    expect(edges("mirrorA-namespaces")).toEqual(["mirrorA-databases"]);
  });

  it("forms the mirror after all failover members and the arbiter", () => {
    expect(edges("mirror-form")).toEqual(["arbiter", "mirrorA-service", "mirrorB-service"]);
    expect(edges("COMPANY")).toEqual(["mirror-form"]);
  });

  it("verifies after every step, so that whatever ran again is verified again", () => {
    const steps = dev
      .ofType("command:local:Command")
      .map(({ name }) => name)
      .filter((name) => name !== "mirror-verify");

    expect(edges("mirror-verify")).toEqual(steps.toSorted());
  });

  it("creates the members side by side: neither waits for the other", () => {
    const upstream = (name: string): string[] =>
      dev.all
        .filter((one) => one.custom && one.name === name)
        .flatMap(({ dependencies }) => dependencies.flatMap((next) => [next, ...upstream(next)]));

    expect(upstream("mirrorB").filter((name) => name.startsWith("mirrorA"))).toEqual([]);
    expect(upstream("mirrorA").filter((name) => name.startsWith("mirrorB"))).toEqual([]);
  });

  it("of a roll is backup before primary, as edges between containers", async () => {
    const rolled = await deployProgram(devTopology, worldOf(healthyStack, false));

    expect(rolled.resource("mirrorB").dependencies).not.toContain("mirrorA-ready");
    expect(rolled.resource("mirrorA").dependencies).toContain("mirrorB-ready");
    // The arbiter changes too: it goes before either.
    expect(rolled.resource("mirrorB").dependencies).toContain("arbiter");
  });
});

describe("a step", () => {
  it("runs by argument vector, from a place that is the same everywhere and for ever", () => {
    for (const { inputs } of dev.ofType("command:local:Command")) {
      expect(inputs["interpreter"]).toEqual(["node_modules/.bin/node", "operate/step.ts"]);
      expect(inputs["create"]).toBe(inputs["update"]);
      expect(inputs["dir"]).toBeUndefined();
      expect(inputs["triggers"]).toBeUndefined();
    }
  });

  it("comes from exactly the provider version whose behaviour was read", () => {
    const require = createRequire(import.meta.url);
    const manifest = join(dirname(require.resolve("@pulumi/command")), "package.json");

    expect(JSON.parse(readFileSync(manifest, "utf8"))).toMatchObject({ version: "1.2.1" });
  });

  it("hides the marker of the past as long as there is nothing to repair", () => {
    for (const { name, options } of dev.ofType("command:local:Command")) {
      const once = name.endsWith("-own-volume") ? ["stdin"] : [];
      expect(options.ignoreChanges).toEqual(["environment", ...once]);
    }
  });
});

describe("drift", () => {
  const stored = Object.fromEntries(goldenUrns.map((urn) => [nameOf(urn), "none"]));
  const broken = {
    ...healthyStack,
    members: {
      ...healthyStack.members,
      mirrorB: { ...healthyStack.members["mirrorB"], service: false },
    },
  } as typeof healthyStack;

  it("shows nowhere on a first deploy, where everything is created anyway", () => {
    expect(dev.markers).toEqual({});
  });

  it("shows nowhere in a healthy stack", async () => {
    const deployed = await deployProgram(devTopology, worldOf(healthyStack, true, stored));

    expect(deployed.markers).toEqual({});
  });

  it("shows in words at the step that repairs it, alike in preview and up", async () => {
    const markers = {
      "mirrorB-service": "the mirror service is off on mirrorB (repair 1)",
      "mirror-verify": "to be verified after 1 repair (repair 1)",
    };
    for (const isPreview of [true, false]) {
      const deployed = await deployProgram(devTopology, worldOf(broken, isPreview, stored));

      expect(deployed.markers).toEqual(markers);
      expect(deployed.resource("mirrorB-service").options.ignoreChanges).toEqual([]);
      expect(deployed.resource("mirrorA-service").options.ignoreChanges).toEqual(["environment"]);
    }
  });
});
