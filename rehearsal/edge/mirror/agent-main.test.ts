/** The ISCAgent as the process that scripts start. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";

const program = join(import.meta.dirname, "agent-main.ts");

/** Starts one whose own agent's file is in this folder. */
function start(port: number, folder: string) {
  const child = spawn(process.execPath, ["--no-warnings", program, "--port", String(port)], {
    env: { IRISSYS: folder, ISCAGENT_TELLS_ON: "3" },
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  return { child, told: child.stdio[3] as Readable };
}

it("a port in use is no failure when the agent of this container has it, else it is", async () => {
  const folder = mkdtempSync(join(tmpdir(), "agent-"));
  const foreign = createServer();
  try {
    const port = await new Promise<number>((resolve) => {
      foreign.listen(0, () => resolve((foreign.address() as { port: number }).port));
    });
    expect(await text(start(port, folder).told)).toBe("");

    await new Promise((resolve) => foreign.close(resolve));
    const own = start(port, folder);
    own.told.setEncoding("utf8");
    const listening = await new Promise((resolve) => own.told.once("data", resolve));
    expect(listening).toBe("listening\n");
    expect(await text(start(port, folder).told)).toBe("in use\n");
    const ended = new Promise((resolve) => own.child.once("exit", resolve));
    own.child.kill("SIGTERM");
    await ended;
  } finally {
    foreign.close();
    rmSync(folder, { recursive: true });
  }
});
