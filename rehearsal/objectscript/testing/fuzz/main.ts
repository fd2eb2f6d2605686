/** `npm run fuzz`: random programs on the evaluator, on all processors. */

import { inThreads } from "../../../rehearse/threads.ts";
import { Progress } from "../../../rehearse/progress.ts";
import { noEndings, programOf, type Finding, type Range, type Tally } from "./fuzz.ts";
import { help, readRange } from "./options.ts";

/** Exit code for a command line that is not understood. */
const misused = 2;

/** Programs for one turn of a thread: the turns cost nothing, and the progress moves. */
const turn = 100;

async function playAll({ first, programs }: Range): Promise<Tally> {
  const progress = new Progress("Playing");
  const endings = { ...noEndings };
  const findings: Finding[] = [];
  let next = first;
  let played = 0;
  await inThreads<Range, Tally>({
    worker: new URL("./worker.ts", import.meta.url),
    count: Math.ceil(programs / turn),
    take: () => {
      const range = { first: next, programs: Math.min(turn, first + programs - next) };
      next += range.programs;
      return range.programs > 0 ? range : undefined;
    },
    done: (tally) => {
      for (const [ending, count] of Object.entries(tally.endings)) {
        endings[ending as keyof typeof endings] += count;
        played += count;
      }
      findings.push(...tally.findings);
      progress.show(`${String(played)} of ${String(programs)} programs`);
    },
  });
  progress.end();
  return { endings, findings: findings.sort((one, other) => one.seed - other.seed) };
}

/** The last line, and what failed above it. */
function report({ programs }: Range, { endings, findings }: Tally): string[] {
  const failed = findings.flatMap(({ seed, program, fault }) => [
    `seed ${String(seed)}, a ${program.kind} program; made as small as it still fails:`,
    program.text,
    fault,
    `Once more: npm run fuzz -- --seed ${String(seed)} --programs 1`,
    "",
  ]);
  const { result, error, refused, budget } = endings;
  return [
    ...failed,
    `${String(programs)} programs: ${String(result)} ended in a result, ${String(error)} in an error of ` +
      `the product, ${String(refused)} refused, ${String(budget)} ended after their budget, ` +
      `${String(findings.length)} in a defect.`,
  ];
}

async function main(args: readonly string[]): Promise<number> {
  let range: Range | "help";
  try {
    range = readRange(args);
  } catch (problem) {
    process.stderr.write(
      `${problem instanceof Error ? problem.message : String(problem)}\n\n${help}\n`,
    );
    return misused;
  }
  if (range === "help") {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  if (range.programs === 1) process.stdout.write(`${programOf(range.first).text}\n\n`);
  const tally = await playAll(range);
  process.stdout.write(`${report(range, tally).join("\n")}\n`);
  return tally.findings.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
