/** What the files of the local backend tell without asking Pulumi, which takes half a second. */

import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { top } from "../ground/places.mjs";
import { localBackend } from "./locks.mjs";
import { plainName, project, selectedStack } from "./stack.mjs";

/**
 * The file the local backend keeps a stack in.
 * @param {string} backend  its folder
 * @param {string} stack
 */
function checkpointFile(backend, stack) {
  return join(backend, ".pulumi/stacks", project, `${plainName(stack)}.json`);
}

/**
 * True when the stack exists in a local backend and is the selected one.
 * @param {NodeJS.ProcessEnv} environment  of Pulumi
 * @param {string} stack
 */
export function hasStack(environment, stack) {
  const url = environment["PULUMI_BACKEND_URL"];
  const backend = localBackend(url);
  const home = environment["PULUMI_HOME"];
  if (url === undefined || backend === undefined || home === undefined) {
    return false;
  }
  const selected = selectedStack(home, top, url);
  return (
    selected !== undefined &&
    plainName(selected) === plainName(stack) &&
    existsSync(checkpointFile(backend, stack))
  );
}

/**
 * The state of a stack as a local backend keeps it.
 * @param {string} backend  its folder
 * @param {string} stack
 */
export function checkpointOf(backend, stack) {
  const file = checkpointFile(backend, stack);
  return textOf(file, (bytes) => bytes) ?? textOf(`${file}.gz`, gunzipSync);
}

/**
 * False when it is certain that the stack does not exist: only a local backend can be looked into.
 * @param {NodeJS.ProcessEnv} environment  of Pulumi
 * @param {string} stack
 */
export function mayExist(environment, stack) {
  const backend = localBackend(environment["PULUMI_BACKEND_URL"]);
  return backend === undefined || checkpointOf(backend, stack) !== undefined;
}

/**
 * False when it is certain that nothing is deployed. To destroy nothing is not nothing: the program
 * runs, and leaves the stack itself in the state.
 * @param {NodeJS.ProcessEnv} environment  of Pulumi
 * @param {string} stack
 */
export function hasResources(environment, stack) {
  const backend = localBackend(environment["PULUMI_BACKEND_URL"]);
  if (backend === undefined) {
    return true;
  }
  const checkpoint = checkpointOf(backend, stack);
  return checkpoint !== undefined && resourcesIn(checkpoint) > 0;
}

/**
 * Removes what a local backend keeps of a stack that is gone: earlier states, the history of its
 * operations. They hold its settings and, encrypted, its secrets.
 * @param {NodeJS.ProcessEnv} environment  of Pulumi
 * @param {string} stack
 */
export function forgetStack(environment, stack) {
  const backend = localBackend(environment["PULUMI_BACKEND_URL"]);
  if (backend === undefined || checkpointOf(backend, stack) !== undefined) {
    return;
  }
  const name = plainName(stack);
  const folder = join(backend, ".pulumi");
  const states = join(folder, "stacks", project);
  const kept = [
    ...["history", "backups"].map((what) => join(folder, what, project, name)),
    ...namesIn(states)
      .filter((file) => file.startsWith(`${name}.json.`))
      .map((file) => join(states, file)),
  ];
  kept.forEach((place) => rmSync(place, { recursive: true, force: true }));
}

/** @param {string} folder */
function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * @param {string} checkpoint
 * @returns {number}
 */
export function resourcesIn(checkpoint) {
  return JSON.parse(checkpoint).checkpoint?.latest?.resources?.length ?? 0;
}

/**
 * @param {string} file
 * @param {(bytes: Buffer) => Buffer} unpack
 */
function textOf(file, unpack) {
  try {
    return unpack(readFileSync(file)).toString("utf8");
  } catch {
    return undefined;
  }
}
