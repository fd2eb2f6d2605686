/** The rehearsal engine's figures in containers: start, session, sets, commits, memory. Asserts
 *  nothing about time. */

import { loadavg } from "node:os";
import { commitSynchronously } from "../../support/ledger.ts";
import { run } from "../../support/run.ts";
import { BarePair, type Images } from "../bare-pair.ts";
import { inSeconds, median } from "../measure.ts";
import * as measure from "./measures.ts";

/** What is measured, in the order it is printed: name, how a value is written, and the goal. */
const figures = {
  ready: ["container until running", inSeconds, "under 1.5 s"],
  session: ["session of one line", inSeconds, "under 0.3 s"],
  local: ["plain sets, no mirror", perSecond, "20,000 / s"],
  mirrored: ["plain sets, backup has them", perSecond, "5,000 / s"],
  commits: ["synchronous commits, 8 sessions", perSecond, "300 / s"],
  memory: ["idle member's anonymous memory", inMegabytes, "under 150 MB"],
  worked: ["the same after these writes", inMegabytes, ""],
} as const;

type Round = Readonly<Record<keyof typeof figures, number>>;

function perSecond(value: number): string {
  return `${Math.round(value).toLocaleString("en-US")} / s`;
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** Measures so often, in containers whose names begin with `stack`, and prints a table. */
export async function benchEngine(stack: string, images: Images, rounds: number): Promise<void> {
  const before = loadavg()[0] ?? NaN;
  const all: Round[] = [];
  for (let round = 1; round <= rounds; round++) {
    const name = `${stack}r${round}`;
    all.push({ ...(await alone(name, images)), ...(await mirrored(name, images)) });
  }
  console.log(
    `rehearsal engine, ${rounds} rounds, load of the machine before ${before.toFixed(1)}`,
  );
  for (const key of Object.keys(figures) as (keyof typeof figures)[]) {
    const [name, written, goal] = figures[key];
    const values = all.map((round) => round[key]);
    const range = `${written(Math.min(...values))} to ${written(Math.max(...values))}`;
    const aim = goal === "" ? "" : `; goal ${goal}`;
    console.log(`${name.padEnd(34)}${written(median(values))} (${range}${aim})`);
  }
}

/** An instance without a mirror. */
async function alone(stack: string, images: Images) {
  const container = `${stack}-alone`;
  try {
    const label = `io.iris-mirror.stack=${stack}`;
    const ready = await measure.untilRunning(container, images.member, label);
    const sessions: number[] = [];
    for (let time = 0; time < 5; time++) sessions.push(await measure.oneLine(container));
    return { ready, session: median(sessions), local: await measure.plainSets(container) };
  } finally {
    await run("docker", ["rm", "-f", "-v", container]);
  }
}

/** A primary with an active backup. */
async function mirrored(stack: string, images: Images) {
  await using pair = await BarePair.prepare(stack, images);
  const [primary, backup] = [pair.container("mirrorA"), pair.container("mirrorB")];
  await pair.start();
  await pair.form();
  const memory = await measure.anonymousMemory(primary);
  const sets = await measure.mirroredSets(primary, backup);
  await commitSynchronously(primary);
  const commits = await measure.synchronousCommits(primary);
  const worked = await measure.anonymousMemory(primary);
  return { memory, mirrored: sets, commits, worked };
}
