/** Everything that has to be there before Pulumi runs, in order: npm packages, Pulumi, Docker, the
 *  images, a state without old locks. What is there already costs next to nothing. */

import { assemble } from "./cli/home.mjs";
import { ensureBuilds } from "./cli/build.mjs";
import { usablePulumi } from "./cli/choose.mjs";
import { pulumiEnvironment } from "./cli/environment.mjs";
import { endLeftovers } from "./cli/leftovers.mjs";
import { localBackend, settleLocks } from "./cli/locks.mjs";
import { forgetPending } from "./cli/pending.mjs";
import { meaningOf } from "./cli/stack.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { ensureEngine } from "./engine/ensure.mjs";
import { cacheFolder, top } from "./ground/places.mjs";
import { ensureImages } from "./image/build.mjs";

/**
 * A Pulumi that can be started.
 * @typedef {object} Prepared
 * @property {string} cli  the program
 * @property {NodeJS.ProcessEnv} environment  to start it in
 * @property {import("./engine/ensure.mjs").Found | undefined} docker  when the command needs it
 */

/**
 * Prepares a Pulumi command.
 * @param {readonly string[]} args  of Pulumi
 * @returns {Promise<Prepared>}
 */
export async function prepare(args) {
  const meaning = meaningOf(args);
  await ensureDependencies();
  const { cli, isOwnBuild } = await ensurePulumi();
  const docker = meaning.needs === "nothing" ? undefined : await ensureEngine();
  if (docker !== undefined && meaning.needs === "program") {
    await ensureImages();
  }
  const launch = { cli, isOwnBuild, meaning, engine: docker?.engine };
  const { environment, stack } = pulumiEnvironment(launch);
  if (meaning.needs === "program" || meaning.needs === "stack") {
    await recover({ cli, environment }, stack, meaning.needs === "program");
  }
  return { cli, environment, docker };
}

/** The user's Pulumi, or ours. */
async function ensurePulumi() {
  const own = await usablePulumi();
  if (own !== undefined) {
    return { cli: own, isOwnBuild: false };
  }
  await ensureBuilds();
  return { cli: assemble(), isOwnBuild: true };
}

/**
 * Clears away what a killed run left behind, so that this one can work.
 * @param {{ cli: string, environment: NodeJS.ProcessEnv }} pulumi
 * @param {string | undefined} stack
 * @param {boolean} deploys  so that operations the killed run had begun matter, too
 */
async function recover({ cli, environment }, stack, deploys) {
  await endLeftovers(cacheFolder(), top);
  const backend = localBackend(environment["PULUMI_BACKEND_URL"]);
  if (backend === undefined || stack === undefined) {
    return;
  }
  await settleLocks(backend, stack);
  if (deploys) {
    await forgetPending(backend, stack, cli, environment);
  }
}
