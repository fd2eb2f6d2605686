/** Starts the instance in two steps: makes the data directory fit, then starts the daemon and
 *  waits until it says that logons are enabled. */

import { spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { holdsInstance } from "../../storage/data-directory.ts";
import type { Places } from "../places.ts";
import { runningDaemon } from "./daemon-file.ts";
import { isOnVolume, realPath } from "./volume.ts";

/** The instance did not start; the message is what the product would print. */
export class StartFailure extends Error {}

/** Marks a first copy that was not finished; the next start does it again.
 *  Source: ADOCK 5.4 and the log of a first start ("rm -f …/CloneIncomplete"). */
const cloneMarker = "CloneIncomplete";

/** Makes the data directory fit for a start.
 *  @throws StartFailure where the product refuses it. Source: ADOCK 5.4. */
export function prepareDataDirectory(places: Places): void {
  const directory = places.dataDirectory;
  if (places.isDurable) refuseWithoutVolume(directory);
  if (places.isDurable && existsSync(directory)) refuseForeignContent(places);
  const isNew = !holdsInstance(directory);
  try {
    mkdirSync(`${directory}mgr`, { recursive: true });
    if (isNew) writeFileSync(`${directory}${cloneMarker}`, "");
  } catch (cause) {
    // LIVE on 2026.1: what a fresh, root-owned volume gives.
    throw new StartFailure("ERROR #5001: Cannot create target", { cause });
  }
}

/** Source: ADOCK 5.4 (without the volume the start fails). Assumed: its text. */
function refuseWithoutVolume(directory: string): void {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8");
  if (isOnVolume(realPath(directory, realpathSync), mounts)) return;
  throw new StartFailure(`ERROR #5001: Cannot create target: ${directory} is on no volume`);
}

function refuseForeignContent(places: Places): void {
  const content = readdirSync(places.dataDirectory);
  if (content.includes(cloneMarker)) {
    for (const name of content) rmSync(`${places.dataDirectory}${name}`, { recursive: true });
    return;
  }
  if (content.length > 0 && !content.includes("mgr")) {
    throw new StartFailure(
      `ERROR #5001: ${places.dataDirectory} holds data but no mgr directory: not a data directory`,
    );
  }
}

/** The data directory is complete: the daemon calls this when the store is open. */
export function dataDirectoryComplete(places: Places): void {
  rmSync(`${places.dataDirectory}${cloneMarker}`, { force: true });
}

/** Starts the daemon in a prepared data directory and resolves when the instance runs.
 *  @param stopAsked  ends a start that is still under way, which may wait for another instance
 *  @throws StartFailure with the reason when it does not come up or already runs. */
export async function startInstance(places: Places, stopAsked?: AbortSignal): Promise<void> {
  if (runningDaemon(places.daemonFile) !== undefined) {
    // Assumed: the product's text for this case was not read.
    throw new StartFailure(`Instance ${places.instance} is already running`);
  }
  const traceFile = `${dirname(places.daemonFile)}/daemon.err`;
  const trace = openSync(traceFile, "w");
  const daemon = spawn(process.execPath, daemonArguments(places), {
    detached: true,
    stdio: ["ignore", "ignore", trace, "pipe"],
    env: process.env,
    cwd: places.managerDirectory,
  });
  closeSync(trace);
  const end = (): void => void daemon.kill("SIGTERM");
  if (stopAsked?.aborted === true) end();
  stopAsked?.addEventListener("abort", end);
  const word = await firstWord(daemon.stdio[3] as NodeJS.ReadableStream);
  stopAsked?.removeEventListener("abort", end);
  if (word !== "ready") {
    throw new StartFailure(word === "" ? `the daemon ended: ${errorIn(traceFile)}` : word);
  }
  daemon.unref();
}

/** The line of a stack trace that says what happened. */
function errorIn(traceFile: string): string {
  const lines = readFileSync(traceFile, "utf8").split("\n");
  return lines.find((line) => line.includes("Error")) ?? "without a word";
}

function daemonArguments(places: Places): string[] {
  return [
    "--disable-warning=ExperimentalWarning",
    `${places.engineDirectory}/rehearsal/edge/daemon/main.ts`,
  ];
}

/** What the daemon reports: `ready`, or why it ended. */
async function firstWord(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const bytes of stream) {
    text += String(bytes);
    if (text.endsWith("\n")) break;
  }
  return text.trim();
}
