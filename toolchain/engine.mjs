/** `npm run engine`: the Docker engine that this project starts where none answers. */

import { ensureEngine } from "./engine/ensure.mjs";
import { engineFiles, ownEngine, stopEngine } from "./engine/own.mjs";
import { reachEngine } from "./engine/reach.mjs";
import { command } from "./ground/entry.mjs";
import { Fault } from "./ground/fault.mjs";
import { readOptions, refuseMore } from "./ground/options.mjs";
import { phase, say } from "./ground/progress.mjs";

const help = `Usage: npm run engine -- status | start | stop

  status  which Docker engine answers, and whether this project started it
  start   starts one when none answers
  stop    stops the one this project started; its containers stop too and come back with it
  --help  this text`;

/** @type {Readonly<Record<string, () => Promise<number>>>} */
const actions = { status, start, stop };

await command(async (args) => {
  const options = readOptions(args, help);
  if (options === undefined) {
    return 0;
  }
  refuseMore(options.words, 1, help);
  const action = actions[options.words[0] ?? "status"];
  if (action === undefined) {
    throw new Fault(`"${options.words[0]}" is not known.`, help, 2);
  }
  return action();
});

/** @returns {Promise<number>} 0 when an engine answers, 1 when none does */
async function status() {
  const answer = await reachEngine();
  const own = ownEngine();
  if (answer.engine === undefined) {
    say(`No Docker engine answers at ${answer.address}: ${answer.why}`);
    return 1;
  }
  const { version, dataFolder, runningContainers } = answer.engine;
  say(`Docker Engine ${version}, ${runningContainers} running containers, data in ${dataFolder}`);
  say(own === undefined ? "Not started by this project." : `Started here, process ${own.pid}.`);
  return 0;
}

async function start() {
  const { wasStarted, engine } = await ensureEngine();
  if (!wasStarted) {
    say(`Docker Engine ${engine.version} answers already.`);
  }
  return 0;
}

async function stop() {
  const wasRunning = await phase("Stopping the Docker engine", stopEngine);
  say(
    wasRunning
      ? `Stopped. Its data stays in ${engineFiles().data}.`
      : "No Docker engine of this project is running.",
  );
  return 0;
}
