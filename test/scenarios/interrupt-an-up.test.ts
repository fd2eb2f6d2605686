/** What happens: an `up` is ended in its middle, by Ctrl-C or by `kill -9`.
 *  What must hold: the next `up` repairs it; afterwards the mirror is whole and nothing is left to
 *  change.
 *  How it is measured: the step is drawn (and printed) or, by `npm run test:interrupt`, each one in
 *  turn; Pulumi's verdict and `iris qlist` at the end. */

import { execa } from "execa";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Checkout, top } from "../support/checkout.ts";
import { wholePair } from "../support/mirror-state.ts";
import { TestStack } from "../support/test-stack.ts";

/** How many resources Pulumi begins to create in a first deploy of the small topology. */
const steps = 25;

const everyStep = process.env["IRIS_MIRROR_INTERRUPT"] === "every";
const drawn = Number(
  process.env["IRIS_MIRROR_INTERRUPT_AT"] ?? 1 + Math.floor(Math.random() * steps),
);
const moments = everyStep ? Array.from({ length: steps }, (_, index) => index + 1) : [drawn];

/** Begins an up and ends it when that many resources of providers have begun. */
async function interruptedUp(
  stack: TestStack,
  moment: number,
  signal: "SIGINT" | "SIGKILL",
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
    const begun = said.match(/\+ +(docker|command):\S+ \S+ creating/g)?.length ?? 0;
    if (begun < moment || isSent || child.pid === undefined) return;
    isSent = true;
    process.kill(-child.pid, signal);
  });
  const ended = await child;
  expect(isSent, `the up ended by itself:\n${ended.all}`).toBe(true);
}

describe.for(["SIGINT", "SIGKILL"] as const)("an up ended by %s", (signal) => {
  it.for(moments)(`in its step %i is repaired by the next up`, async (moment) => {
    using checkout = new Checkout();
    await using stack = await TestStack.create(checkout);

    await interruptedUp(stack, moment, signal);
    await stack.up();

    await wholePair(stack);
    await stack.expectNoChanges();
  });
});
