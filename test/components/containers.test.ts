/** What guards data and containers. Not proven here: that Docker and the engine honour it;
 *  scenarios on real containers show that. */

import { resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { devTopology, emptyEngine, healthyStack } from "../../components/plan/testing/engines.ts";
import { labels } from "../../operate/contract.ts";
import { unknown } from "./harness.ts";
import { type Deployed, deployProgram, worldOf } from "./worlds.ts";

let dev: Deployed;
let preview: Deployed;
beforeAll(async () => {
  dev = await deployProgram(devTopology, worldOf(emptyEngine, false));
  preview = await deployProgram(devTopology, worldOf(emptyEngine, true));
});

describe("data", () => {
  it("outlives the stack: every volume is retained, and none is protected against destroy", () => {
    const volumes = dev.ofType("docker:index/volume:Volume");

    expect(volumes.map(({ name }) => name)).toEqual(["mirrorA-data", "mirrorB-data"]);
    for (const { options } of volumes) {
      expect(options.retainOnDelete).toBe(true);
      expect(options.protect).toBe(false);
      expect(options.ignoreChanges).toEqual(["labels", "driver", "driverOpts"]);
    }
  });

  it("may lie in a directory of the host, which is no resource and is given to its member", async () => {
    const failover = { mirrorA: { data: { bind: "./sharedA" } } };
    const directories = { "./sharedA": { kind: "empty", real: "/p/sharedA", users: [] } } as const;
    const deployed = await deployProgram(
      { ...devTopology, failover, durableDirectory: "/shared/durable" },
      worldOf({ ...emptyEngine, directories }, false),
    );

    const path = resolve("sharedA");
    expect(deployed.ofType("docker:index/volume:Volume")).toEqual([]);
    expect(deployed.resource("mirrorA").inputs).toMatchObject({
      volumes: [{ hostPath: path, containerPath: "/shared", readOnly: false }],
      envs: ["ISC_DATA_DIRECTORY=/shared/durable"],
    });
    const given = JSON.parse(
      String(deployed.resource("mirrorA-own-volume").inputs["stdin"]),
    ) as unknown;
    expect(given).toMatchObject({ volume: path, durable: "durable", member: "mirrorA" });
    const database = JSON.parse(String(deployed.resource("COMPANY").inputs["stdin"])) as unknown;
    expect(database).toMatchObject({
      database: { name: "COMPANY", directory: "/shared/durable/mgr/company/" },
    });
  });

  it("has time to reach the disk: every container stops in its own time, replaced ones too", () => {
    for (const key of ["mirrorA", "mirrorB"]) {
      const { inputs, options } = dev.resource(key);

      expect(inputs).toMatchObject({
        destroyGraceSeconds: 300,
        stopTimeout: 300,
        stopSignal: "SIGTERM",
        restart: "unless-stopped",
      });
      expect(options.deleteBeforeReplace).toBe(true);
      expect(options.timeouts).toEqual(["420s", "", "360s"]);
    }
  });

  it("stays in the mirror when everything goes: what leaves it goes with the forming step", () => {
    const leaving = dev
      .ofType("command:local:Command")
      .filter(({ inputs }) => inputs["delete"] !== undefined);

    expect(leaving.map(({ name, inputs }) => [name, inputs["delete"]])).toEqual([
      ["COMPANY", "remove-database"],
      ["CUSTOMER", "remove-database"],
      ["PERSONAL", "remove-database"],
      ["mirrorA-join", "leave"],
      ["mirrorB-join", "leave"],
    ]);
    for (const { options } of leaving) expect(options.deletedWith).toBe("mirror-form");
  });

  it("is left in good order: a member leaves the mirror before its container goes", () => {
    const upstream = (name: string): string[] =>
      dev.resource(name).dependencies.flatMap((next) => [next, ...upstream(next)]);
    // The forming step stays when a member goes, so the way must not lead over it alone.
    const own = dev
      .resource("mirrorB-join")
      .dependencies.filter((name) => name.startsWith("mirrorB"));

    expect(own.flatMap((name) => upstream(name))).toContain("mirrorB");
  });

  it("a member that was an async before keeps its container and volume", () => {
    const members = dev.ofType("irismirror:index:Member");

    expect(members.map(({ options }) => JSON.stringify(options.aliases))).toEqual(
      ["mirrorA", "mirrorB"].map(
        (key) => expect.stringContaining(`irismirror:index:AsyncMember::${key}`) as string,
      ),
    );
  });
});

describe("a container", () => {
  it("is created from plain names: a changed network or volume never replaces it", () => {
    expect(preview.resource("mirrorA").inputs).toMatchObject({
      image: "iris-mirror/iris:2022.1-0123456789ab",
      networksAdvanced: [{ name: "dev-mirror", aliases: ["mirrorA"] }],
      volumes: [{ volumeName: "dev-mirrorA-data", containerPath: "/dur" }],
    });
    expect(JSON.stringify(preview.resource("mirrorA").inputs)).not.toContain(unknown);
  });

  it("that is there as wanted is not replaced for ports it hides while stopped", async () => {
    const labelled = dev.resource("mirrorB").inputs["labels"] as { label: string; value: string }[];
    const specification = labelled.find(({ label }) => label === labels.specification)?.value;
    const containers = {
      mirrorB: { state: "exited", stack: "dev", member: "mirrorB", specification },
    };
    const stopped = await deployProgram(
      devTopology,
      worldOf({ ...healthyStack, containers }, false),
    );

    expect(stopped.resource("mirrorB").options.ignoreChanges).toEqual(["ports"]);
    expect(stopped.resource("mirrorA").options.ignoreChanges).toEqual([]);
  });

  it("says whose it is and what it was created from", () => {
    expect(dev.resource("arbiter").inputs["labels"]).toEqual([
      { label: "io.iris-mirror.stack", value: "dev" },
      { label: "io.iris-mirror.member", value: "arbiter" },
      { label: "io.iris-mirror.kind", value: "arbiter" },
      { label: "io.iris-mirror.spec", value: expect.stringMatching(/^[0-9a-f]{16}$/) as string },
    ]);
  });

  it("carries what the topology says of a member", async () => {
    const member = {
      superserverPort: 51972,
      agentPort: 2189,
      mounts: [{ source: "/srv/install", target: "/install" }],
      after: "/install/installer.sh",
      memoryMib: 4096,
      cpus: 1.5,
    };
    const seen = { ...emptyEngine, files: { "/srv/install": "directory" as const } };
    const deployed = await deployProgram(
      { ...devTopology, names: "stack", failover: { mirrorA: member } },
      worldOf(seen, false),
    );

    expect(deployed.resource("mirrorA").inputs).toMatchObject({
      name: "dev-mirrorA",
      hostname: "mirrorA",
      command: [
        "--check-caps",
        "false",
        "--ISCAgentPort",
        "2189",
        "--after",
        "/install/installer.sh",
      ],
      ports: [{ ip: "127.0.0.1", external: 51972, internal: 1972 }],
      volumes: [
        { volumeName: "dev-mirrorA-data", containerPath: "/dur" },
        { hostPath: "/srv/install", containerPath: "/install", readOnly: true },
      ],
      memory: 4096,
      cpus: "1.5",
    });
  });
});
