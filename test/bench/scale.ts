/** `npm run bench -- scale`: how the first deploy and the empty preview grow with members and
 *  databases. Each size is deployed once and removed again. Prints times; asserts nothing. */

import { parseArgs } from "node:util";
import { Checkout } from "../support/checkout.ts";
import { TestStack } from "../support/test-stack.ts";
import { inSeconds, timed } from "./measure.ts";
import { allSizes, sizeOf, topologyOf, type Size } from "./scale-size.ts";
import { phases, stepTimes, type Phase, type Piece } from "./steps.ts";

/** What one size took, in milliseconds. */
interface Measured {
  readonly size: Size;
  readonly up: number;
  readonly phases: readonly Phase[];
  /** Commands of the first deploy: each starts Node.js once. */
  readonly commands: number;
  readonly preview: number;
  readonly second: number;
}

async function measure(size: Size): Promise<Measured> {
  using checkout = new Checkout();
  await using stack = await TestStack.create(checkout, topologyOf(size));
  const pieces: Piece[] = [];
  const start = performance.now();
  const onOutput = (text: string) => pieces.push({ at: performance.now() - start, text });
  let output = "";
  const up = await timed(async () => (output = await stack.up({ onOutput })));
  const preview = await timed(() => stack.expectNoChanges());
  const second = await timed(() => stack.up());
  const isCommand = ({ type }: { type: string }) => type === "command:local:Command";
  const commands = stepTimes(output).filter(isCommand).length;
  return { size, up, phases: phases(pieces, up), commands, preview, second };
}

function tell({ size, up, phases: cuts, commands, preview, second }: Measured): void {
  const rows = [
    ["first deploy", `${inSeconds(up)}, ${commands} commands`],
    ...cuts.map(({ name, ms }) => [`  ${name}`, inSeconds(ms)]),
    ["empty preview", inSeconds(preview)],
    ["second up", inSeconds(second)],
  ];
  console.log(`${size.members} members, ${size.databases} databases`);
  console.log(rows.map(([name = "", value = ""]) => `  ${name.padEnd(26)}${value}`).join("\n"));
}

const { positionals } = parseArgs({ allowPositionals: true });
for (const size of positionals.length > 0 ? positionals.map(sizeOf) : allSizes) {
  tell(await measure(size));
}
