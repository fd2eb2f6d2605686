/** The command line for people: `npm run status`. */

import { parseArgs } from "node:util";
import { endChildren } from "./child-process.ts";
import { MirrorError } from "./mirror-error.ts";
import { assess, exitStatusOfHealth, type Health } from "./status/assess.ts";
import { foundBy, gather } from "./status/gather.ts";
import { render } from "./status/table.ts";
import { realWorld } from "./world.ts";

const help = `Usage: npm run status -- [--stack <name>] [--json]

Shows every member of the mirror: container, role, whether a failover would succeed, databases;
the arbiter and the failover mode. Stacks are found by ${foundBy},
on the Docker engine of DOCKER_HOST or of the current context.

  --stack <name>  only this stack
  --json          the same as one JSON object per stack, one per line
  --help          this text

Exit status: 0 every stack is healthy; 2 the mirror works, something needs attention;
3 a mirror has no primary; 4 nothing was found; 1 the call or Docker failed.`;

/** @returns the exit status of the process. */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      stack: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (positionals.length !== 1 || positionals[0] !== "status") {
    console.error(help);
    return 1;
  }
  const stacks = await gather(realWorld(process.env), values.stack);
  if (stacks.length === 0) {
    console.error(
      `no container carries ${foundBy}${values.stack === undefined ? "" : ` ${values.stack}`}`,
    );
    return exitStatusOfHealth["nothing there"];
  }
  const worst: Health[] = [];
  for (const stack of stacks) {
    const assessment = assess(stack);
    worst.push(assessment.health);
    console.log(
      values.json ? JSON.stringify({ ...stack, ...assessment }) : render(stack, assessment),
    );
  }
  return Math.max(...worst.map((health) => exitStatusOfHealth[health]));
}

async function run(): Promise<number> {
  try {
    return await main(process.argv.slice(2));
  } catch (problem) {
    const isOurs = problem instanceof MirrorError || problem instanceof TypeError;
    console.error(isOurs ? problem.message : problem);
    return 1;
  } finally {
    await endChildren();
  }
}

process.exit(await run());
