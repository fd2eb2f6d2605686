/** `iris-main`: the first program of an IRIS container. Starts the ISCAgent and the instance, runs
 *  the hooks, shows the log, and stops everything cleanly when the container is stopped.
 *  Source: ADOCK_iris_iscmain; log wording from captured container logs. */

import { existsSync, writeFileSync } from "node:fs";
import { profileOf } from "../../profile.ts";
import { mergeFiles } from "../command/merge.ts";
import { prepareDataDirectory, startInstance } from "../command/start.ts";
import { stopInstance } from "../command/stop.ts";
import { mergeFilesFrom } from "../merge-files.ts";
import { placesFrom } from "../places.ts";
import { startAgent, stopAgent } from "./agent-process.ts";
import { runHook } from "./hooks.ts";
import { LicenseKey } from "./license-key.ts";
import { LogTail } from "./log-tail.ts";
import { MainLog } from "./main-log.ts";
import { MergeWatch } from "./merge-watch.ts";
import { mainHelp, parseMainOptions, type MainOptions } from "./options.ts";
import { takePassword } from "./password-file.ts";

const places = placesFrom(process.env);
const profile = profileOf(process.env["REHEARSAL_PROFILE"] ?? "");
const log = new MainLog("/home/irisowner/iris-main.log");

/** Aborted by the first signal that asks the container to stop. */
const asked = new AbortController();
const stopAsked = new Promise<void>((resolve) => {
  asked.signal.addEventListener("abort", () => resolve());
});
// Without an instance nothing else keeps this program alive.
const alive = setInterval(() => undefined, 2 ** 30);
process.on("SIGTERM", () => asked.abort());
process.on("SIGINT", () => asked.abort());

async function main(): Promise<number> {
  const command = parseMainOptions(process.argv.slice(2));
  switch (command.kind) {
    case "help":
      process.stdout.write(mainHelp);
      return 0;
    case "version":
      process.stdout.write(`${profile.build}\n`);
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
  if (options.startAgent) await startAgent(places, options.agentPort, log);
  try {
    return await live(options);
  } finally {
    await stopAgent(places);
    await hook(options.terminate);
  }
}

async function live(options: MainOptions): Promise<number> {
  await hook(options.before);
  const follow = options.up ? await start(options) : noFollower;
  if (follow === undefined) return 1;
  await hook(options.after);
  await stopAsked;
  follow.endWatches();
  if (options.down) {
    log.info(`Stopping InterSystems IRIS instance ${places.instance}...`);
    await stopInstance(places, { mayFailOver: true });
    log.info(`...stopped InterSystems IRIS instance ${places.instance}`);
  }
  follow.closeLogs();
  await hook(options.exit);
  return 0;
}

/** What goes on beside a running instance. */
interface Following {
  /** Of merge files and key. */
  endWatches(): void;
  closeLogs(): void;
}

const noFollower: Following = { endWatches: () => undefined, closeLogs: () => undefined };

/** Starts the instance and shows its log; `undefined` when it did not start. */
async function start(options: MainOptions): Promise<Following | undefined> {
  log.info(`Starting InterSystems IRIS instance ${places.instance}...`);
  const tails: LogTail[] = [];
  const closeLogs = (): void => tails.forEach((tail) => tail.close());
  const key = options.key === undefined ? undefined : new LicenseKey(options.key, places, log);
  const merge = (file: string) => mergeFiles(places, [file], () => undefined);
  const merges = new MergeWatch(mergeFilesAround(options), merge, log);
  try {
    if (options.passwordFile !== undefined) await takePassword(options.passwordFile, places);
    prepareDataDirectory(places);
    key?.place();
    if (!existsSync(places.messagesLog)) writeFileSync(places.messagesLog, "", { flag: "a" });
    tails.push(openTail(places.messagesLog));
    if (options.log !== undefined) tails.push(openTail(options.log));
    await startInstance(places, asked.signal);
    for (const tail of tails) tail.copy();
  } catch (error) {
    closeLogs();
    if (asked.signal.aborted) log.info("...stopped while it was starting");
    else startFailed(error);
    return undefined;
  }
  log.info(`...started InterSystems IRIS instance ${places.instance}`);
  key?.begin();
  merges.begin();
  const endWatches = (): void => {
    key?.end();
    merges.end();
  };
  return { endWatches, closeLogs };
}

/** Merge files that are watched. Assumed: `--monitorCPF false` leaves them alone after the start;
 *  the option is seen in public scripts and documented nowhere. */
function mergeFilesAround({ monitorsCpf }: MainOptions): readonly string[] {
  return monitorsCpf ? mergeFilesFrom(process.env["ISC_CPF_MERGE_FILE"] ?? "", profile) : [];
}

function openTail(file: string): LogTail {
  return new LogTail(file, (bytes) => process.stdout.write(bytes));
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
clearInterval(alive);
