/** What the kernel tells about other processes (Linux); elsewhere only whether they live. */

import { readFileSync, readdirSync, readlinkSync } from "node:fs";

/** Ticks of the clock in which /proc counts; the same on every Linux that Node.js runs on. */
const ticksPerSecond = 100;

/**
 * A process as it is now.
 * @typedef {object} Process
 * @property {number} pid
 * @property {number} parent
 * @property {string} program  the file it runs; empty when it may not be seen
 * @property {readonly string[]} args
 * @property {Date} started
 */

/** All processes that can be seen; none where there is no /proc. */
export function processes() {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => processOf(Number(pid)))
      .filter((process) => process !== undefined);
  } catch {
    return [];
  }
}

/**
 * The process of that number, if there is one.
 * @param {number} pid
 * @returns {Process | undefined}
 */
export function processOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name is in parentheses and may hold anything; the fields after it are counted from 3.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return {
      pid,
      parent: Number(fields[1]),
      program: programOf(pid),
      args: readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1),
      started: new Date(bootTime() + (Number(fields[19]) / ticksPerSecond) * 1000),
    };
  } catch {
    return undefined;
  }
}

/**
 * True while a process of that number lives that was there at that time. One that started later has
 * only got the number again.
 * @param {number} pid
 * @param {Date} since
 */
export function livesSince(pid, since) {
  if (processes().length === 0) {
    return lives(pid);
  }
  const found = processOf(pid);
  // Both times are rounded, and clocks are set.
  const slackMs = 5000;
  return found !== undefined && found.started.getTime() <= since.getTime() + slackMs;
}

/** @param {number} pid */
export function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (problem) {
    // Not ours to signal, but there.
    return /** @type {NodeJS.ErrnoException} */ (problem).code === "EPERM";
  }
}

/** @param {number} pid */
function programOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, "");
  } catch {
    return "";
  }
}

function bootTime() {
  const seconds = /^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1];
  return Number(seconds) * 1000;
}
