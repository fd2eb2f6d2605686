/** What `npm run plan` and `npm run up` tell a pipeline: one report as JSON and as Markdown, and an
 *  exit code. Loaded after the npm packages are there. */

import { z } from "zod";

/** Nothing differs, nothing was changed. */
const noChange = "no change";
/** Something would be changed, or was. */
const changes = "changes";
/** Refused before anything was touched: a faulty topology, things of others in the way, a saved
 *  plan that no longer fits. */
const refused = "refused";
/** It did not finish; the next `up` goes on from what is there. */
const failed = "failed";

/** Exit codes of `npm run plan`. 2 stands, as everywhere, for a command line that is not
 *  understood, so that a misspelt option is never taken for "changes".
 *  @type {Readonly<Record<Report["outcome"], number>>} */
const exitCodes = { [noChange]: 0, [failed]: 1, [refused]: 3, [changes]: 10 };

const fault = z.strictObject({
  /** Place in the topology; empty for the whole. */
  path: z.string(),
  given: z.string(),
  allowed: z.string(),
  change: z.string(),
});

const change = z.strictObject({
  /** `create`, `update`, `replace`, `delete` or `import`. */
  operation: z.string(),
  /** Pulumi's type, such as `docker:index/container:Container`. */
  type: z.string(),
  /** Pulumi's name, such as `mirrorA` or `mirrorB-databases`. */
  name: z.string(),
  /** What was found different, in words; else which inputs change. Empty for what is new or
   *  goes. */
  why: z.array(z.string()),
});

/** The report. A later version of this project may add fields; it raises `version` when one
 *  changes its meaning or goes. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  command: z.enum(["plan", "up"]),
  stack: z.string(),
  outcome: z.enum([noChange, changes, refused, failed]),
  /** With which the command ends. */
  exitCode: z.int(),
  /** Every resource that changes. */
  changes: z.array(change),
  /** What happens to databases that hold data already. */
  notes: z.array(z.string()),
  /** What a person should know, though it stops nothing: a member that does not answer. */
  warnings: z.array(z.string()),
  /** What is wrong with the topology, all at once. */
  faults: z.array(fault),
  /** Why it was refused or failed, beside the faults. */
  problems: z.array(z.string()),
});

/** @typedef {z.infer<typeof reportSchema>} Report */
/** @typedef {Report["changes"][number]} Change */

/**
 * What a run of Pulumi did, as its events tell.
 * @typedef {Pick<Report, "changes" | "notes" | "warnings" | "problems">} Told
 */

/**
 * The report of one run.
 * @param {Pick<Report, "command" | "stack">} about
 * @param {number} code  exit code of Pulumi
 * @param {Told} told
 * @returns {Report}
 */
export function reportOf(about, code, told) {
  const faults = told.problems.flatMap(faultsIn);
  const problems = told.problems.filter((problem) => faultsIn(problem).length === 0);
  const outcome = code === 0 ? outcomeOf(told) : faults.length > 0 ? refused : failed;
  const isDone = about.command === "up" && code === 0;
  const exitCode = isDone ? 0 : exitCodes[outcome];
  return { version: 1, ...about, outcome, exitCode, ...told, faults, problems };
}

/** @param {Told} told */
function outcomeOf(told) {
  return told.changes.length === 0 ? noChange : changes;
}

/**
 * The report of a saved plan that is not carried out.
 * @param {string} stack
 * @param {readonly string[]} problems
 * @returns {Report}
 */
export function refusalOf(stack, problems) {
  const nothing = { changes: [], notes: [], warnings: [], faults: [] };
  const about = { version: /** @type {const} */ (1), command: /** @type {const} */ ("up"), stack };
  return {
    ...about,
    ...nothing,
    outcome: refused,
    exitCode: exitCodes[refused],
    problems: [...problems],
  };
}

const refusalTitle = /^The mirror is not deployed, nothing was touched: \d+ faults?\.$/m;
const faultLines = /^ {2}(\S.*)\n {4}given: +(.*)\n {4}allowed: +(.*)\n {4}change: +(.*)$/gm;

/**
 * The faults in the program's refusal; none in any other text.
 * @param {string} problem
 * @returns {Report["faults"]}
 */
function faultsIn(problem) {
  if (!refusalTitle.test(problem)) {
    return [];
  }
  return [...problem.matchAll(faultLines)].map(
    ([, path = "", given = "", allowed = "", remedy = ""]) => ({
      path: path === "(the whole)" ? "" : path,
      given,
      allowed,
      change: remedy,
    }),
  );
}
