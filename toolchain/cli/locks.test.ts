import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { localBackend, locksOf, settleLocks } from "./locks.mjs";

let backend = "";
let said = "";
beforeEach(() => {
  said = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  backend = mkdtempSync(join(tmpdir(), "iris-mirror-test-"));
});
afterEach(() => {
  rmSync(backend, { recursive: true });
  vi.restoreAllMocks();
});

function lock(name: string, pid: number, more: { hostname?: string; timestamp?: string } = {}) {
  const folder = join(backend, ".pulumi/locks/organization/iris-mirror/test");
  mkdirSync(folder, { recursive: true });
  const timestamp = new Date().toISOString();
  const content = { pid, username: "somebody", hostname: hostname(), timestamp, ...more };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
}

/** A process that lives until it is told to end. */
async function living(): Promise<{ pid: number; end: () => Promise<void> }> {
  const child = spawn("cat", { stdio: ["pipe", "ignore", "ignore"] });
  await new Promise((resolve) => child.once("spawn", resolve));
  return {
    pid: child.pid!,
    end: () =>
      new Promise((resolve) => {
        child.once("exit", () => {
          resolve();
        });
        child.stdin.end();
      }),
  };
}

async function dead(): Promise<number> {
  const { pid, end } = await living();
  await end();
  return pid;
}

const stack = "organization/iris-mirror/test";

describe("a lock of the local backend", () => {
  it("goes when its process is dead on this machine", async () => {
    const pid = await dead();
    lock("one", pid);

    const wasLeft = await settleLocks(backend, stack);

    expect(wasLeft).toBe(true);
    expect(said).toContain(`process ${pid} was killed`);
    expect(locksOf(backend, stack)).toEqual([]);
  });

  it("goes when its process number belongs to a younger process", async () => {
    const other = await living();
    lock("one", other.pid, { timestamp: "2020-01-01T00:00:00Z" });

    await settleLocks(backend, stack);

    expect(locksOf(backend, stack)).toEqual([]);
    await other.end();
  });

  it("of a living process is waited for", async () => {
    const holder = await living();
    lock("one", holder.pid);
    let isSettled = false;

    const settling = settleLocks(backend, stack).then(() => (isSettled = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isSettled).toBe(false);
    expect(locksOf(backend, stack)).toHaveLength(1);
    await holder.end();

    await settling;
  });

  it("of another machine is never called abandoned", async () => {
    lock("one", await dead(), { hostname: "elsewhere" });

    const settling = settleLocks(backend, stack);
    await new Promise((resolve) => setImmediate(resolve));

    expect(locksOf(backend, stack)).toHaveLength(1);
    rmSync(join(backend, ".pulumi"), { recursive: true });
    await settling;
  });

  it("is only what looks like one", () => {
    const folder = join(backend, ".pulumi/locks/organization/iris-mirror/test");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "broken.json"), "{");
    writeFileSync(join(folder, "empty.json"), "{}");
    lock("x", process.pid);
    renameSync(join(folder, "x.json"), join(folder, "x.json.attrs"));

    expect(locksOf(backend, stack)).toEqual([]);
  });
});

describe("the address of a backend", () => {
  it("leads to a folder when it is a local one", () => {
    expect(localBackend("file:///var/state")).toBe("/var/state");
    expect(localBackend("file:///var/state?no_tmp_dir=true")).toBe("/var/state");
    expect(localBackend("s3://bucket")).toBeUndefined();
    expect(localBackend("file://~")).toBeUndefined();
    expect(localBackend(undefined)).toBeUndefined();
  });
});
