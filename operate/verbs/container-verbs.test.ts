/** own-volume, ready, load-code, service, leave and clear-stale: their decisions and their docker
 *  commands. What Docker and the instance do with those is proven on real containers. */

import { describe, expect, test } from "vitest";
import { labels } from "../contract/common.ts";
import { hashOfCode, readCode } from "../code.ts";
import type { Container, Volume } from "../docker.ts";
import type { InstanceState } from "../instance.ts";
import { FakeWorld, problemOf } from "../testing/fake-world.ts";
import * as clearStale from "./clear-stale.ts";
import * as leave from "./leave.ts";
import { loadLines, run as loadCode } from "./load-code.ts";
import * as ownVolume from "./own-volume.ts";
import { readGreeting, run as ready, whyWaitingIsVain } from "./ready.ts";
import { run as service } from "./service.ts";

const version = 1 as const;

describe("own-volume", () => {
  const input = {
    ...{ version, volume: "dev-a-data", image: "iris:1", stack: "dev", member: "mirrorA" },
  } as const;
  const volume = (stack?: string, member?: string): Volume => ({
    ...{ name: input.volume, createdAt: "" },
    labels: {
      ...(stack === undefined ? {} : { [labels.stack]: stack }),
      ...(member === undefined ? {} : { [labels.member]: member }),
    },
  });

  test("uses the member's own image and touches only an empty directory of root", () => {
    expect(ownVolume.helperArgv(input).join(" ")).toBe(
      "run --rm --user 0:0 --network none --label io.iris-mirror.stack=dev " +
        "--volume dev-a-data:/dur --entrypoint find iris:1 " +
        "/dur -maxdepth 0 -empty -uid 0 -print -exec chown 51773:51773 {} ;",
    );
  });

  test("leaves a volume alone that a container mounts", async () => {
    const world = new FakeWorld();
    world.dockerAnswers = ([command]) => ({
      stdout:
        command === "ps" ? "mirrorA\n" : JSON.stringify([{ Name: input.volume, Labels: null }]),
    });

    const output = await ownVolume.run(input, world);

    expect(output.changed).toBe(false);
    expect(world.dockerCalls.filter((call) => call.startsWith("run"))).toEqual([]);
  });

  test("tells by what the helper prints whether it changed anything", async () => {
    const world = new FakeWorld();
    const printed: Record<string, string> = {
      ...{ ps: "", run: "/dur\n", volume: JSON.stringify([{ Name: input.volume, Labels: null }]) },
    };
    world.dockerAnswers = ([command = ""]) => ({ stdout: printed[command] ?? "" });

    expect((await ownVolume.run(input, world)).changed).toBe(true);
    printed["run"] = "";
    expect((await ownVolume.run(input, world)).changed).toBe(false);
  });

  test("refuses an absent volume, which docker would create, and a foreign one", () => {
    const refuse = (given: Volume | undefined) => (): void => {
      ownVolume.refuseForeign(input, given);
    };

    expect(refuse(undefined)).toThrow("there is no volume of that name");
    expect(refuse(volume("prod", "mirrorA"))).toThrow("stack prod, member mirrorA");
    expect(refuse(volume("dev", "mirrorB"))).toThrow("stack dev, member mirrorB");
    expect(refuse(volume("dev", "mirrorA"))).not.toThrow();
    expect(refuse(volume())).not.toThrow();
  });
});

describe("ready", () => {
  const [member] = new FakeWorld("mirrorA").members;
  const input = { version, member: member!, containerId: "1f" } as const;
  const container = (changes: Partial<Container> = {}): Container => ({
    ...{ id: "1f", name: "dev-mirrorA", restarts: 0, state: "running", exitCode: 0, labels: {} },
    ...changes,
  });
  const greeted = (agent: number): string =>
    `\nNode: a, Instance: IRIS\n\n%SYS>\n\n<<irismirror 1 {"product":"IRIS 2022.1","agent":${agent}} irismirror 1>>\n\n%SYS>\n\n<<irismirror 1 end>>\n`;

  test("takes a session that answers and a running agent for ready", () => {
    expect(readGreeting(greeted(1), "")).toEqual({ done: "IRIS 2022.1" });
    expect(readGreeting(greeted(0), "")).toEqual({
      still: "the instance runs, its ISCAgent does not",
    });
    expect(readGreeting("Sign-on inhibited: Startup or Installation in progress\n", "")).toEqual({
      still: "Sign-on inhibited: Startup or Installation in progress",
    });
    expect(readGreeting("", "")).toEqual({ still: "no session yet" });
  });

  test.each([
    [undefined, "there is no container of that name any more"],
    [container({ id: "2e" }), "another container has taken that name"],
    [container({ state: "exited", exitCode: 1 }), "the container is exited, exit status 1"],
    [container({ state: "restarting", restarts: 3 }), "the container restarts again and again, 3"],
    [container({ restarts: 5 }), "the container restarts again and again, 5"],
  ])("does not wait in vain (%#)", (seen, words) => {
    expect(whyWaitingIsVain(input, seen, container({ restarts: 4 }))).toContain(words);
  });

  test("waits for a container that runs, however often it restarted before", () => {
    expect(whyWaitingIsVain(input, container({ restarts: 4 }), undefined)).toBeUndefined();
    expect(whyWaitingIsVain(input, container(), container())).toBeUndefined();
  });

  test("fails at once with the container's last words when it has ended", async () => {
    const world = new FakeWorld("mirrorA");
    world.dockerAnswers = ([command]) => {
      switch (command) {
        case "exec":
          return { code: 1 };
        case "logs":
          return { stdout: "[FATAL] Error starting InterSystems IRIS\n" };
        default:
          return { stdout: inspected("exited") };
      }
    };

    const failure = ready(input, world);

    await expect(failure).rejects.toMatchObject({ code: "container-ended" });
    await expect(failure).rejects.toThrow("[FATAL] Error starting InterSystems IRIS");
    expect(world.dockerCalls.filter((call) => call.startsWith("exec"))).toHaveLength(1);
  });

  test("goes on asking until the instance admits a session", async () => {
    const world = new FakeWorld("mirrorA");
    world.dockerAnswers = ([command]) =>
      command === "exec"
        ? { stdout: world.clock.now() >= 9000 ? greeted(1) : "" }
        : { stdout: inspected("running") };

    expect((await ready(input, world)).product).toBe("IRIS 2022.1");
  });
});

function inspected(state: string): string {
  return JSON.stringify([
    {
      ...{ Id: "1f", Name: "/dev-mirrorA", RestartCount: 0 },
      State: { Status: state, Restarting: false, ExitCode: 1 },
      Config: { Labels: { [labels.stack]: "dev", [labels.member]: "mirrorA" } },
    },
  ]);
}

describe("load-code", () => {
  /** An instance that has `before`, and ends with `after` once classes were loaded. */
  function instance(before: string, after: { code: string; problems: string }): FakeWorld {
    const world = new FakeWorld("mirrorA");
    world.plainAnswer = (commands) =>
      commands.some((line) => line.includes("OBJ.Load")) ? after : { code: before, problems: "" };
    return world;
  }
  const load = async (world: FakeWorld, hash?: string): Promise<boolean> => {
    const input = {
      version,
      member: world.members[0]!,
      hash: hash ?? hashOfCode(await readCode()),
    };
    return (await loadCode(input, world)).changed;
  };

  test("sends and loads the classes when another hash is there, and only then", async () => {
    const hash = hashOfCode(await readCode());
    const old = instance("old", { code: hash, problems: "" });
    const same = instance(hash, { code: hash, problems: "" });

    expect(await load(old)).toBe(true);
    expect(await load(same)).toBe(false);
    expect(old.dockerCalls).toEqual(["exec -i dev-mirrorA tar -x -C /tmp -f -"]);
    expect(same.dockerCalls).toEqual([]);
  });

  test("loads again what somebody altered, though the hash is the same", async () => {
    const hash = hashOfCode(await readCode());
    const world = new FakeWorld("mirrorA");
    world.plainAnswer = (commands) => ({
      code: hash,
      altered: commands.some((line) => line.includes("OBJ.Load")) ? "" : "ZIrisMirror.Mirror",
    });

    expect(await load(world)).toBe(true);
  });

  test("refuses when the classes on disk are not those the program saw", async () => {
    const world = instance("", { code: "", problems: "" });

    await expect(load(world, "another")).rejects.toMatchObject({ code: "code-differs" });
  });

  test("tells the compiler's words when a class does not compile", async () => {
    const world = instance("", { code: "", problems: "ERROR #5030: class X" });

    await expect(load(world)).rejects.toThrow("a class did not compile: ERROR #5030: class X");
  });

  test("forgets the old hash first and remembers the new one last", () => {
    const files = [{ path: "ZIrisMirror/Call.cls", content: "" }];
    const folder = `/tmp/irismirror-${hashOfCode(files)}`;

    expect(loadLines("abcd", files)).toEqual([
      'kill ^ZIrisMirror("code")',
      'set problems=""',
      `set ok=$system.OBJ.Load("${folder}/ZIrisMirror/Call.cls","ck-d")`,
      'if \'ok set problems=problems_$system.Status.GetErrorText(ok)_" "',
      `do ##class(%Library.File).RemoveDirectoryTree("${folder}")`,
      'kill ^ZIrisMirror("text")',
      'kill text do ##class(%Compiler.UDL.TextServices).GetTextAsString("%SYS","ZIrisMirror.Call",' +
        '.text) set:$data(text) ^ZIrisMirror("text","ZIrisMirror.Call")=text',
      'if problems="" set ^ZIrisMirror("code")="abcd"',
    ]);
  });
});

describe("service", () => {
  test("is enabled once", async () => {
    const world = new FakeWorld("mirrorA");
    world.instances[0]!.service = false;
    const input = { version, member: world.members[0]! } as const;

    expect((await service(input, world)).changed).toBe(true);
    expect((await service(input, world)).changed).toBe(false);
  });
});

describe("leave", () => {
  const world = new FakeWorld("mirrorA", "mirrorB");
  const input = {
    ...{ version, mirror: "MIRRORSET", failover: world.members, eligibility: "failover" as const },
    member: world.members[1]!,
  } as const;
  const state = (status: string, name?: string): InstanceState => ({
    ...{ product: "", status, type: "Failover", service: true, code: "1", databases: [] },
    mirror:
      name === undefined ? undefined : { name, guid: "1", arbiter: undefined, qosTimeoutMs: 8000 },
  });

  test("takes a backup out, and has nothing to do for a member of no mirror", () => {
    expect(leave.decide(input, state("BACKUP", "MIRRORSET"))).toBe("leave");
    expect(leave.decide(input, state("NOTINIT"))).toBe("none");
  });

  test("refuses the primary with the recipe, and a member of another mirror", () => {
    expect(() => leave.decide(input, state("PRIMARY", "MIRRORSET"))).toThrow(
      "docker exec dev-mirrorB iris stop IRIS quietly",
    );
    expect(() => leave.decide(input, state("BACKUP", "OTHER"))).toThrow("the mirror OTHER");
  });

  test("is done when the container is gone", async () => {
    const gone = new FakeWorld();
    gone.dockerAnswers = () => ({ code: 1, stdout: "[]", stderr: "Error: No such container: x\n" });

    expect(await leave.run(input, gone)).toMatchObject({
      left: false,
      why: "the container is gone",
    });
  });

  test("starts an instance that an interrupted run left stopped, and finishes", async () => {
    const stopped = new FakeWorld("mirrorA", "mirrorB");
    const [, b] = stopped.instances;
    b!.problem = problemOf("instance-down", b!.address);
    stopped.dockerAnswers = (argv) => {
      if (argv.includes("start")) {
        b!.problem = undefined;
      }
      return { stdout: inspected("running") };
    };

    expect(await leave.run(input, stopped)).toMatchObject({ left: false });
    expect(stopped.dockerCalls).toContain("exec dev-mirrorB iris start IRIS quietly");
  });
});

describe("clear-stale", () => {
  const input = {
    ...{ version, container: "mirrorA", stack: "dev", member: "mirrorA", graceSeconds: 300 },
  } as const;

  test("stops our own container in its own time before it removes it", async () => {
    const world = new FakeWorld();
    world.dockerAnswers = () => ({ stdout: inspected("running") });

    expect(await clearStale.run(input, world)).toEqual({ version, removed: true });
    expect(world.dockerCalls).toEqual(["container inspect mirrorA", "stop --time 300 1f", "rm 1f"]);
  });

  test("has nothing to do when there is none", async () => {
    const world = new FakeWorld();
    world.dockerAnswers = () => ({ code: 1, stdout: "[]", stderr: "Error: No such container: x" });

    expect((await clearStale.run(input, world)).removed).toBe(false);
  });

  test.each([
    [{ ...input, stack: "other" }, "member mirrorA of stack dev"],
    [{ ...input, member: "mirrorB" }, "member mirrorA of stack dev"],
  ])("refuses a container of somebody else by its owner's name (%#)", async (given, owner) => {
    const world = new FakeWorld();
    world.dockerAnswers = () => ({ stdout: inspected("running") });

    await expect(clearStale.run(given, world)).rejects.toThrow(`the name is taken by ${owner}`);
    expect(world.dockerCalls).toHaveLength(1);
  });
});
