/** `npm run bench`: the first deploy beside its floor, everything measured in one run, and the
 *  rehearsal engine's figures. Asserts nothing about time. */

import { parseArgs } from "node:util";
import { imageReferences } from "../../toolchain/image-reference.mjs";
import { Checkout } from "../support/checkout.ts";
import { TestStack } from "../support/test-stack.ts";
import type { Images } from "./bare-pair.ts";
import { benchEngine } from "./engine/bench-engine.ts";
import { bareProgram, byShell, type Floor } from "./floor.ts";
import { inSeconds, median, timed } from "./measure.ts";
import { phases, stepTimes, type Phase, type Piece } from "./steps.ts";

// The launcher has refused other words than these and a number of rounds.
const { positionals } = parseArgs({ allowPositionals: true });
const words = new Set(positionals);
const isMeant = (subject: string) =>
  words.has(subject) || !(words.has("deploy") || words.has("engine"));
/** Everything is measured so often; the median counts. */
const rounds = Number(positionals.find((word) => /^\d+$/.test(word)) ?? 3);

const release = "2022.1";
const images: Images | undefined = imageReferences()[release];

/** One deploy of ours with what it took, and what `pulumi` said. */
interface Deploy {
  readonly up: number;
  readonly preview: number;
  readonly second: number;
  readonly output: string;
  readonly phases: readonly Phase[];
}

async function deploy(): Promise<Deploy> {
  using checkout = new Checkout();
  await using stack = await TestStack.create(checkout);
  let output = "";
  const pieces: Piece[] = [];
  const start = performance.now();
  const onOutput = (text: string) => pieces.push({ at: performance.now() - start, text });
  const up = await timed(async () => (output = await stack.up({ onOutput })));
  const preview = await timed(() => stack.expectNoChanges());
  const second = await timed(() => stack.up());
  return { up, preview, second, output, phases: phases(pieces, up) };
}

async function floor(chosen: Images, commands: number, round: number): Promise<Floor> {
  const cli = new URL("../../toolchain/pulumi.mjs", import.meta.url).pathname;
  const stack = `floor${process.pid}r${round}`;
  const bare = await bareProgram(cli, stack, chosen, commands);
  return { bare, ...(await byShell(stack, chosen)) };
}

function report(deploys: readonly Deploy[], floors: readonly Floor[]): void {
  const of = <T>(all: readonly T[], pick: (one: T) => number) => median(all.map(pick));
  const up = of(deploys, (one) => one.up);
  const bare = of(floors, (one) => one.bare);
  const forming = of(floors, (one) => one.forming);
  const dockerRun = of(floors, (one) => one.dockerRun);
  const cuts = deploys[0]?.phases ?? [];
  const rows = [
    ["first deploy", inSeconds(up)],
    ...cuts.map(({ name }, at) => [
      `  ${name}`,
      inSeconds(of(deploys, (one) => one.phases[at]?.ms ?? NaN)),
    ]),
    [
      "its floor",
      `${inSeconds(bare + forming)} (bare Pulumi program ${inSeconds(bare)}, forming by a shell script ${inSeconds(forming)})`,
    ],
    ["ratio to the floor", `${(up / (bare + forming)).toFixed(2)} (goal 1.3)`],
    ["ratio to bare docker run", `${(up / dockerRun).toFixed(1)} (${inSeconds(dockerRun)})`],
    ["empty preview", inSeconds(of(deploys, (one) => one.preview))],
    ["second up", inSeconds(of(deploys, (one) => one.second))],
  ];
  console.log(rows.map(([name = "", value = ""]) => `${name.padEnd(26)}${value}`).join("\n"));
}

async function benchDeploy(chosen: Images): Promise<void> {
  const deploys: Deploy[] = [];
  const floors: Floor[] = [];
  for (let round = 1; round <= rounds; round++) {
    const one = await deploy();
    deploys.push(one);
    const steps = stepTimes(one.output);
    const commands = steps.filter(({ type }) => type === "command:local:Command").length;
    floors.push(await floor(chosen, commands, round));
    console.log(`round ${round}: ${inSeconds(one.up)}, ${commands} commands`);
    if (round === 1) for (const { name, text } of steps) console.log(`  ${name.padEnd(28)}${text}`);
  }
  report(deploys, floors);
}

async function main(): Promise<void> {
  if (images === undefined) throw new Error(`no images for ${release}`);
  if (isMeant("deploy")) await benchDeploy(images);
  if (isMeant("engine")) await benchEngine(`bench${process.pid}`, images, rounds);
}

await main();
