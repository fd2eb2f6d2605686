/** Locks of the local backend: who holds a stack, and locks that nobody holds any more. */

import { readFileSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { Fault } from "../ground/fault.mjs";
import { livesSince } from "../ground/processes.mjs";
import { phase, say } from "../ground/progress.mjs";
import { waitFor } from "../ground/wait.mjs";
import { plainName, project } from "./stack.mjs";

/** As long as the longest operation that makes sense to wait for: a first deploy that seeds
 *  databases of many gigabytes. Whoever does not want to wait presses Ctrl-C. */
const longestWaitMs = 60 * 60 * 1000;

/**
 * What Pulumi writes into a lock.
 * @typedef {{ file: string, pid: number, username: string, hostname: string, since: Date }} Lock
 */

/**
 * Folder of a local backend, from its address; `undefined` for any other.
 * @param {string | undefined} url
 */
export function localBackend(url) {
  return /^file:\/\/(\/[^?]*)/.exec(url ?? "")?.[1];
}

/**
 * Removes locks whose owner is dead, and waits for those whose owner lives.
 * @param {string} backend  its folder
 * @param {string} stack
 * @returns {Promise<boolean>} true when a dead owner left a lock behind
 */
export async function settleLocks(backend, stack) {
  const dead = locksOf(backend, stack).filter(isAbandoned);
  for (const lock of dead) {
    rmSync(lock.file, { force: true });
    rmSync(`${lock.file}.attrs`, { force: true });
    say(
      `Stack ${plainName(stack)}: process ${lock.pid} was killed on ${when(lock)}; ` +
        "its lock is removed.",
    );
  }
  if (locksOf(backend, stack).length > 0) {
    await waitForOthers(backend, stack);
  }
  return dead.length > 0;
}

/**
 * @param {string} backend
 * @param {string} stack
 */
async function waitForOthers(backend, stack) {
  const name = plainName(stack);
  const isFree = await phase(`Waiting for stack ${name}`, (report) =>
    waitFor(() => {
      const held = locksOf(backend, stack).filter((lock) => !isAbandoned(lock));
      report(held.map((lock) => `held by ${holder(lock)}`).join(", "));
      return held.length === 0 ? true : undefined;
    }, longestWaitMs),
  );
  if (isFree !== true) {
    const holders = locksOf(backend, stack).map(holder).join(", ");
    throw new Fault(
      `Stack ${name} is held by ${holders}.`,
      "Wait for it to end, or, if it runs no more: npx pulumi cancel.",
    );
  }
}

/** @param {Lock} lock */
function holder(lock) {
  return `process ${lock.pid} of ${lock.username} on ${lock.hostname} since ${when(lock)}`;
}

/** @param {Lock} lock */
function when(lock) {
  return lock.since.toISOString().replace(/\.\d+Z$/, "Z");
}

/**
 * True when the owner was on this machine and is no more. An owner elsewhere cannot be seen.
 * @param {Lock} lock
 */
function isAbandoned(lock) {
  return lock.hostname === hostname() && !livesSince(lock.pid, lock.since);
}

/**
 * The locks of a stack.
 * @param {string} backend
 * @param {string} stack
 * @returns {Lock[]}
 */
export function locksOf(backend, stack) {
  const folder = join(backend, ".pulumi/locks/organization", project, plainName(stack));
  return namesIn(folder)
    .map((name) => lockIn(join(folder, name)))
    .filter((lock) => lock !== undefined);
}

/** @param {string} folder */
function namesIn(folder) {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

/**
 * @param {string} file
 * @returns {Lock | undefined} nothing when it went away or is no lock
 */
function lockIn(file) {
  try {
    const { pid, username, hostname: host, timestamp } = JSON.parse(readFileSync(file, "utf8"));
    const since = new Date(String(timestamp));
    const isLock = Number.isInteger(pid) && !Number.isNaN(since.getTime());
    return isLock
      ? { file, pid, username: String(username), hostname: String(host), since }
      : undefined;
  } catch {
    return undefined;
  }
}
