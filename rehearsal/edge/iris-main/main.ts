/** `iris-main`: the first program of an IRIS container. Starts the ISCAgent and the instance, runs
 *  the hooks, shows the log, and stops everything cleanly when the container is stopped.
 *  Source: ADOCK_iris_iscmain; log wording from captured container logs. */

import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { profileOf } from "../../profile.ts";
import { prepareDataDirectory, startInstance, StartFailure } from "../command/start.ts";
import { stopInstance } from "../command/stop.ts";
import { placesFrom } from "../places.ts";
import { startAgent } from "./agent-process.ts";
import { runHook } from "./hooks.ts";
import { LogTail } from "./log-tail.ts";
import { MainLog } from "./main-log.ts";
import { mainHelp, parseMainOptions, type MainOptions } from "./options.ts";

const places = placesFrom(process.env);
const log = new MainLog("/home/irisowner/iris-main.log");

/** Aborted by the first signal that asks the container to stop. */
const asked = new AbortController();
const stopAsked = new Promise<void>((resolve) => {
  asked.signal.addEventListener("abort", () => resolve());
});
process.on("SIGTERM", () => asked.abort());
process.on("SIGINT", () => asked.abort());

async function main(): Promise<number> {
  const command = parseMainOptions(process.argv.slice(2));
  switch (command.kind) {
    case "help":
      process.stdout.write(mainHelp);
      return 0;
    case "version":
      process.stdout.write(`${profileOf(process.env["REHEARSAL_PROFILE"] ?? "").build}\n`);
      return 0;
    case "fault":
      log.error(command.message);
      process.stdout.write(mainHelp);
      return 1;
    case "run":
      return await run(command.options);
  }
}

async function run(options: MainOptions): Promise<number> {
  if (options.instance.toUpperCase() !== places.instance) {
    log.fatal(`Instance ${options.instance} does not exist`);
    return 1;
  }
  await hook(options.create);
  const agent = options.startAgent ? startAgent(places, options.agentPort, log) : undefined;
  try {
    return await live(options);
  } finally {
    await agent?.stop();
    await hook(options.terminate);
  }
}

async function live(options: MainOptions): Promise<number> {
  await hook(options.before);
  let tail: LogTail | undefined;
  if (options.up) {
    tail = await start(options);
    if (tail === undefined) return 1;
  }
  await hook(options.after);
  await stopAsked;
  if (options.down) {
    log.info(`Stopping InterSystems IRIS instance ${places.instance}...`);
    await stopInstance(places, { mayFailOver: true });
    log.info(`...stopped InterSystems IRIS instance ${places.instance}`);
  }
  tail?.close();
  await hook(options.exit);
  return 0;
}

/** Starts the instance and shows its log; `undefined` when it did not start. */
async function start(options: MainOptions): Promise<LogTail | undefined> {
  log.info(`Starting InterSystems IRIS instance ${places.instance}...`);
  let tail: LogTail | undefined;
  try {
    prepareDataDirectory(places);
    placeKey(options.key);
    tail = openTail();
    await startInstance(places, asked.signal);
    tail.copy();
  } catch (error) {
    tail?.close();
    if (asked.signal.aborted) log.info("...stopped while it was starting");
    else startFailed(error);
    return undefined;
  }
  log.info(`...started InterSystems IRIS instance ${places.instance}`);
  return tail;
}

function placeKey(key: string | undefined): void {
  if (key === undefined) return;
  if (!existsSync(key)) throw new StartFailure(`License key ${key} does not exist`);
  copyFileSync(key, `${places.managerDirectory}iris.key`);
}

function openTail(): LogTail {
  if (!existsSync(places.messagesLog)) {
    writeFileSync(places.messagesLog, "", { flag: "a" });
  }
  return new LogTail(places.messagesLog, (bytes) => process.stdout.write(bytes));
}

/** What the log says of a start that failed. Source: captured container logs. */
function startFailed(error: unknown): void {
  log.info(error instanceof Error ? error.message : String(error));
  log.error(`Command "iris start ${places.instance} quietly" exited with status 256`);
  process.stdout.write("\n");
  log.error("Possible causes:");
  log.error(" - Incorrect user/group ownership of IRIS binaries");
  log.error(" - Insufficient write permissions to ISC_DATA_DIRECTORY");
  log.fatal("Error starting InterSystems IRIS");
}

async function hook(command: string | undefined): Promise<void> {
  if (command !== undefined) await runHook(command, log);
}

process.exitCode = await main();
