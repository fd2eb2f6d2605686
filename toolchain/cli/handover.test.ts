import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";

const handover = join(import.meta.dirname, "handover.mjs");

/** Starts a launcher that hands over to a shell script, without a terminal. */
function launch(script: string) {
  const program =
    `import { handOver } from ${JSON.stringify(handover)};` +
    `process.exit(await handOver("sh", ["-c", ${JSON.stringify(script)}], process.env, ` +
    `{ sameSignalMs: 1e9 }));`;
  const launcher = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void launcher.kill("SIGKILL"));
  const lines: string[] = [];
  const waiting = new Map<string, () => void>();
  createInterface({ input: launcher.stdout }).on("line", (line) => {
    lines.push(line);
    waiting.get(line)?.();
  });
  return {
    launcher,
    lines,
    said: (line: string) =>
      new Promise<void>((resolve) => {
        if (lines.includes(line)) resolve();
        waiting.set(line, resolve);
      }),
    ended: new Promise<number | null>((resolve) => launcher.once("close", resolve)),
  };
}

/** Says each signal it hears, and ends when it is told to on its standard input. Not in the shell's
 *  own words: a signal that comes just before the shell reads waits until it has read. */
const listening = `exec '${process.execPath}' --eval '
  for (const name of ["INT", "TERM"]) process.on("SIG" + name, () => console.log("heard " + name));
  process.stdin.resume().on("end", () => process.exit(0)).on("data", () => process.exit(5));
  console.log("ready");
'`;

describe("handing over", () => {
  it("gives the exit code back", async () => {
    expect(await launch("exit 7").ended).toBe(7);
  });

  it("hands standard input and output over", async () => {
    const { launcher, lines, ended } = launch("cat");
    launcher.stdin.end("a line\n");

    await ended;

    expect(lines).toEqual(["a line"]);
  });

  it("passes Ctrl-C on once, though npm says it a second time", async () => {
    const { launcher, lines, said, ended } = launch(listening);
    await said("ready");

    launcher.kill("SIGINT");
    await said("heard INT");
    launcher.kill("SIGINT");
    launcher.kill("SIGTERM");
    await said("heard TERM");
    launcher.stdin.write("end\n");

    expect(await ended).toBe(5);
    expect(lines).toEqual(["ready", "heard INT", "heard TERM"]);
  });

  it("counts a program that a signal ended as shells do", async () => {
    expect(await launch("kill -KILL $$").ended).toBe(137);
  });
});
