/** Where things lie: the checkout, and the only two folders outside it that are written. */

import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/** Top of the checkout. */
export const top = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * What can be made again: Go's caches, the programs built from source, compiled scripts.
 * IRIS_MIRROR_CACHE, else the user's cache folder.
 * @param {Environment} environment
 */
export function cacheFolder(environment = process.env) {
  return placeOf(environment, "IRIS_MIRROR_CACHE", "XDG_CACHE_HOME", ".cache");
}

/**
 * What cannot: the data of a Docker engine started here, Pulumi's state, the passphrase.
 * IRIS_MIRROR_STATE, else the user's state folder.
 * @param {Environment} environment
 */
export function stateFolder(environment = process.env) {
  return placeOf(environment, "IRIS_MIRROR_STATE", "XDG_STATE_HOME", join(".local", "state"));
}

/**
 * @param {Environment} environment
 * @param {string} own
 * @param {string} common
 * @param {string} usual
 */
function placeOf(environment, own, common, usual) {
  const given = environment[own];
  if (given !== undefined && given !== "") {
    return resolve(given);
  }
  const base = environment[common];
  const parent = base === undefined || base === "" ? join(homeOf(environment), usual) : base;
  return join(resolve(parent), "iris-mirror");
}

/** @param {Environment} environment */
function homeOf(environment) {
  return environment["HOME"] ?? homedir();
}
