/** `npm run plan`: what an `up` would do, as an exit code, a report and a plan for a pipeline. */

import { resolve } from "node:path";
import { ensureStack, requireTopology } from "./cli/ensure-stack.mjs";
import { devStack } from "./cli/environment.mjs";
import { command } from "./ground/entry.mjs";
import { readOptions, refuseMore } from "./ground/options.mjs";
import { prepare } from "./prepare.mjs";
import { reportHelp, reportOptions, writeReport } from "./report/options.mjs";

const help = `Usage: npm run plan [-- [<stack>] --save <file> --json <file> --markdown <file>]

Looks at what npm run up would do to the stack (${devStack} when none is named), as pulumi preview
does, and changes nothing. Ends with

  0   nothing differs
  10  something would change
  3   refused: what npm run up would refuse, all faults at once
  1   failed
  2   the command line is not understood

  --save <file>        keeps the plan, for npm run up -- --plan <file>
${reportHelp}`;

await command(async (args) => {
  const options = readOptions(args, help, { ...reportOptions, save: { type: "string" } });
  if (options === undefined) {
    return 0;
  }
  const { words, flags } = options;
  refuseMore(words, 1, help);
  const stack = String(flags["stack"] ?? words[0] ?? devStack);
  requireTopology(stack);
  const prepared = await prepare(["preview", "--stack", stack]);
  await ensureStack(prepared, stack);
  const { plan } = await import("./report/operations.mjs");
  const file = flags["save"] === undefined ? undefined : resolve(String(flags["save"]));
  const report = await plan(prepared, stack, file);
  writeReport(report, flags);
  return report.exitCode;
});
