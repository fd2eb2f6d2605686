/** The operations that report: a preview whose plan may be kept, and an `up` that may be bound to
 *  one. Loaded after the npm packages are there. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { observed } from "./observed.mjs";
import { refusalOf, reportOf } from "./report.mjs";
import { misfits, readPlan } from "./saved-plan.mjs";

/** @typedef {import("../prepare.mjs").Prepared} Prepared */
/** @typedef {import("./report.mjs").Report} Report */

/**
 * Looks at what an `up` would do; changes nothing.
 * @param {Prepared} prepared
 * @param {string} stack
 * @param {string | undefined} file  where the plan is kept
 * @returns {Promise<Report>}
 */
export async function plan(prepared, stack, file) {
  const kept = file === undefined ? [] : ["--save-plan", file];
  const { code, told } = await observed(prepared, ["preview", "--stack", stack, ...kept]);
  return reportOf({ command: "plan", stack }, code, told);
}

/**
 * Deploys. A saved plan that no longer fits is refused before anything is touched; Pulumi holds
 * itself to one that fits.
 * @param {Prepared} prepared
 * @param {string} stack
 * @param {string | undefined} file  of a saved plan
 * @returns {Promise<Report>}
 */
export async function deploy(prepared, stack, file) {
  const unfit = file === undefined ? undefined : await refusalOfPlan(prepared, stack, file);
  if (unfit !== undefined) {
    return unfit;
  }
  const bound = file === undefined ? [] : ["--plan", file];
  const args = ["up", "--yes", "--skip-preview", "--stack", stack, ...bound];
  const { code, told } = await observed(prepared, args);
  return reportOf({ command: "up", stack }, code, told);
}

/**
 * @param {Prepared} prepared
 * @param {string} stack
 * @param {string} file
 * @returns {Promise<Report | undefined>} nothing when the plan fits
 */
async function refusalOfPlan(prepared, stack, file) {
  const saved = readPlan(file);
  if (typeof saved === "string") {
    return refusalOf(stack, [saved]);
  }
  const folder = mkdtempSync(join(tmpdir(), "iris-mirror-"));
  try {
    const fresh = join(folder, "plan.json");
    const args = ["preview", "--stack", stack, "--save-plan", fresh];
    const { code, told } = await observed(prepared, args);
    if (code !== 0) {
      return reportOf({ command: "up", stack }, code, told);
    }
    const now = readPlan(fresh);
    const differences = typeof now === "string" ? [now] : misfits(saved, now);
    return differences.length === 0
      ? undefined
      : refusalOf(stack, ["The saved plan no longer fits; nothing was touched.", ...differences]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
