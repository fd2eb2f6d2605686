/** The tests leave nothing behind: no container, volume, network or process. */

import { leftovers } from "../cli/leftovers.mjs";
import { belongings } from "../engine/belongings.mjs";
import { cacheFolder, top } from "../ground/places.mjs";
import { processes } from "../ground/processes.mjs";
import { single } from "./result.mjs";

/** Names the stacks of one run of tests, so that those of another run beside it are not counted:
 *  test/support/test-stack.ts puts its value into the names. */
export const testRunVariable = "IRIS_MIRROR_TEST_RUN";

/**
 * Everything of this run that is there now, in words.
 * @param {NodeJS.ProcessEnv} environment  with the name of this run
 * @returns {Promise<string[]>}
 */
export async function everythingOfOurs(environment) {
  const found = await belongings(undefined, environment);
  const run = environment[testRunVariable] ?? "";
  return [
    ...Object.entries(found).flatMap(([kind, names]) =>
      names.filter((name) => name.startsWith(`t${run}`)).map((name) => `${kind} ${name}`),
    ),
    ...leftovers(processes(), cacheFolder(), top).map(({ pid, program }) => `${program} (${pid})`),
  ];
}

/**
 * @param {readonly string[]} before  what was there when the tests began
 * @param {readonly string[]} after
 */
export function remainsCheck(before, after) {
  const left = after.filter((thing) => !before.includes(thing));
  return single("nothing left behind", left.length === 0, left.join("\n"));
}
