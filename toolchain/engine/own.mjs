/** A Docker engine of our own: where it lies, whether it runs, how it is started and stopped. */

import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lastLines, run } from "../ground/child.mjs";
import { Fault } from "../ground/fault.mjs";
import { stateFolder } from "../ground/places.mjs";
import { lives, processOf } from "../ground/processes.mjs";
import { waitFor } from "../ground/wait.mjs";
import { defaultSocket, reachEngine } from "./reach.mjs";

/** dockerd gives its containerd 15 s and then gives up; with many containers to restore it takes a
 *  while on top. */
const startBudgetMs = 90_000;
/** dockerd gives its containers 15 s to stop, and needs a little itself. */
const stopBudgetMs = 60_000;

/** Where the engine keeps what it needs while it runs: sockets, which a deep folder could not hold,
 *  and process numbers, which must not survive the machine. */
const runFolder = "/run/iris-mirror-engine";

/** Files of the engine in the state folder. */
export function engineFiles(state = stateFolder()) {
  const folder = join(state, "docker");
  return {
    folder,
    data: join(folder, "data"),
    key: join(folder, "key.json"),
    log: join(folder, "dockerd.log"),
    settings: join(folder, "daemon.json"),
    pid: join(folder, "dockerd.pid"),
  };
}

/** The process of our engine, if it runs. */
export function ownEngine() {
  const { pid, data } = engineFiles();
  const running = processOf(numberIn(pid));
  const isOurs = running?.args.some((arg) => arg.includes(data)) === true;
  return isOurs ? running : undefined;
}

/**
 * Starts the engine on the default socket and returns when it answers. After a machine or an engine
 * was killed hard, the first start fails because containerd does not come; the second works.
 * @param {(howFar: string) => void} report
 */
export async function startEngine(report) {
  const first = await startOnce(report);
  if (first === undefined) {
    return;
  }
  if (!/containerd/.test(first)) {
    throw startFault(first);
  }
  report("containerd did not come; starting once more");
  const second = await startOnce(report);
  if (second !== undefined) {
    throw startFault(second);
  }
}

/** @param {string} seen */
function startFault(seen) {
  return new Fault(
    `dockerd did not start:\n${seen}`,
    `All it said is in ${engineFiles().log}. Mend the cause, or start an engine yourself.`,
  );
}

/**
 * @param {(howFar: string) => void} report
 * @returns {Promise<string | undefined>} why it failed
 */
async function startOnce(report) {
  const files = engineFiles();
  mkdirSync(files.data, { recursive: true });
  mkdirSync(runFolder, { recursive: true });
  removeStale();
  const log = openSync(files.log, "a");
  const from = textOf(files.log).length;
  // A session of its own: it outlives us, and Ctrl-C in this terminal does not reach it.
  const engine = spawn("dockerd", await engineArgs(), {
    stdio: ["ignore", log, log],
    detached: true,
    cwd: files.folder,
  });
  closeSync(log);
  engine.unref();
  let hasEnded = false;
  engine.once("error", () => (hasEnded = true));
  engine.once("exit", () => (hasEnded = true));
  const answer = await waitFor(async () => {
    report(lastLines(textOf(files.log).slice(from), 1).replace(/^.*msg="?|"$/g, ""));
    return hasEnded ? "ended" : await isAnswering();
  }, startBudgetMs);
  return answer === "answers" ? undefined : lastLines(textOf(files.log).slice(from), 8);
}

async function isAnswering() {
  const { engine } = await reachEngine({ ...process.env, DOCKER_HOST: `unix://${defaultSocket}` });
  return engine === undefined ? undefined : "answers";
}

async function engineArgs() {
  const { data, pid, settings } = engineFiles();
  const { stdout } = await run("dockerd", ["--version"]);
  writeFileSync(settings, JSON.stringify(engineSettings(stdout), undefined, 2));
  return [
    ...["--host", `unix://${defaultSocket}`, "--config-file", settings],
    ...["--data-root", data, "--exec-root", runFolder, "--pidfile", pid],
  ];
}

/**
 * What the machine's administrator has set for Docker, and one thing more.
 * @param {string} version  as dockerd prints it
 */
function engineSettings(version) {
  const common = textOf("/etc/docker/daemon.json");
  return {
    ...(common === "" ? {} : JSON.parse(common)),
    // Up to this release the engine's ID comes from a key outside its data. Pulumi's state is kept
    // by that ID, so both lie together.
    ...(/version 20\.10\./.test(version) ? { "deprecated-key-path": engineFiles().key } : {}),
  };
}

/** A number left over from a killed engine may belong to any process by now, and then blocks it. */
function removeStale() {
  const containerd = join(runFolder, "containerd", "containerd.pid");
  for (const [file, program] of [
    [engineFiles().pid, "dockerd"],
    [containerd, "containerd"],
  ]) {
    const owner = processOf(numberIn(file ?? ""));
    if (owner === undefined || !owner.program.endsWith(`/${program}`)) {
      rmSync(file ?? "", { force: true });
    }
  }
}

/**
 * Stops our engine. Its containers stop with it and come back with it.
 * @returns {Promise<boolean>} false when it did not run
 */
export async function stopEngine() {
  const running = ownEngine();
  if (running === undefined) {
    return false;
  }
  process.kill(running.pid, "SIGTERM");
  const isGone = await waitFor(() => (lives(running.pid) ? undefined : true), stopBudgetMs);
  if (isGone === undefined) {
    throw new Fault(
      `dockerd (process ${running.pid}) did not stop within ${stopBudgetMs / 1000} s.`,
      `See ${engineFiles().log}.`,
    );
  }
  return true;
}

/** @param {string} file */
function numberIn(file) {
  return Number.parseInt(textOf(file), 10);
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
