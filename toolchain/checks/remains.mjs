/** The tests leave nothing behind: no container, volume, network or process. */

import { readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leftovers } from "../cli/leftovers.mjs";
import { belongings } from "../engine/belongings.mjs";
import { lastLines, run } from "../ground/child.mjs";
import { cacheFolder, top } from "../ground/places.mjs";
import { processes } from "../ground/processes.mjs";
import { say } from "../ground/progress.mjs";
import { single } from "./result.mjs";

/** Names the stacks of one run of tests, so that those of another run beside it are not counted:
 *  test/support/test-stack.ts puts its value into the names. */
export const testRunVariable = "IRIS_MIRROR_TEST_RUN";

/**
 * How the folders of this run's checkouts begin, among the temporary ones.
 * @param {NodeJS.ProcessEnv} environment  with the name of this run
 */
export function checkoutPrefix(environment) {
  return `iris-mirror-checkout-${environment[testRunVariable] ?? ""}-`;
}

/**
 * What this run has on the Docker engine.
 * @param {NodeJS.ProcessEnv} environment  with the name of this run
 * @returns {Promise<{ kind: string, name: string }[]>}
 */
async function onEngine(environment) {
  const found = await belongings(undefined, environment);
  const start = `t${environment[testRunVariable] ?? ""}`;
  return Object.entries(found).flatMap(([kind, names]) =>
    names.filter((name) => name.startsWith(start)).map((name) => ({ kind, name })),
  );
}

/**
 * Everything of this run that is there now, in words.
 * @param {NodeJS.ProcessEnv} environment  with the name of this run
 * @returns {Promise<string[]>}
 */
export async function everythingOfOurs(environment) {
  return [
    ...(await onEngine(environment)).map(({ kind, name }) => `${kind} ${name}`),
    ...leftovers(processes(), cacheFolder(), top).map(({ pid, program }) => `${program} (${pid})`),
  ];
}

/**
 * Tests that were interrupted cannot clean up behind themselves: removes their stacks and
 * checkouts.
 * @param {NodeJS.ProcessEnv} environment  with the name of their run
 */
export async function removeAbandoned(environment) {
  const there = await onEngine(environment);
  for (const stack of new Set(there.map(({ name }) => name.split("-")[0] ?? name))) {
    say(`Removing stack ${stack}, which the interrupted tests left.`);
    const args = [join(top, "toolchain/down.mjs"), "--delete-data", stack];
    const ended = await run(process.execPath, args, { env: environment });
    if (ended.code !== 0) {
      say(lastLines(ended.stderr, 3));
    }
  }
  const prefix = checkoutPrefix(environment);
  for (const folder of readdirSync(tmpdir()).filter((name) => name.startsWith(prefix))) {
    rmSync(join(tmpdir(), folder), { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} before  what was there when the tests began
 * @param {readonly string[]} after
 */
export function remainsCheck(before, after) {
  const left = after.filter((thing) => !before.includes(thing));
  return single("nothing left behind", left.length === 0, left.join("\n"));
}
