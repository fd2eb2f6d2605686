/** Programs of our own Pulumi whose engine was killed. They would work beside the next run. */

import { lives, processes } from "../ground/processes.mjs";
import { say } from "../ground/progress.mjs";
import { waitFor } from "../ground/wait.mjs";

/** @typedef {import("../ground/processes.mjs").Process} Process */

/** The command plugin gives its commands 10 s to end; it and the rest need little more. */
const endingBudgetMs = 15_000;

/**
 * Ends what a killed engine left behind, and returns when it is gone.
 * @param {string} cache  programs below it were built here
 * @param {string} checkout  whose Pulumi program may have been left running
 */
export async function endLeftovers(cache, checkout) {
  const left = leftovers(processes(), cache, checkout);
  if (left.length === 0) {
    return;
  }
  for (const { pid } of left) {
    signal(pid, "SIGTERM");
  }
  const areGone = () => (left.some(({ pid }) => lives(pid)) ? undefined : true);
  if ((await waitFor(areGone, endingBudgetMs)) === undefined) {
    for (const { pid } of left) {
      signal(pid, "SIGKILL");
    }
  }
  const names = left.map(({ program, pid }) => `${program.split("/").at(-1)} (${pid})`).join(", ");
  say(`Ended what a killed run of Pulumi left behind: ${names}.`);
}

/**
 * Which processes are left over: plugins, language hosts and programs without an engine above them.
 * @param {readonly Process[]} all
 * @param {string} cache
 * @param {string} checkout
 */
export function leftovers(all, cache, checkout) {
  const byPid = new Map(all.map((process) => [process.pid, process]));
  return all.filter(
    (process) => isPartOfARun(process, cache, checkout) && !hasEngineAbove(process, byPid),
  );
}

/**
 * @param {Process} process
 * @param {string} cache
 * @param {string} checkout
 */
function isPartOfARun({ program, args }, cache, checkout) {
  const isOurBuild = program.startsWith(`${cache}/pulumi/`) && /\/pulumi-[\w-]+$/.test(program);
  const isOurProgram = args.some(
    (arg) => arg.startsWith(`${checkout}/`) && arg.includes("/@pulumi/pulumi/cmd/run"),
  );
  return isOurBuild || isOurProgram;
}

/**
 * @param {Process} process
 * @param {ReadonlyMap<number, Process>} byPid
 */
function hasEngineAbove(process, byPid) {
  for (let above = byPid.get(process.parent); above !== undefined;) {
    if (/\/\.?pulumi(-wrapped)?$/.test(above.program)) {
      return true;
    }
    above = byPid.get(above.parent);
  }
  return false;
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}
