/** `npm run up`: everything that is needed, then `pulumi up`, then what to know of the result. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { devStack } from "./cli/environment.mjs";
import { handOver } from "./cli/handover.mjs";
import { plainName } from "./cli/stack.mjs";
import { hasStack } from "./cli/stack-files.mjs";
import { ownEngine } from "./engine/own.mjs";
import { lastLines, run } from "./ground/child.mjs";
import { command } from "./ground/entry.mjs";
import { Fault } from "./ground/fault.mjs";
import { readOptions, refuseMore } from "./ground/options.mjs";
import { top } from "./ground/places.mjs";
import { phase, phaseTimes, say } from "./ground/progress.mjs";
import { prepare } from "./prepare.mjs";
import { checkLines, memberLines, nextLines, timeLine } from "./summary.mjs";

/** @typedef {import("./prepare.mjs").Prepared} Prepared */

const help = `Usage: npm run up [-- <stack>]

Makes sure of npm packages, Pulumi, Docker and the images, then runs pulumi up for the stack
(${devStack} when none is named) and tells where the members are. A second call changes nothing.

  --stack, -s <stack>  the same as naming it
  --help, -h           this text`;

await command(async (args) => {
  const options = readOptions(args, help, { stack: { type: "string", short: "s" } });
  if (options === undefined) {
    return 0;
  }
  refuseMore(options.words, 1, help);
  const stack = String(options.flags["stack"] ?? options.words[0] ?? devStack);
  return up(stack);
});

/**
 * @param {string} stack
 * @returns {Promise<number>} exit code
 */
async function up(stack) {
  if (!existsSync(join(top, `Pulumi.${plainName(stack)}.yaml`))) {
    throw new Fault(
      `Stack ${stack} has no topology: there is no Pulumi.${plainName(stack)}.yaml here.`,
      `Write one, for instance from Pulumi.${devStack}.yaml, or name a stack that has one.`,
      2,
    );
  }
  const prepared = await prepare(["up", "--stack", stack]);
  await ensureStack(prepared, stack);
  const { cli, environment } = prepared;
  const args = ["up", "--yes", "--skip-preview", "--stack", stack];
  const code = await phase("pulumi up", () => handOver(cli, args, environment), { isQuiet: true });
  if (code !== 0) {
    say("pulumi up did not finish. Mend what it names, then run npm run up again: it goes on.");
    return code;
  }
  await tell(prepared, stack);
  return 0;
}

/**
 * Creates the stack when it does not exist, and selects it for `npx pulumi`.
 * @param {Prepared} prepared
 * @param {string} stack
 */
async function ensureStack({ cli, environment }, stack) {
  if (hasStack(environment, stack)) {
    return;
  }
  const args = ["stack", "select", "--create", "--stack", stack];
  const ended = await run(cli, args, { env: environment });
  if (ended.code !== 0) {
    throw new Fault(`Stack ${stack} could not be created:\n${lastLines(ended.stderr, 5)}`);
  }
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
