/** Programs of the machine that need root. */

import { run } from "../support/run.ts";

/** Runs one and gives its output. @throws Error with what it said */
export async function root(program: string, ...args: readonly string[]): Promise<string> {
  const ended = await run(program, args);
  if (ended.code !== 0) throw new Error(`${program} ${args.join(" ")}: ${ended.text}`);
  return ended.stdout;
}
