/** `npm run bench:mirror`: how fast a member catches up, and how many members keep up. */

import { loadavg } from "node:os";
import { help, readOptions } from "./options.ts";
import { measureCatchUp, measureKeepUp } from "./measure-mirror.ts";
import { BenchMirror } from "./party.ts";
import { catchUpLines, keepUpLines } from "./report.ts";

/** Exit codes: a command line that is not understood, and 128 plus the number of a signal. */
const misused = 2;
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

let running: BenchMirror | undefined;
/** Never resolves: set when everything is being ended because of a signal. */
let interruption: Promise<never> | undefined;

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** Ends what was started, whichever way the measurement ends. */
async function withMirror<T>(work: (mirror: BenchMirror) => Promise<T>): Promise<T> {
  await using mirror = new BenchMirror();
  running = mirror;
  try {
    return await work(mirror);
  } catch (problem) {
    // What was asked of a member that is being ended fails; the signal decides the exit code.
    await interruption;
    throw problem;
  }
}

async function end(code: number): Promise<never> {
  await running?.[Symbol.asyncDispose]();
  process.exit(code);
}

function endOnSignals(): void {
  for (const [name, code] of Object.entries(signals)) {
    process.once(name, () => {
      interruption ??= end(code);
    });
  }
}

async function measure(wish: NonNullable<ReturnType<typeof readOptions>>): Promise<number> {
  endOnSignals();
  const differences: string[] = [];
  print([
    `Load of the machine before: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}`,
    "",
  ]);
  if (wish.only !== "keep-up") {
    const result = await withMirror((mirror) => measureCatchUp(mirror, wish.records));
    print(catchUpLines(wish.records, result));
    differences.push(...result.differences);
  }
  if (wish.only !== "catch-up") {
    const result = await withMirror((mirror) => measureKeepUp(mirror, wish.members, wish));
    print(keepUpLines(wish.rate, result));
    differences.push(...result.differences);
  }
  print([
    `Load of the machine after: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}`,
  ]);
  print(differences.length === 0 ? ["All members hold the same."] : differences);
  return differences.length === 0 ? 0 : 1;
}

async function run(): Promise<number> {
  let wish: ReturnType<typeof readOptions>;
  try {
    wish = readOptions(process.argv.slice(2));
  } catch (problem) {
    if (!(problem instanceof Error)) throw problem;
    process.stderr.write(`${problem.message}\n\n${help}\n`);
    return misused;
  }
  if (wish !== undefined) return measure(wish);
  print([help]);
  return 0;
}

process.exitCode = await run();
