/** Plays one program on an instance in memory, and says how it ended. */

import { Script } from "node:vm";
import { libraryClasses } from "../../../system/library/classes.ts";
import { MemoryFiles } from "../../../system/library/testing/memory-files.ts";
import { isErrorName } from "../../errors.ts";
import type { Pause, Running } from "../../host.ts";
import { createCodeCache, createProcess } from "../../process.ts";
import { MemoryHost } from "../memory-host.ts";
import { testEnvironment } from "../session.ts";
import type { Program } from "./programs.ts";
import { setVariables } from "./words.ts";

/** How a program may end: `result` without any error, `error` with one of the product's, `refused`
 *  by "not simulated", `budget` when it would have gone on for ever. */
export type Ending = "result" | "error" | "refused" | "budget";

/** Slices of 1,000 steps after which a program that goes on is ended from outside. */
const mostSlices = 10;

/** Wall-clock time of one slice. The longest seen takes 0.1 s; a busy machine gets many times
 *  that. What takes longer stops all sessions of an instance, and is a fault. */
const longestSliceMs = 10_000;

const sources = {
  "A.B": `Class A.B Extends %RegisteredObject
{
Property Name;
ClassMethod M(a, b) { set b=$get(a) quit b }
Method H(q) { set ..Name=$get(q) quit ..Name }
}
`,
};
const routines = { R: "R\nf(a,b) set z=$get(a) write 1/(z=1) quit z\n" };

/** Lines of the session that runs it, and files that lie there. */
function setUp({ kind, text }: Program): { lines: string[]; files: MemoryFiles } {
  switch (kind) {
    case "typed":
    case "direct":
      return { lines: [setVariables, ...text.split("\n")], files: new MemoryFiles() };
    case "class":
      return {
        lines: [
          'write $system.OBJ.Load("/F/Z.cls","ck")',
          setVariables,
          "do ##class(F.Z).M(1,.y,,3,4)",
          "set o=##class(F.Z).%New() do o.I(x)",
        ],
        files: new MemoryFiles({ "/F/Z.cls": text }),
      };
    case "routine":
      return {
        lines: [setVariables, "do ^Z", "write $$f^Z(1)", "do g^Z()"],
        files: new MemoryFiles(),
      };
  }
}

/** Plays it.
 *  @param sliceMs what one slice may take. @default `longestSliceMs`
 *  @throws whatever is no result, no error of the product and no refusal: a defect of this engine,
 *  which is also what a slice that does not end is */
export async function playProgram(
  program: Program,
  sliceMs: number = longestSliceMs,
): Promise<Ending> {
  const { lines, files } = setUp(program);
  const host = new MemoryHost({
    lines,
    sources,
    routines: program.kind === "routine" ? { ...routines, Z: program.text } : routines,
    classes: [...libraryClasses(testEnvironment(files)).values()],
  });
  const process = createProcess(host, createCodeCache());
  const running =
    program.kind === "direct"
      ? process.direct(program.text)
      : process.session({ node: "n", instance: "I" });
  const isWithinBudget = await drive(running, sliceMs);
  requireNothingHeld(host);
  return endingOf(host.principal.output, isWithinBudget);
}

/** Whether it came to an end of its own. */
async function drive(running: Running<number>, sliceMs: number): Promise<boolean> {
  for (let slice = 0; slice < mostSlices; slice++) {
    const step = limited(() => running.next(), sliceMs);
    if (step.done === true) return true;
    await pause(step.value);
  }
  let step = limited(() => running.return(0), sliceMs);
  while (step.done !== true) {
    await pause(step.value);
    step = limited(() => running.next(), sliceMs);
  }
  return false;
}

async function pause(value: Pause): Promise<void> {
  if (value.kind === "wait") await value.until;
}

const call = new Script("globalThis.playedNow()");

/** Runs it, and ends it by force when it takes too long. */
function limited<T>(work: () => T, timeout: number): T {
  let result: { readonly value: T } | undefined;
  const now = globalThis as { playedNow?: () => void };
  now.playedNow = () => {
    result = { value: work() };
  };
  try {
    call.runInThisContext({ timeout });
  } finally {
    delete now.playedNow;
  }
  if (result === undefined) throw new Error("the slice did not run");
  return result.value;
}

function requireNothingHeld({ locks, transactions }: MemoryHost): void {
  if (locks.held.size > 0) throw new Error("locks are held behind the end");
  if (transactions.level > 0) throw new Error("a transaction is open behind the end");
}

/** Errors stand at the beginning of a line. */
function endingOf(output: string, isWithinBudget: boolean): Ending {
  const names = [...output.matchAll(/^<[A-Z][A-Z ]*>/gm)].map(([name]) => name);
  const unknown = names.find((name) => !isErrorName(name));
  if (unknown !== undefined) throw new Error(`${unknown} is no error of the product`);
  if (!isWithinBudget) return "budget";
  if (output.includes("not simulated: ")) return "refused";
  return names.length > 0 ? "error" : "result";
}
