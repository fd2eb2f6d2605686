/** What look makes of Docker's and the instances' answers. Docker's texts are those of real
 *  engines (20.10); that they are still so is seen on real containers. */

import { mkdirSync, mkdtempDisposableSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { LookInput } from "../contract/look.ts";
import { verbs } from "../contract.ts";
import { FakeWorld, problemOf } from "../testing/fake-world.ts";
import { run, warningsOf } from "../verbs/look.ts";
import { directoriesSeen } from "./directories.ts";
import { containersOfInterest, type ListedContainer } from "./engine.ts";
import { portHolder, publishedPorts } from "./ports.ts";

function listed(name: string, changes: Partial<ListedContainer> = {}): ListedContainer {
  return {
    ...{ id: `id-${name}`, name, state: "running", ports: "", mounts: "" },
    ...{ stack: "", member: "", kind: "", specification: "" },
    ...changes,
  };
}

function inputFor(world: FakeWorld, changes: Partial<LookInput> = {}): LookInput {
  return {
    ...{ version: 1, stack: "dev", mirror: "MIRRORSET", containers: ["arbiter"] },
    members: world.members.map((address) => ({ address, volume: `${address.name}-data` })),
    ...{
      ports: [],
      images: [],
      files: [],
      databases: [],
      namespaces: [],
      apps: [],
      directories: [],
    },
    settings: { resources: [], roles: [] },
    ...changes,
  };
}

describe("containers", () => {
  test("are those asked for and all of the stack, foreign ones without owner", () => {
    const world = new FakeWorld("mirrorA");
    const ours = { stack: "dev", member: "old", kind: "member", specification: "1" };

    const seen = containersOfInterest(inputFor(world), [
      listed("arbiter"),
      listed("old-one", ours),
      listed("stranger", { stack: "prod" }),
    ]);

    expect(seen).toEqual({
      "dev-mirrorA": { state: "absent" },
      arbiter: { state: "running", id: "id-arbiter" },
      "old-one": { state: "running", id: "id-old-one", ...ours },
    });
  });
});

describe("ports", () => {
  test("are read from the column of docker ps", () => {
    expect(
      publishedPorts(
        "0.0.0.0:52775->52773/tcp, :::52775->52773/tcp, 1972/tcp, 127.0.0.1:80-81->80-81/tcp",
      ),
    ).toEqual([
      { address: "0.0.0.0", port: 52775 },
      { address: "::", port: 52775 },
      { address: "127.0.0.1", port: 80 },
      { address: "127.0.0.1", port: 81 },
    ]);
    expect(publishedPorts("")).toEqual([]);
  });

  test.each([
    ["127.0.0.1", "0.0.0.0:52775->52773/tcp", true],
    ["0.0.0.0", "127.0.0.1:52775->52773/tcp", true],
    ["127.0.0.1", "127.0.0.1:52775->52773/tcp", true],
    ["127.0.0.1", "10.0.0.1:52775->52773/tcp", false],
    ["127.0.0.1", "52775/tcp", false],
  ])("wanted on %s meet %s", (address, ports, isTaken) => {
    const holder = portHolder({ address, port: 52775 }, [listed("x", { ports })]);

    expect(holder !== undefined).toBe(isTaken);
  });
});

describe("directories", () => {
  test("are told with who mounts them, through links too", async () => {
    using root = mkdtempDisposableSync(join(tmpdir(), "iris-mirror-look-"));
    const [a, link, file] = ["a", "link", "file"].map((name) => join(root.path, name));
    mkdirSync(join(a!, "durable"), { recursive: true });
    symlinkSync(a!, link!);
    writeFileSync(file!, "");
    mkdirSync(join(root.path, "empty"));

    const seen = await directoriesSeen(
      [a!, link!, file!, join(root.path, "empty"), join(root.path, "none")],
      [
        listed("same", { mounts: `a-volume,${link!}` }),
        listed("inside", { mounts: join(a!, "durable"), stack: "dev", member: "x" }),
        listed("above", { mounts: `${root.path},/` }),
      ],
    );

    const users = [{ name: "same" }, { name: "inside", stack: "dev", member: "x" }];
    expect(seen[a!]).toEqual({ kind: "filled", real: a, users });
    expect(seen[link!]).toEqual({ kind: "filled", real: a, users });
    expect(Object.values(seen).map(({ kind }) => kind)).toEqual([
      ...["filled", "filled", "file", "empty", "missing"],
    ]);
  });
});

describe("look", () => {
  const engine = (argv: readonly string[]): { code?: number; stdout?: string; stderr?: string } => {
    switch (argv[0]) {
      case "info":
        return { stdout: '{"id":"ABCD","version":"20.10.24","name":"elsewhere"}' };
      case "ps":
        return { stdout: `${JSON.stringify(listed("dev-mirrorA", { stack: "dev" }))}\n` };
      case "volume":
        return { code: 1, stdout: "[]", stderr: "Error: No such volume: mirrorA-data" };
      case "network":
        return { code: 1, stdout: "[]", stderr: "Error: No such network: dev" };
      default:
        return {
          ...{ code: 1, stdout: "sha256:ab\n\n" },
          stderr: argv
            .slice(4)
            .filter((reference) => reference !== "iris:2")
            .map((reference) => `Error: No such image: ${reference}`)
            .join("\n"),
        };
    }
  };

  test("tells what is there and what is not, in the shape of the contract", async () => {
    const world = new FakeWorld("mirrorA");
    world.dockerAnswers = engine;
    world.instances[0]!.mirror = {
      ...{ name: "MIRRORSET", guid: "1", qosTimeoutMs: 8000 },
      arbiter: "",
    };
    world.instances[0]!.status = "PRIMARY";
    world.instances[0]!.namespaces.set("COMPANY", {
      ...{ globals: "COMPANY", routines: "COMPANY" },
      mappings: new Map([
        ["Globals a", "PERSONAL"],
        ["Packages Ens", "ENSLIB"],
      ]),
    });
    world.apps.set("COMPANY", { code: "0123", entered: "" });
    const input = inputFor(world, {
      network: "dev",
      images: ["iris:1", "iris:2"],
      files: ["/nowhere", "/"],
      apps: ["COMPANY", "NOWHERE"].map((name) => ({ name, namespace: "COMPANY" })),
      namespaces: ["COMPANY"],
    });

    const seen = verbs.look.output.parse(JSON.parse(JSON.stringify(await run(input, world))));

    expect(seen).toMatchObject({
      docker: { reachable: true, id: "ABCD", version: "20.10.24" },
      images: { "iris:1": null, "iris:2": "sha256:ab" },
      containers: { arbiter: { state: "absent" }, "dev-mirrorA": { state: "running" } },
      volumes: { "mirrorA-data": { exists: false } },
      network: null,
      apps: { COMPANY: expect.stringMatching(/^[0-9a-f]{16}$/) as string },
      files: { "/nowhere": "missing", "/": "directory" },
      members: {
        mirrorA: {
          ...{ reachable: true, status: "PRIMARY", code: "0123", databases: {} },
          namespaces: { COMPANY: { globals: "COMPANY", globalMappings: { a: "PERSONAL" } } },
          apps: { COMPANY: { code: "0123", entered: "" }, NOWHERE: { code: "", entered: "" } },
          mirror: { name: "MIRRORSET", guid: "1", qosTimeoutMs: 8000 },
        },
      },
      warnings: [],
    });
  });

  test("does not ask classes that somebody altered, and names them", async () => {
    const world = new FakeWorld("mirrorA");
    world.dockerAnswers = engine;
    world.beforeCall = (primitive) => {
      throw new Error(`${primitive} was asked`);
    };
    world.plainAnswer = (commands) =>
      commands.some((line) => line.includes("GetStatus"))
        ? {
            ...{ product: "IRIS", status: "PRIMARY", type: "Failover", service: 1 },
            ...{ name: "MIRRORSET", guid: "1", arbiter: "", qosTimeoutMs: 8000 },
          }
        : { altered: "ZIrisMirror.Instance" };

    const input = inputFor(world, { images: ["iris:1", "iris:2"], namespaces: ["COMPANY"] });
    const { members } = await run(input, world);

    expect(members).toMatchObject({
      mirrorA: {
        ...{ reachable: true, status: "PRIMARY", code: "", altered: "ZIrisMirror.Instance" },
        mirror: { name: "MIRRORSET" },
      },
    });
  });

  test("asks a member that the topology names no more, as long as its container runs", async () => {
    const world = new FakeWorld("mirrorA", "mirrorB", "dr1");
    const ours = { stack: "dev", kind: "member" };
    const containers = [
      listed("dev-mirrorA", { ...ours, member: "mirrorA" }),
      listed("dev-mirrorB", { ...ours, member: "mirrorB" }),
      listed("dev-dr1", { ...ours, member: "dr1", state: "exited" }),
    ];
    world.dockerAnswers = (argv) =>
      argv[0] === "ps"
        ? { stdout: containers.map((one) => JSON.stringify(one)).join("\n") }
        : engine(argv);
    world.instances[1]!.status = "PRIMARY";
    const [member] = inputFor(world).members;

    const { members } = await run(
      inputFor(world, { members: [member!], images: ["iris:2"] }),
      world,
    );

    expect(Object.keys(members).toSorted()).toEqual(["mirrorA", "mirrorB"]);
    expect(members["mirrorB"]).toMatchObject({ reachable: true, status: "PRIMARY" });
  });

  test("does not fail without a Docker engine", async () => {
    const world = new FakeWorld("mirrorA");
    world.instances[0]!.problem = problemOf("no-answer", world.members[0]!);
    world.dockerAnswers = () => ({
      code: 1,
      stderr: "Cannot connect to the Docker daemon at unix",
    });

    const seen = await run(inputFor(world), world);

    expect(seen.docker).toMatchObject({ reachable: false });
    expect(seen.warnings).toHaveLength(1);
    expect(seen.warnings[0]).toContain("Cannot connect to the Docker daemon");
  });

  test("does not fail for a member that cannot be asked; it warns when there is a container", () => {
    const world = new FakeWorld("mirrorA", "mirrorB");
    const input = inputFor(world);
    const silent = { reachable: false, why: "no answer within 4 s" } as const;

    const warnings = warningsOf(
      input,
      new Map([
        ["mirrorA", silent],
        ["mirrorB", silent],
      ]),
      {
        docker: { reachable: true, id: "", version: "" },
        containers: { "dev-mirrorA": { state: "running" }, "dev-mirrorB": { state: "absent" } },
      },
    );

    expect(warnings).toEqual(["mirrorA: no answer within 4 s"]);
  });

  test("fails for what is neither an absent thing nor an absent engine", async () => {
    const world = new FakeWorld("mirrorA");
    world.dockerAnswers = (argv) =>
      argv[0] === "volume" ? { code: 1, stdout: "", stderr: "Error: disk on fire" } : engine(argv);

    await expect(run(inputFor(world), world)).rejects.toMatchObject({ code: "docker-refused" });
  });
});
