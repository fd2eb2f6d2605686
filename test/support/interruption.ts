/** An `up` that is ended in its middle. */

import { execa } from "execa";
import { join } from "node:path";
import { top } from "./checkout.ts";
import type { TestStack } from "./test-stack.ts";

/** Ctrl-C of a terminal, or death without a word. */
export type Interruption = "SIGINT" | "SIGKILL";

/** What Pulumi says when it begins with a resource of a provider, and again while it goes on. */
const begins = /[+~-] +(?:docker|command):\S+ \S+ (?:creating|updating|deleting)/g;

/** Resources that have begun by what was said. */
const begunIn = (said: string): number => new Set(said.match(begins)).size;

/** Begins an up and ends it when that many resources have begun.
 *  @throws Error when it ended by itself before */
export async function interruptedUp(
  stack: TestStack,
  moment: number,
  signal: Interruption,
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
  const signalled = { is: false };
  child.all.on("data", (bytes: Buffer) => {
    said += bytes.toString("utf8");
    if (begunIn(said) < moment || signalled.is || child.pid === undefined) return;
    signalled.is = true;
    process.kill(-child.pid, signal);
  });
  const ended = await child;
  if (signalled.is) return;
  throw new Error(`The up ended by itself before its step ${moment}:\n${ended.all}`);
}
