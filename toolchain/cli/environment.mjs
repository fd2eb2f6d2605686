/** The environment Pulumi runs in: which state, which passphrase, which Node.js. What the user has
 *  set up for Pulumi stays. */

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { cacheFolder, stateFolder, top } from "../ground/places.mjs";
import { pulumiHome } from "./home.mjs";
import { plainName, project, selectedStack } from "./stack.mjs";

/** The stack that comes with the project. */
export const devStack = "dev";

/** Passphrase of the dev stack. It is published: the secrets of that stack are not secret. */
export const devPassphrase = "iris-mirror";

/** More than anybody reads; Pulumi itself would keep ten times as much. */
const longestLogMegabytes = "50";

/**
 * What is known when Pulumi is started.
 * @typedef {object} Launch
 * @property {string} cli  the program
 * @property {boolean} isOwnBuild  it was built here
 * @property {import("./stack.mjs").Meaning} meaning  of the command line
 * @property {{ id: string, host: string | undefined } | undefined} engine  of Docker, when needed
 */

/**
 * @param {Launch} launch
 * @param {NodeJS.ProcessEnv} given
 * @returns {{ environment: NodeJS.ProcessEnv, stack: string | undefined }}
 */
export function pulumiEnvironment(launch, given = process.env) {
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...given, ...common(launch, given) };
  if (launch.isOwnBuild) {
    environment["PULUMI_HOME"] = pulumiHome(stateFolder(given));
    environment["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "true";
    environment["PULUMI_LOG_ROTATION_MAX_TOTAL_MB"] ??= longestLogMegabytes;
  }
  const isOurState = chooseBackend(environment, launch, given);
  const stack = stackOf(environment, launch);
  choosePassphrase(environment, stack, isOurState);
  return { environment, stack };
}

/**
 * @param {Launch} launch
 * @param {NodeJS.ProcessEnv} given
 */
function common({ cli, isOwnBuild, meaning, engine }, given) {
  const bin = join(top, "node_modules", ".bin");
  const path = [...(isOwnBuild ? [dirname(cli)] : []), bin, given["PATH"] ?? ""];
  return {
    ...projectEnvironment(given, engine?.host),
    PATH: path.join(delimiter),
    // The guards of containers are part of the program: destroy must run it too. Elsewhere it stays
    // off: refreshing by the program, Pulumi (3.259 at least) ends in a panic at each resource that
    // an alias finds under another parent (pulumi/pulumi#21404), as when a member is moved.
    PULUMI_RUN_PROGRAM: String(meaning.operation === "destroy"),
    PULUMI_ERROR_OUTPUT_STRING: "1",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    IRIS_MIRROR_OPERATION: meaning.operation,
  };
}

/**
 * What everything that is started from here has in common.
 * @param {NodeJS.ProcessEnv} given
 * @param {string | undefined} dockerHost  where Docker is, when that is not the default
 * @returns {NodeJS.ProcessEnv}
 */
export function projectEnvironment(given, dockerHost) {
  return {
    // Node.js starts twice as fast when it need not compile and strip types again.
    NODE_COMPILE_CACHE: given["NODE_COMPILE_CACHE"] ?? join(cacheFolder(given), "compiled"),
    ...(dockerHost === undefined ? {} : { DOCKER_HOST: dockerHost }),
  };
}

/**
 * Our state only where the user has none of their own.
 * @param {NodeJS.ProcessEnv} environment
 * @param {Launch} launch
 * @param {NodeJS.ProcessEnv} given
 * @returns {boolean} true when the state is ours
 */
function chooseBackend(environment, launch, given) {
  if (given["PULUMI_BACKEND_URL"] || given["PULUMI_ACCESS_TOKEN"] || given["PULUMI_API"]) {
    return false;
  }
  const usersHome =
    given["PULUMI_CREDENTIALS_PATH"] ?? given["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  const ownHome = environment["PULUMI_HOME"];
  if (ownHome !== undefined && hasLogin(ownHome)) {
    return false;
  }
  if (hasLogin(usersHome)) {
    environment["PULUMI_CREDENTIALS_PATH"] = usersHome;
    return false;
  }
  if (launch.engine === undefined) {
    return false;
  }
  const folder = stateOf(launch.engine.id, stateFolder(given));
  mkdirSync(folder, { recursive: true });
  // Without a file of attributes beside each file of the state: Pulumi does not use them, and one
  // that a kill left half written makes the whole state unreadable ("EOF").
  environment["PULUMI_BACKEND_URL"] = `file://${folder}?metadata=skip`;
  return true;
}

/**
 * Pulumi's state lies beside the data it describes: one per Docker engine.
 * @param {string} engineId
 * @param {string} state
 */
function stateOf(engineId, state) {
  return join(state, engineId.toLowerCase().replaceAll(":", ""), "pulumi");
}

/** @param {string} home */
function hasLogin(home) {
  try {
    const { current } = JSON.parse(readFileSync(join(home, "credentials.json"), "utf8"));
    return typeof current === "string" && current !== "";
  } catch {
    return false;
  }
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {Launch} launch
 */
function stackOf(environment, { meaning }) {
  const home = environment["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  return (
    meaning.stack ??
    environment["PULUMI_STACK"] ??
    selectedStack(home, top, environment["PULUMI_BACKEND_URL"] ?? "")
  );
}

/**
 * The dev stack has its published passphrase whatever else is set. Another stack has the user's; in
 * our own state one is made up when there is none.
 * @param {NodeJS.ProcessEnv} environment
 * @param {string | undefined} stack
 * @param {boolean} isOurState
 */
function choosePassphrase(environment, stack, isOurState) {
  if (stack !== undefined && plainName(stack) === devStack) {
    environment["PULUMI_CONFIG_PASSPHRASE"] = devPassphrase;
    delete environment["PULUMI_CONFIG_PASSPHRASE_FILE"];
    return;
  }
  const isSet =
    environment["PULUMI_CONFIG_PASSPHRASE"] !== undefined ||
    environment["PULUMI_CONFIG_PASSPHRASE_FILE"] !== undefined;
  if (isOurState && !isSet) {
    environment["PULUMI_CONFIG_PASSPHRASE_FILE"] = generatedPassphrase(stateFolder(environment));
  }
}

/**
 * A random passphrase for the stacks of this project that are no dev stack.
 * @param {string} state
 * @returns {string} the file that holds it, for its owner alone
 */
export function generatedPassphrase(state) {
  const file = join(state, `passphrase-${project}`);
  if (!existsSync(file)) {
    mkdirSync(state, { recursive: true });
    try {
      const passphrase = randomBytes(24).toString("base64url");
      writeFileSync(file, `${passphrase}\n`, { mode: 0o600, flag: "wx" });
    } catch (problem) {
      if (/** @type {NodeJS.ErrnoException} */ (problem).code !== "EEXIST") {
        throw problem;
      }
    }
  }
  return file;
}
