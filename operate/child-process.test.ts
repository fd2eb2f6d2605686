import { expect, test, vi } from "vitest";
import { endChildren, run, start } from "./child-process.ts";

// Every test here starts programs, which takes long on a machine that is busy with others.
vi.setConfig({ testTimeout: 60_000 });

const node = (code: string): string[] => [process.execPath, "-e", code];
const limit = { timeoutMs: 60_000 };

test("a program gets its input and gives output, errors and exit code", async () => {
  const code =
    "process.stdin.on('data', (d) => process.stdout.write(String(d).toUpperCase()));" +
    "process.stdin.on('end', () => { console.error('bye'); process.exit(3); });";

  const finished = await run(node(code), { ...limit, stdin: "hello" });

  expect(finished).toEqual({ code: 3, stdout: "HELLO", stderr: "bye\n", timedOut: false });
});

test("a program that does not read its input is no fault", async () => {
  const finished = await run(node("process.exit(0)"), { ...limit, stdin: "x".repeat(1_000_000) });

  expect(finished.code).toBe(0);
});

test("a program that takes too long is ended", async () => {
  const finished = await run(node("setInterval(() => {}, 1000)"), { timeoutMs: 200 });

  expect(finished).toMatchObject({ code: null, timedOut: true });
});

test("a program that is not there is an error", async () => {
  await expect(run(["/nowhere/docker"], limit)).rejects.toThrow("ENOENT");
});

test("nothing that was started is left behind, even what does not listen to SIGTERM", async () => {
  const child = start(
    node("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')"),
  );
  await new Promise((resolve) => child.stdout.once("data", resolve));

  await endChildren();

  expect(child.signalCode).toBe("SIGKILL");
});
