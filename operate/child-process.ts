/** Child processes: argv and never a shell, bounded output, a time limit, and none left behind.
 *  Written on node:child_process: a step must start fast, and execa alone takes longer to load
 *  (about 95 ms) than everything else a step loads together. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";

/** How a program ended. `code` is `null` when a signal or the time limit ended it. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface RunOptions {
  readonly timeoutMs: number;
  /** Written to standard input, which is then closed. */
  readonly stdin?: string | Uint8Array;
  /** Called with each part of standard error as it comes. */
  readonly heard?: (part: string) => void;
}

/** More than any answer has; beyond it the beginning is dropped, so that a flood does no harm. */
const outputLimit = 8 * 1024 * 1024;

/** How long a program may take to end after SIGTERM before it is killed. */
const termGraceMs = 1000;

const running = new Set<ChildProcessWithoutNullStreams>();

/** Starts a program that lives until it ends by itself or `endChildren` is called. */
export function start(argv: readonly string[]): ChildProcessWithoutNullStreams {
  const [program = "", ...rest] = argv;
  const child = spawn(program, rest, { stdio: ["pipe", "pipe", "pipe"] });
  running.add(child);
  child.once("close", () => running.delete(child));
  child.once("error", () => running.delete(child));
  // A program that ends before it has read its input breaks the pipe; its exit tells why.
  child.stdin.on("error", () => undefined);
  return child;
}

/** Runs a program to its end. It is rejected only when the program could not be started. */
export async function run(argv: readonly string[], options: RunOptions): Promise<Finished> {
  const child = start(argv);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  if (options.heard !== undefined) {
    child.stderr.on("data", options.heard);
  }
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    end(child);
  }, options.timeoutMs);
  child.stdin.end(options.stdin);
  try {
    const code = await closed(child);
    return { code, stdout: stdout(), stderr: stderr(), timedOut };
  } finally {
    clearTimeout(limit);
  }
}

/** The exit code once the program has ended and its output is complete. */
export function closed(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve(code);
    });
  });
}

/** Gathers a stream as text, without its beginning when it is too long. */
export function collect(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (part: string) => {
    text = (text + part).slice(-outputLimit);
  });
  return () => text;
}

/** Gives a program its last input and lets it end by itself: nobody waits for it any more. Waiting
 *  for a session to end after its last answer would cost every step 25 ms. */
export function release(child: ChildProcessWithoutNullStreams, lastInput: string): void {
  child.stdin.end(lastInput);
  running.delete(child);
}

/** SIGTERM, and SIGKILL for what does not listen. */
export function end(child: ChildProcessWithoutNullStreams): void {
  child.kill("SIGTERM");
  const kill = setTimeout(() => child.kill("SIGKILL"), termGraceMs);
  kill.unref();
  child.once("close", () => {
    clearTimeout(kill);
  });
}

/** Ends every program that still runs; resolves when all are gone. */
export async function endChildren(): Promise<void> {
  await Promise.all(
    [...running].map((child) => {
      const gone = new Promise((resolve) => child.once("close", resolve));
      end(child);
      return gone;
    }),
  );
}
