import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lastLines, run } from "./child.mjs";
import { cacheFolder, stateFolder } from "./places.mjs";
import { livesSince, processOf } from "./processes.mjs";
import { spanInWords } from "./time.mjs";
import { inTurn } from "./turn.mjs";

describe("the two folders outside the checkout", () => {
  it("are the project's own variables, else the user's folders, else the usual ones", () => {
    expect(cacheFolder({ IRIS_MIRROR_CACHE: "/c", XDG_CACHE_HOME: "/x", HOME: "/h" })).toBe("/c");
    expect(cacheFolder({ XDG_CACHE_HOME: "/x", HOME: "/h" })).toBe("/x/iris-mirror");
    expect(cacheFolder({ HOME: "/h", IRIS_MIRROR_CACHE: "" })).toBe("/h/.cache/iris-mirror");
    expect(stateFolder({ HOME: "/h" })).toBe("/h/.local/state/iris-mirror");
    expect(stateFolder({ IRIS_MIRROR_STATE: "/s" })).toBe("/s");
    expect(stateFolder({ XDG_STATE_HOME: "/x" })).toBe("/x/iris-mirror");
  });
});

describe("a span of time", () => {
  it.for([
    [0, "0.0 s"],
    [9_440, "9.4 s"],
    [59_400, "59 s"],
    [59_600, "1 min 0 s"],
    [3_725_000, "62 min 5 s"],
  ] as const)("%d ms", ([ms, words]) => {
    expect(spanInWords(ms)).toBe(words);
  });
});

describe("a program", () => {
  it("that is missing ends as a shell would say it", async () => {
    expect(await run("/no/such/program", [])).toMatchObject({ code: 127, stdout: "" });
  });

  it("gives its exit code and both streams, and each line as it comes", async () => {
    const lines: string[] = [];

    const ended = await run("sh", ["-c", "cat; echo err >&2; exit 3"], {
      stdin: "a\nb\n",
      onLine: (line) => lines.push(line),
    });

    expect(ended).toEqual({ code: 3, stdout: "a\nb\n", stderr: "err\n" });
    expect(lines.sort()).toEqual(["a", "b", "err"]);
  });

  it("is ended by whoever started it", async () => {
    const stop = new AbortController();
    const ended = run("cat", [], { signal: stop.signal, stdin: "x" });
    stop.abort();

    expect((await ended).code).not.toBe(0);
  });

  it("is quoted by its last lines that say something", () => {
    expect(lastLines("a\n\nb\n  \nc\n", 2)).toBe("b\nc");
  });
});

describe("a process", () => {
  it("lives since it started and not longer", () => {
    const self = processOf(process.pid);

    expect(self?.parent).toBe(process.ppid);
    expect(livesSince(process.pid, new Date())).toBe(true);
    expect(livesSince(process.pid, new Date("2020-01-01"))).toBe(false);
  });
});

describe("taking turns", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "iris-mirror-test-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("lets one in at a time, and the next one when it is done or has failed", async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      throw new Error("failed");
    };

    const turns = Array.from({ length: 5 }, () => inTurn(folder, "work", work));

    expect((await Promise.allSettled(turns)).map(({ status }) => status)).toEqual(
      Array.from({ length: 5 }, () => "rejected"),
    );
    expect(most).toBe(1);
  });

  it("goes on when the one who is in is killed", async () => {
    const module = join(import.meta.dirname, "turn.mjs");
    const script =
      `import { inTurn } from ${JSON.stringify(module)};` +
      `await inTurn(${JSON.stringify(folder)}, "work", () => { console.log("in");` +
      ` return new Promise(() => setInterval(() => 0, 1e6)); });`;
    const other = spawn(process.execPath, ["--input-type=module", "--eval", script]);
    await firstLine(other);

    const mine = inTurn(folder, "work", () => Promise.resolve("mine"));
    other.kill("SIGKILL");

    expect(await mine).toBe("mine");
  });
});

function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve) => createInterface({ input: child.stdout }).once("line", resolve));
}
