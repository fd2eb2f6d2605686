/** A Docker engine to work with: the one that answers, or one of our own. */

import { join } from "node:path";
import { Fault } from "../ground/fault.mjs";
import { cacheFolder } from "../ground/places.mjs";
import { phase, say } from "../ground/progress.mjs";
import { inTurn } from "../ground/turn.mjs";
import { canInstall, installPackages, isOnPath } from "./install.mjs";
import { engineFiles, startEngine } from "./own.mjs";
import { defaultSocket, reachEngine } from "./reach.mjs";

/**
 * What is there to work with.
 * @typedef {object} Found
 * @property {import("./reach.mjs").Engine} engine
 * @property {boolean} wasStarted  by this call
 */

/**
 * @returns {Promise<Found>}
 * @throws Fault where none answers and none can be started
 */
export async function ensureEngine() {
  const answer = await reachEngine();
  if (answer.engine !== undefined) {
    return { engine: answer.engine, wasStarted: false };
  }
  mayStart(answer);
  return inTurn(join(cacheFolder(), "locks"), "docker-engine", start);
}

/**
 * @param {{ why: string, address: string }} answer
 */
function mayStart({ why, address }) {
  if (address !== `unix://${defaultSocket}`) {
    throw new Fault(
      `No Docker engine answers at ${address}: ${why}.`,
      "Start it, or unset DOCKER_HOST and choose another context (docker context use default).",
    );
  }
  if (/permission denied/.test(why)) {
    throw new Fault(
      `The Docker engine at ${address} may not be used by you: ${why}.`,
      "Join the group docker, or run this as root.",
    );
  }
  if (!canInstall()) {
    throw new Fault(
      `No Docker engine answers at ${address}: ${why}.`,
      "Start Docker (Docker Desktop, systemctl start docker), then run this again.\n" +
        "As root on Debian this would be done here.",
    );
  }
}

async function start() {
  const before = await reachEngine();
  if (before.engine !== undefined) {
    return { engine: before.engine, wasStarted: false };
  }
  const missing = [
    ...(isOnPath("dockerd") ? [] : ["docker.io"]),
    ...(isOnPath("iptables") ? [] : ["iptables"]),
  ];
  if (missing.length > 0) {
    await installPackages(missing, "there is no Docker engine");
  }
  // Where the system starts its services itself, the package has brought the engine with it.
  const installed = await reachEngine();
  if (installed.engine !== undefined) {
    return { engine: installed.engine, wasStarted: false };
  }
  await phase("Starting a Docker engine", startEngine);
  const started = await reachEngine();
  if (started.engine === undefined) {
    throw new Fault(`The Docker engine was started but does not answer: ${started.why}.`);
  }
  say(
    `Started a Docker engine on ${defaultSocket} with its data in ${engineFiles().data}.\n` +
      "It keeps running. To stop it: npm run engine -- stop",
  );
  return { engine: started.engine, wasStarted: true };
}
