/** The daemon of an instance: one process that owns the store and the mirror and runs all
 *  sessions. Started by `iris start`, which waits for one word on file descriptor 3. */

import { closeSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { profileOf } from "../../profile.ts";
import { daemonFileText } from "../command/daemon-file.ts";
import { dataDirectoryComplete } from "../command/start.ts";
import { toldStatus } from "../command/told-status.ts";
import { startControlServer, type Conversation, type Handlers } from "../control/server.ts";
import { mergeFilesFrom } from "../merge-files.ts";
import { MessagesLog } from "../messages-log.ts";
import type { MirrorRuntime } from "../mirror/runtime.ts";
import { placesFrom } from "../places.ts";
import { startInstanceParts, type RunningInstance } from "./instance.ts";
import { mergeAtStart } from "./merge-at-start.ts";
import { serveMerge } from "./merges.ts";
import { serveSession } from "./sessions.ts";

const places = placesFrom(process.env);
const profile = profileOf(process.env["REHEARSAL_PROFILE"] ?? "");
/** The image `unlicensed` has no key. */
const isLicensed = process.env["REHEARSAL_LICENSE"] !== "none";
const log = new MessagesLog(places.managerDirectory);

let mirror: MirrorRuntime | undefined;
/** Set when the start is over but for the merge. */
let started: RunningInstance | undefined;
/** Set when people may log on. */
let instance: RunningInstance | undefined;
let stopping: Promise<void> | undefined;

const unclear = { kind: "unclear" };

const handlers: Handlers = {
  status: (_, talk) => {
    const view = instance === undefined ? undefined : mirror?.view();
    answer(talk, toldStatus(view, log.health.word(new Date())));
  },
  session: (request, talk) => {
    if (instance === undefined) answer(talk, { exit: 1 });
    else
      serveSession(
        instance.processes,
        { node: hostname(), instance: places.instance },
        request,
        talk,
      );
  },
  mirror: (request, talk) => {
    const answered = mirror?.answer(request["request"]) ?? Promise.resolve(unclear);
    answered.then(
      (value) => answer(talk, value),
      () => answer(talk, unclear),
    );
  },
  merge: (request, talk) => {
    // No answer is that of an instance that does not run.
    if (instance === undefined) talk.end();
    else serveMerge(instance.merging, request, talk);
  },
  stop: (request, talk) => {
    void stop(request["mayFailOver"] !== false).then(() => {
      answer(talk, { stopped: true });
      setImmediate(() => process.exit(0));
    });
  },
};

function answer(talk: Conversation, value: unknown): void {
  talk.send({ kind: "message", value });
  talk.end();
}

function tell(word: string): void {
  try {
    writeSync(3, `${word}\n`);
    closeSync(3);
  } catch {
    // Whoever started the daemon has gone; it runs all the same.
  }
}

/** Ends without handing over or closing anything: another member is primary. */
function forcedDown(): void {
  log.write(2, "Utility.Event", "Forced down: another member is primary");
  rmSync(places.daemonFile, { force: true });
  process.kill(process.pid, "SIGKILL");
}

function stop(mayFailOver: boolean): Promise<void> {
  stopping ??= (async () => {
    log.write(0, "Utility.Event", "Shutdown started");
    await started?.stop(mayFailOver);
    log.write(0, "Utility.Event", "Shutdown complete");
    rmSync(places.daemonFile, { force: true });
  })();
  return stopping;
}

async function run(): Promise<void> {
  process.on("SIGHUP", () => undefined);
  writeFileSync(places.daemonFile, daemonFileText(process.pid, Date.now()));
  await startControlServer(places.controlSocket, handlers);
  process.on("SIGTERM", () => void stop(true).then(() => process.exit(0)));
  started = await startInstanceParts({
    places,
    profile,
    isLicensed,
    log,
    onForcedDown: forcedDown,
    onMirror: (made) => (mirror = made),
  });
  dataDirectoryComplete(places);
  const files = mergeFilesFrom(process.env["ISC_CPF_MERGE_FILE"] ?? "", profile);
  await mergeAtStart(files, { merging: started.merging, log });
  // A stop ends the merge, and with it the start.
  if (stopping !== undefined) return;
  instance = started;
  // Assumed: the built-in key has no limit of cores; the product prints the licensed number.
  // Without a licence nothing says so but that this line is missing. Source: seen live.
  if (isLicensed) log.write(0, "Generic.Event", "LMF Info: Licensed for 256 cores.");
  log.write(0, "Utility.Event", "Enabling logons");
  tell("ready");
}

try {
  await run();
} catch (error) {
  // A stop ends what the start was at, and goes on to its own end.
  if (stopping !== undefined) {
    await stopping;
    process.exit(0);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.write(3, "Generic.Event", text);
  await started?.stop(false);
  rmSync(places.daemonFile, { force: true });
  tell(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  process.exit(1);
}
