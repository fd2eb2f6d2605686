/** Asyncs beside the pair. Not proven here: what the product makes of them, that a real preview
 *  shows no more than what is new; a scenario on real containers shows that. */

import { beforeAll, describe, expect, it } from "vitest";
import {
  asyncTopology,
  devTopology,
  emptyEngine,
  healthyAsyncs,
} from "../../components/plan/testing/engines.ts";
import { memberSteps } from "../../components/plan/step-names.ts";
import { goldenUrns } from "./golden-urns.ts";
import { nameOf } from "./harness.ts";
import { type Deployed, deployProgram, worldOf } from "./worlds.ts";

let pair: Deployed;
let deployed: Deployed;
beforeAll(async () => {
  pair = await deployProgram(devTopology, worldOf(healthyAsyncs, false));
  deployed = await deployProgram(asyncTopology, worldOf(healthyAsyncs, false));
});

const keys = ["dr1", "report1"] as const;
const isAsyncs = (name: string) => keys.some((key) => name.startsWith(key));
const withoutAsyncs = (all: Deployed) =>
  all.all
    .filter(({ name }) => !isAsyncs(name) && name !== "mirror-verify")
    // What the mirror gives names its members.
    .map((one) => (/Stack$|IrisMirror$/.test(one.type) ? { ...one, outputs: undefined } : one))
    .toSorted((one, other) => (one.urn < other.urn ? -1 : 1));

describe("an async", () => {
  it("changes nothing on the others, whether it comes or goes", () => {
    // The roll is another matter: here every container is to be replaced, so it is left out.
    const still = (all: Deployed) =>
      withoutAsyncs(all).map(({ dependencies, ...one }) => ({
        ...one,
        dependencies: dependencies.filter((name) => !isAsyncs(name)),
      }));

    expect(still(deployed)).toEqual(still(pair));
  });

  it("changes nothing on the others on a first deploy, edges included", async () => {
    const first = await deployProgram(asyncTopology, worldOf(emptyEngine, false));
    const alone = await deployProgram(devTopology, worldOf(emptyEngine, false));

    expect(withoutAsyncs(first)).toEqual(withoutAsyncs(alone));
  });

  it("is known to the engine by names that never change", () => {
    const mirror = "irismirror:index:IrisMirror";
    const own = `${mirror}$irismirror:index:AsyncMember`;
    const member = `${own}$irismirror:index:Member`;
    const urns = keys.flatMap((key) => [
      `${own}::${key}`,
      `${member}::${key}`,
      `${member}$docker:index/volume:Volume::${key}-data`,
      `${member}$docker:index/container:Container::${key}`,
      // Nobody asked for settings here.
      ...memberSteps
        .filter((step) => step !== "settings")
        .map((step) => `${member}$command:local:Command::${key}-${step}`),
    ]);

    expect(deployed.all.map(({ urn }) => urn).toSorted()).toEqual(
      [...goldenUrns, ...urns.map((urn) => `urn:pulumi:dev::iris-mirror::${urn}`)].toSorted(),
    );
  });

  it("declares the same resources in a preview, where every output is unknown", async () => {
    const preview = await deployProgram(asyncTopology, worldOf(healthyAsyncs, true));
    const shape = (all: Deployed) =>
      all.all.map(({ urn, parent, dependencies }) => `${urn} ${parent} ${dependencies.join()}`);

    expect(shape(preview).toSorted()).toEqual(shape(deployed).toSorted());
  });

  it("joins as its type after the pair, and leaves before its container goes", () => {
    const { inputs, dependencies, options } = deployed.resource("report1-join");

    expect(dependencies).toEqual([
      ...["mirror-form", "mirrorA-join", "mirrorB-join", "report1-service"],
    ]);
    expect(options.deletedWith).toBe("mirror-form");
    expect(inputs["delete"]).toBe("leave");
    expect(JSON.parse(String(inputs["stdin"]))).toMatchObject({
      eligibility: "reportingReadOnly",
      member: { name: "report1", container: "report1", memberName: "REPORT1" },
      failover: [{ name: "mirrorA" }, { name: "mirrorB" }],
    });
  });

  it("holds what it names, and a DR everything; each after the mirror has it", () => {
    const held = (key: string, step: "databases" | "namespaces") => {
      const input = JSON.parse(String(deployed.resource(`${key}-${step}`).inputs["stdin"])) as {
        databases?: { name: string }[];
        namespaces?: { name: string }[];
      };
      return (input[step] ?? []).map(({ name }) => name);
    };
    const all = ["COMPANY", "CUSTOMER", "PERSONAL"];

    expect([held("dr1", "databases"), held("dr1", "namespaces")]).toEqual([all, all]);
    expect([held("report1", "databases"), held("report1", "namespaces")]).toEqual([
      ["COMPANY"],
      ["COMPANY"],
    ]);
    expect(deployed.resource("report1-databases").inputs["stdin"]).toContain('"releases":true');
    for (const key of ["dr1", "mirrorA"]) {
      expect(deployed.resource(`${key}-databases`).inputs["stdin"]).not.toContain("releases");
    }
    expect(deployed.resource("report1-databases").dependencies).toEqual([
      "COMPANY",
      "report1-join",
    ]);
    expect(deployed.resource("dr1-databases").dependencies).toEqual([...all, "dr1-join"]);
  });

  it("is verified with the pair", () => {
    const input = JSON.parse(String(deployed.resource("mirror-verify").inputs["stdin"])) as object;

    expect(input).toMatchObject({
      failover: [{ name: "mirrorA" }, { name: "mirrorB" }],
      asyncs: [
        { member: { name: "dr1" }, type: "dr", databases: ["COMPANY", "CUSTOMER", "PERSONAL"] },
        { member: { name: "report1" }, type: "reportingReadOnly", databases: ["COMPANY"] },
      ],
    });
    expect(pair.resource("mirror-verify").inputs["stdin"]).not.toContain("asyncs");
  });

  it("keeps container and volume when it becomes a failover member, and the other way round", async () => {
    const moved = await deployProgram(
      {
        ...asyncTopology,
        failover: { mirrorA: devTopology.failover.mirrorA, dr1: {} },
        async: { mirrorB: { type: "dr" } },
      },
      worldOf(emptyEngine, false),
    );
    const parentOf = (all: Deployed, key: string) => {
      const member = all.ofType("irismirror:index:Member").find(({ name }) => name === key);
      return { parent: member?.parent ?? "", aliases: JSON.stringify(member?.options.aliases) };
    };

    for (const key of ["dr1", "mirrorB"]) {
      // The mock monitor makes URNs of the nearest type only.
      const [before, after] = [parentOf(deployed, key), parentOf(moved, key)];
      const known = (urn: string) =>
        `${urn.split("::")[2]?.split("$").at(-1) ?? ""}::${nameOf(urn)}`;
      expect(after.aliases).toContain(known(before.parent));
      expect(before.aliases).toContain(known(after.parent));
    }
  });
});

describe("a roll", () => {
  it("takes the arbiter, the asyncs, the backup and the primary, one after another", () => {
    const before = (key: string) =>
      deployed.resource(key).dependencies.filter((name) => /-ready$|^arbiter$/.test(name));

    expect(before("dr1")).toEqual(["arbiter"]);
    expect(before("report1")).toEqual(["arbiter", "dr1-ready"]);
    expect(before("mirrorB")).toEqual(["arbiter", "report1-ready"]);
    expect(before("mirrorA")).toEqual(["arbiter", "mirrorB-ready"]);
  });
});

describe("drift of an async", () => {
  const stored = () => Object.fromEntries(deployed.all.map(({ name }) => [name, "none"]));

  it("is nowhere while it is well", async () => {
    const well = await deployProgram(asyncTopology, worldOf(healthyAsyncs, true, stored()));

    expect(well.markers).toEqual({});
  });

  it("shows at its own step alone, a database it does not hold never", async () => {
    const seen = {
      ...healthyAsyncs,
      members: {
        ...healthyAsyncs.members,
        report1: { ...healthyAsyncs.members["report1"], databases: {} },
      },
    } as typeof healthyAsyncs;
    const drifting = await deployProgram(asyncTopology, worldOf(seen, true, stored()));

    expect(drifting.markers).toEqual({
      "report1-databases": "database COMPANY missing on report1 (repair 1)",
      "mirror-verify": "to be verified after 1 repair (repair 1)",
    });
  });
});
