/** Plays the programs of many seeds, and makes one that fails as small as it can be. */

import fc from "fast-check";
import { playProgram, type Ending } from "./play-program.ts";
import { anyProgram, type Program } from "./programs.ts";

/** A program that showed a defect. */
export interface Finding {
  readonly seed: number;
  /** The smallest program found that still fails. */
  readonly program: Program;
  /** What was thrown, with its place. */
  readonly fault: string;
}

/** Seeds to play. */
export interface Range {
  readonly first: number;
  readonly programs: number;
}

/** What came of them. */
export interface Tally {
  readonly endings: Readonly<Record<Ending, number>>;
  readonly findings: readonly Finding[];
}

/** Nothing played yet. */
export const noEndings: Tally["endings"] = { result: 0, error: 0, refused: 0, budget: 0 };

/** How a program is played; another one in tests. */
export type Play = (program: Program) => Promise<Ending>;

/** How long one program is made smaller; each try of a hanging one takes its whole limit. */
const shrinkingMs = 60_000;

/** One program for each seed, whatever other seeds are played. Neighbours are spread, because the
 *  generator begins alike for seeds that differ in a few bits. */
const parametersOf = (seed: number) => ({ seed: Math.imul(seed, 0x9e3779b1), numRuns: 1 });

/** The program of a seed. */
export function programOf(seed: number): Program {
  const [program] = fc.sample(anyProgram, parametersOf(seed));
  if (program === undefined) throw new Error(`seed ${seed} makes no program`);
  return program;
}

/** Plays the seeds of a range, one after the other. */
export async function playRange(
  { first, programs }: Range,
  play: Play = playProgram,
): Promise<Tally> {
  const endings = { ...noEndings };
  const findings: Finding[] = [];
  for (let seed = first; seed < first + programs; seed++) {
    try {
      endings[await play(programOf(seed))] += 1;
    } catch (fault) {
      findings.push(await smallest(seed, fault, play));
    }
  }
  return { endings, findings };
}

async function smallest(seed: number, fault: unknown, play: Play): Promise<Finding> {
  const property = fc.asyncProperty(anyProgram, async (program) => {
    await play(program);
  });
  const found = await fc.check(property, {
    ...parametersOf(seed),
    interruptAfterTimeLimit: shrinkingMs,
  });
  const [program = programOf(seed)] = found.counterexample ?? [];
  const last = found.errorInstance ?? fault;
  return {
    seed,
    program,
    fault: last instanceof Error ? (last.stack ?? last.message) : String(last),
  };
}
