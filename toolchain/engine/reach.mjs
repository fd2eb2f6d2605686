/** Which Docker engine is meant, and whether it answers. */

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { notFound, run } from "../ground/child.mjs";

export const defaultSocket = "/var/run/docker.sock";

/** An engine answers in milliseconds; one that is busy starting containers may take seconds. */
const answerBudgetMs = 20_000;

/**
 * A Docker engine that answers.
 * @typedef {object} Engine
 * @property {string} id  of the engine, kept over restarts
 * @property {string} version
 * @property {string} dataFolder  where the engine keeps its data
 * @property {number} runningContainers
 * @property {string | undefined} host  what DOCKER_HOST must be where the default leads elsewhere
 *
 * @typedef {{ engine: Engine } | { engine: undefined, why: string, address: string }} Answer
 */

/**
 * Asks the engine that the user's settings lead to: DOCKER_HOST, the current context, the default.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Answer>}
 */
export async function reachEngine(environment = process.env) {
  const host = await meantHost(environment);
  const address = host ?? (environment["DOCKER_HOST"] || `unix://${defaultSocket}`);
  const ended = await run("docker", ["--host", address, "info", "--format", "{{json .}}"], {
    env: environment,
    signal: AbortSignal.timeout(answerBudgetMs),
  });
  const info = engineOf(ended.stdout);
  return info === undefined
    ? { engine: undefined, why: whyNot(ended), address }
    : { engine: { ...info, host } };
}

/** @param {import("../ground/child.mjs").Ended} ended */
function whyNot({ code, stdout, stderr }) {
  if (code === notFound) {
    return "there is no docker command";
  }
  const [said] = [...stderr.split("\n"), ...errorsIn(stdout)].filter((line) => line !== "");
  return said?.replace(/\.$/, "") ?? `it did not answer within ${answerBudgetMs / 1000} s`;
}

/**
 * What DOCKER_HOST has to be set to, so that programs that know nothing of Docker's contexts meet
 * the same engine as the docker command. `undefined` when nothing needs to be set.
 * @param {NodeJS.ProcessEnv} environment
 */
async function meantHost(environment) {
  if (environment["DOCKER_HOST"]) {
    return undefined;
  }
  const context = environment["DOCKER_CONTEXT"] || currentContext(environment);
  if (context === undefined || context === "default") {
    return undefined;
  }
  const format = "{{.Endpoints.docker.Host}}";
  const ended = await run("docker", ["context", "inspect", context, "--format", format]);
  const host = ended.stdout.trim();
  return ended.code !== 0 || host === `unix://${defaultSocket}` ? undefined : host;
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | undefined}
 */
function currentContext(environment) {
  const folder = environment["DOCKER_CONFIG"] ?? join(homedir(), ".docker");
  try {
    return JSON.parse(readFileSync(join(folder, "config.json"), "utf8")).currentContext;
  } catch {
    return undefined;
  }
}

/**
 * What an engine says of itself; nothing when there is none: the client prints an answer even then.
 * @param {string} answer
 * @returns {Omit<Engine, "host"> | undefined}
 */
export function engineOf(answer) {
  const info = parsed(answer);
  if (typeof info.ID !== "string" || info.ID === "") {
    return undefined;
  }
  return {
    id: info.ID,
    version: String(info.ServerVersion),
    dataFolder: String(info.DockerRootDir),
    runningContainers: Number(info.ContainersRunning),
  };
}

/**
 * @param {string} answer
 * @returns {string[]}
 */
function errorsIn(answer) {
  return parsed(answer).ServerErrors ?? [];
}

/**
 * @typedef {{ ID?: unknown, ServerVersion?: unknown, DockerRootDir?: unknown,
 *    ContainersRunning?: unknown, ServerErrors?: string[] }} Info
 * @param {string} answer
 * @returns {Info}
 */
function parsed(answer) {
  try {
    return JSON.parse(answer);
  } catch {
    return {};
  }
}
