/** Runs a program to its end and gives back everything it said. */

import { execa } from "execa";

/** How a program ended. */
export interface Ended {
  readonly code: number;
  /** Standard output and standard error, as they came. */
  readonly text: string;
  readonly stdout: string;
}

/** Where and with what a program runs. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Called for each piece of output; may end the program by throwing through `signal`. */
  readonly onOutput?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** Runs; never throws for an exit code. */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const child = execa(program, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...options.env },
    input: options.input ?? "",
    all: true,
    reject: false,
  });
  child.all.on("data", (bytes: Buffer) => options.onOutput?.(bytes.toString("utf8")));
  const ended = await child;
  return { code: ended.exitCode ?? 128, text: ended.all, stdout: ended.stdout };
}
