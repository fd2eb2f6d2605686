/** `npm run up`: everything that is needed, then `pulumi up`, then what to know of the result. */

import { resolve } from "node:path";
import { ensureStack, requireTopology } from "./cli/ensure-stack.mjs";
import { devStack } from "./cli/environment.mjs";
import { ownEngine } from "./engine/own.mjs";
import { run } from "./ground/child.mjs";
import { command } from "./ground/entry.mjs";
import { readOptions, refuseMore } from "./ground/options.mjs";
import { phase, phaseTimes, say } from "./ground/progress.mjs";
import { prepare } from "./prepare.mjs";
import { reportHelp, reportOptions, writeReport } from "./report/options.mjs";
import { checkLines, memberLines, nextLines, timeLine } from "./summary.mjs";

/** @typedef {import("./prepare.mjs").Prepared} Prepared */

const help = `Usage: npm run up [-- [<stack>] --plan <file> --json <file> --markdown <file>]

Makes sure of npm packages, Pulumi, Docker and the images, then runs pulumi up for the stack
(${devStack} when none is named) and tells where the members are. A second call changes nothing.
Ends with 0 when everything is as the topology says, 3 when it was refused before anything was
touched, 1 when it failed, 2 when the command line is not understood.

  --plan <file>        does what npm run plan -- --save <file> has planned, and nothing else: when
                       that no longer fits, it is refused
${reportHelp}`;

await command(async (args) => {
  const options = readOptions(args, help, { ...reportOptions, plan: { type: "string" } });
  if (options === undefined) {
    return 0;
  }
  refuseMore(options.words, 1, help);
  const stack = String(options.flags["stack"] ?? options.words[0] ?? devStack);
  return up(stack, options.flags);
});

/**
 * @param {string} stack
 * @param {Readonly<Record<string, string | boolean | undefined>>} flags
 * @returns {Promise<number>} exit code
 */
async function up(stack, flags) {
  requireTopology(stack);
  const prepared = await prepare(["up", "--stack", stack]);
  await ensureStack(prepared, stack);
  const { deploy } = await import("./report/operations.mjs");
  const plan = flags["plan"] === undefined ? undefined : resolve(String(flags["plan"]));
  const report = await phase("pulumi up", () => deploy(prepared, stack, plan), { isQuiet: true });
  writeReport(report, flags);
  if (report.exitCode === 0) {
    await tell(prepared, stack);
  } else {
    say([...report.problems, adviceFor(report)].join("\n"));
  }
  return report.exitCode;
}

/** @param {import("./report/report.mjs").Report} report */
function adviceFor({ outcome }) {
  return outcome === "refused"
    ? "Nothing was touched."
    : "pulumi up did not finish. Mend what it names, then run npm run up again: it goes on.";
}

/**
 * @param {Prepared} prepared
 * @param {string} stack
 */
async function tell({ cli, environment }, stack) {
  const args = ["stack", "output", "--json", "--stack", stack];
  const ended = await run(cli, args, { env: environment });
  /** @type {import("./summary.mjs").Outputs} */
  const outputs = ended.code === 0 ? JSON.parse(ended.stdout) : {};
  const lines = [
    "",
    ...memberLines(outputs),
    ...checkLines(outputs),
    "",
    ...nextLines(stack, stack === devStack, ownEngine() !== undefined),
    "",
    timeLine(phaseTimes()),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}
