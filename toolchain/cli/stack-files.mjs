/** What the files of the local backend tell without asking Pulumi, which takes half a second. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { top } from "../ground/places.mjs";
import { localBackend } from "./locks.mjs";
import { plainName, project, selectedStack } from "./stack.mjs";

/**
 * The file the local backend keeps a stack in.
 * @param {string} backend  its folder
 * @param {string} stack
 */
export function checkpointFile(backend, stack) {
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
