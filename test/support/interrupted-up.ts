/** An `up` that is ended in its middle, as by a person or by the machine. */

import { execa } from "execa";
import { join } from "node:path";
import { expect } from "vitest";
import { top } from "./checkout.ts";
import type { TestStack } from "./test-stack.ts";

/** Ctrl-C, and `kill -9`. */
export type Ending = "SIGINT" | "SIGKILL";

/** Begins an up and ends it when that many resources of providers have begun to change. */
export async function interruptedUp(
  stack: TestStack,
  moment: number,
  signal: Ending,
): Promise<void> {
  const node = join(top, "node_modules/.bin/node");
  const launcher = join(stack.folder, "toolchain/pulumi.mjs");
  const args = [launcher, "up", "--yes", "--skip-preview", "--non-interactive"];
  const child = execa(node, [...args, "--stack", stack.name], {
    cwd: stack.folder,
    env: { PULUMI_CONFIG_PASSPHRASE: "of a test" },
    all: true,
    reject: false,
    // A group of its own: Ctrl-C in a terminal reaches everybody in the foreground.
    detached: true,
  });
  let said = "";
  let isSent = false;
  child.all.on("data", (bytes: Buffer) => {
    said += bytes.toString("utf8");
    const begun = said.match(/[-+~] +(docker|command):\S+ \S+ (creat|updat|delet)ing/g) ?? [];
    if (begun.length < moment || isSent || child.pid === undefined) return;
    isSent = true;
    process.kill(-child.pid, signal);
  });
  const ended = await child;
  expect(isSent, `the up ended by itself:\n${ended.all}`).toBe(true);
}
