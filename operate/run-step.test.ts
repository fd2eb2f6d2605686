import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { run } from "./child-process.ts";
import { installFakeDocker, type FakeDocker } from "./testing/fake-docker.ts";
import { FakeWorld } from "./testing/fake-world.ts";

// Every test here starts programs, which takes long on a machine that is busy with others.
vi.setConfig({ testTimeout: 60_000 });

const step = [process.execPath, join(import.meta.dirname, "step.ts")];
const [{ address: member } = { address: undefined }] = new FakeWorld("mirrorA").instances;

/** Runs the real entry, with a docker of our own. */
async function runStep(
  verb: string,
  stdin: string,
  fake: FakeDocker = { session: "process.exit(1);" },
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  await using docker = await installFakeDocker(fake);
  return await run(["/usr/bin/env", `PATH=${docker.path}`, ...step, verb], {
    timeoutMs: 60_000,
    stdin,
  });
}

const enabled = `answer('{"answer":{"enabled":1}}');`;
const service = JSON.stringify({ version: 1, member });

describe("a step", () => {
  test("prints exactly one JSON object when it succeeds", async () => {
    const { code, stdout } = await runStep("service", service, { session: enabled });

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '{"version":1,"enabled":true,"changed":false}\n',
    });
  });

  test("prints an output longer than a pipe holds to its end", async () => {
    const files = Array.from({ length: 5000 }, (_, index) => `/nowhere/${"x".repeat(99)}${index}`);
    const input = { version: 1, stack: "dev", mirror: "MIRRORSET", members: [], files };

    const commands = {
      info: '{"id":"E","version":"1","name":"h"}',
      ps: "",
      // Member and arbiter of two releases.
      "image inspect": "1\n2\n3\n4\n",
    };

    const { code, stdout, stderr } = await runStep("look", JSON.stringify(input), {
      commands,
      session: "",
    });

    expect(code, stderr).toBe(0);
    expect(Object.keys((JSON.parse(stdout) as { files: object }).files)).toEqual(files);
  });

  test("refuses an unknown verb with status 2 and names the known ones", async () => {
    const { code, stdout, stderr } = await runStep("destroy-everything", "{}");

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("own-volume, ready, load-code");
  });

  test("refuses a verb that is only inherited by name", async () => {
    const { code } = await runStep("constructor", "{}");

    expect(code).toBe(2);
  });

  test.each([
    ["no JSON", "not JSON"],
    ['{"version":1}', "member: given nothing, allowed: an object"],
    ['{"version":99}', "version: given 99, allowed: 1"],
  ])("refuses the input %s with status 2", async (stdin, words) => {
    const { code, stdout, stderr } = await runStep("service", stdin);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
  });

  test("refuses an input that has no end", async () => {
    const { code, stderr } = await runStep("service", "x".repeat(5_000_000));

    expect(code).toBe(2);
    expect(stderr).toContain("longer than");
  });

  test("ends with status 3 when certainly nothing happened", async () => {
    const { code, stdout, stderr } = await runStep("service", service);

    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toBe(
      "service failed (container-absent; nothing was changed)\n" +
        "dev-mirrorA: there is no container of that name. Run `npx pulumi up` to create it.\n",
    );
  });

  test("ends with status 4 when the outcome is open", async () => {
    const { code } = await runStep("service", service, {
      session: `answer('{"error":"ERROR #5001: x"}');`,
    });

    expect(code).toBe(4);
  });

  test("ends its children and itself on a signal, and says so", async () => {
    await using docker = await installFakeDocker({ session: 'process.stderr.write("asked");' });
    const child = spawn("/usr/bin/env", [`PATH=${docker.path}`, ...step, "service"]);
    child.stdin.end(service);
    const errors: string[] = [];
    child.stderr.setEncoding("utf8").on("data", (part: string) => errors.push(part));
    // The session never answers, so the step is in the midst of its work whenever this comes.
    await new Promise((resolve) => child.once("spawn", resolve));
    const over = new Promise((resolve) => child.once("close", resolve));
    await untilListening(child.pid ?? 0);

    child.kill("SIGTERM");

    expect(await over).toBe(143);
    expect(errors.join("")).toContain("ended by SIGTERM");
  });
});

/** Waits until the process has a child, which it starts after its signal handlers. */
async function untilListening(pid: number): Promise<void> {
  const { readFile } = await import("node:fs/promises");
  for (;;) {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
    if (children.trim() !== "") {
      return;
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
