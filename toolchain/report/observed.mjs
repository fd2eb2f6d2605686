/** Runs an operation of Pulumi in the reader's terminal and tells what it did. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handOver } from "../cli/handover.mjs";
import { toldBy } from "./events.mjs";

/** @typedef {import("./report.mjs").Told} Told */

/**
 * Pulumi writes its events beside what it shows, into a folder for our eyes alone; it knows that
 * option when it is asked for its commands for debugging.
 * @param {import("../prepare.mjs").Prepared} prepared
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, told: Told }>} exit code of Pulumi, and what happened
 */
export async function observed({ cli, environment }, args) {
  const folder = mkdtempSync(join(tmpdir(), "iris-mirror-"));
  try {
    const log = join(folder, "events.jsonl");
    const withLog = { ...environment, PULUMI_DEBUG_COMMANDS: "true" };
    const code = await handOver(cli, [...args, "--event-log", log], withLog);
    const told = toldBy(existsSync(log) ? readFileSync(log, "utf8") : "");
    return { code, told: code === 0 || told.problems.length > 0 ? told : silent(told, code) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {Told} told
 * @param {number} code
 * @returns {Told}
 */
function silent(told, code) {
  return { ...told, problems: [`Pulumi ended with exit code ${code}; its output says why.`] };
}
