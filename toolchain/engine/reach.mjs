/** Which Docker engine is meant, and whether it answers. */

import { readFileSync } from "node:fs";
import { request } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "../ground/child.mjs";
import { messageOf } from "../ground/fault.mjs";

export const defaultSocket = "/var/run/docker.sock";

/** An engine answers in milliseconds; one that is busy starting containers may take seconds. */
const answerBudgetMs = 10_000;

/**
 * A Docker engine that answers.
 * @typedef {object} Engine
 * @property {string} id  of the engine, kept over restarts
 * @property {string} version
 * @property {string} dataFolder  where the engine keeps its data
 * @property {number} runningContainers
 * @property {string | undefined} host  what DOCKER_HOST must be, when the default does not lead there
 * @property {string | undefined} socket  of an engine on this machine
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
  const address = host ?? environment["DOCKER_HOST"] ?? `unix://${defaultSocket}`;
  try {
    const socket = /^unix:\/\/(.+)$/.exec(address)?.[1];
    const text = socket === undefined ? await byClient(address) : await bySocket(socket, "/info");
    return { engine: { ...engineOf(text), host, socket } };
  } catch (problem) {
    return { engine: undefined, why: messageOf(problem), address };
  }
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

/** @param {string} address */
async function byClient(address) {
  const ended = await run("docker", ["--host", address, "info", "--format", "{{json .}}"]);
  if (ended.code !== 0) {
    throw new Error(ended.stderr.trim());
  }
  return ended.stdout;
}

/**
 * Asks an engine on this machine; ten times as fast as starting a client.
 * @param {string} socketPath
 * @param {string} path
 * @returns {Promise<string>}
 */
export function bySocket(socketPath, path) {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, timeout: answerBudgetMs }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (/** @type {string} */ part) => {
        text += part;
      });
      answer.on("end", () => {
        if (answer.statusCode === 200) {
          resolve(text);
        } else {
          reject(new Error(`the engine answered ${answer.statusCode}: ${text.trim()}`));
        }
      });
    });
    asked.on("timeout", () => {
      asked.destroy(new Error(`the engine did not answer within ${answerBudgetMs / 1000} s`));
    });
    asked.on("error", reject);
    asked.end();
  });
}

/**
 * What the engine says of itself.
 * @param {string} text
 * @returns {Omit<Engine, "host" | "socket">}
 */
export function engineOf(text) {
  const info = JSON.parse(text);
  // The client prints an object even when it reaches nothing.
  if (typeof info.ID !== "string" || info.ID === "") {
    throw new Error(String(info.ServerErrors ?? "the engine has no ID"));
  }
  return {
    id: info.ID,
    version: String(info.ServerVersion),
    dataFolder: String(info.DockerRootDir),
    runningContainers: Number(info.ContainersRunning),
  };
}
