/** The tests leave nothing behind: no container, volume, network or process. */

import { leftovers } from "../cli/leftovers.mjs";
import { belongings } from "../engine/belongings.mjs";
import { cacheFolder, top } from "../ground/places.mjs";
import { processes } from "../ground/processes.mjs";
import { single } from "./result.mjs";

/**
 * Everything of ours that is there now, in words.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<string[]>}
 */
export async function everythingOfOurs(environment) {
  const found = await belongings(undefined, environment);
  return [
    ...Object.entries(found).flatMap(([kind, names]) => names.map((name) => `${kind} ${name}`)),
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
