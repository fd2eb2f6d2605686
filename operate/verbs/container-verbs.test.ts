/** ready, load-code, service and clear-stale: their decisions and their docker
 *  commands. What Docker and the instance do with those is proven on real containers. */

import { describe, expect, test } from "vitest";
import { labels } from "../contract/common.ts";
import { hashOfCode, readCode } from "../code.ts";
import type { Container } from "../docker.ts";
import { FakeWorld } from "../testing/fake-world.ts";
import * as clearStale from "./clear-stale.ts";
import { loadLines, run as loadCode } from "./load-code.ts";
import { readGreeting, run as ready, whyWaitingIsVain } from "./ready.ts";
import { run as service } from "./service.ts";

const version = 1 as const;

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
