/** The prompt: reads lines, runs them, shows what went wrong. */

import { compiler } from "../compile/compiler.ts";
import type { Scope } from "../compile/scope.ts";
import { NotSimulated, ObjectScriptError, ProcessEnd, SyntaxFault } from "../errors.ts";
import type { Running } from "../host.ts";
import { toInteger } from "../numbers.ts";
import { currentFrame } from "../run/base-frame.ts";
import { runSteps } from "../run/block.ts";
import { Frame } from "../run/frame.ts";
import type { Process } from "../run/process.ts";
import { Unwind } from "../run/recover.ts";
import { leaveFrame } from "../run/signal.ts";
import { leaveStack } from "../run/stack.ts";
import { typedUnit } from "../run/unit.ts";
import { parseTypedLine } from "../syntax/program.ts";
import type { Block } from "../syntax/statements.ts";
import { errorDisplay, syntaxDisplay } from "./display.ts";
import { promptText } from "./prompt.ts";

/** How a typed line ended, where the prompt has to act on it. */
type LineEnd = "done" | "quitAll" | "quitOne" | "resume";

/** Reads and runs lines until the input ends or the process does.
 *  @throws ProcessEnd always, sooner or later */
export function* runShell(process: Process): Running<never> {
  const base = currentFrame(process);
  process.isInteractive = true;
  process.onUntrapped = (error, frame, at) => errorPrompt(process, base, { error, frame, at });
  for (;;) {
    const line = yield* readLine(process, promptText(process, base, undefined));
    const end = yield* baseLine(process, base, line);
    if (end === "quitAll" || end === "quitOne") base.leave();
  }
}

/** Runs a line at the plain prompt; `quit` at an error prompt above ends up here. */
function* baseLine(process: Process, base: Frame, line: string): Running<LineEnd> {
  try {
    return yield* runLine(process, base, line);
  } catch (error) {
    if (error instanceof Unwind) return "done";
    throw error;
  }
}

/** A prompt is a line end and its text; a typed line is followed by one line end.
 *  Assumed: the end of the input is answered by a line end. */
function* readLine(process: Process, prompt: string): Running<string> {
  const { output } = process;
  output.usePrincipal();
  output.newLine();
  output.write(prompt);
  const line = yield* output.principal.readLine(undefined);
  process.forgetCode();
  output.newLine();
  return line ?? process.end(0);
}

interface Stop {
  readonly error: ObjectScriptError | undefined;
  readonly frame: Frame;
  readonly at: number;
}

/** The prompt inside a program that stopped: its frames stay, its variables are visible.
 *  `goto` lets it go on (this function returns), `quit` drops it, `quit 1` drops one level. */
function* errorPrompt(process: Process, base: Frame, { error, frame }: Stop): Running<void> {
  if (error !== undefined) show(process, errorDisplay(error));
  const level = new Frame(process, process.frame, {
    kind: "E",
    unit: typedUnit(""),
    variables: frame.variables,
    self: frame.self,
    receiver: frame.receiver,
    owner: frame.owner,
    method: frame.method,
  });
  process.frame = level;
  process.frameCount += 1;
  try {
    for (;;) {
      const line = yield* readLine(process, promptText(process, base, frame));
      const end = yield* runLine(process, level, line);
      if (end === "resume") return;
      if (end !== "done") throw new Unwind(end === "quitAll" ? "all" : "one");
    }
  } finally {
    leaveStack(level);
  }
}

function show(process: Process, text: string): void {
  process.output.usePrincipal();
  process.output.write(text);
}

/** Runs one line. An error in the line itself is shown and leaves the prompt as it is. */
function* runLine(process: Process, frame: Frame, line: string): Running<LineEnd> {
  try {
    const { block, faultAt } = parseTypedLine(line);
    if (block === undefined) {
      show(process, syntaxDisplay(line, faultAt));
      return "done";
    }
    if (isResume(block)) return "resume";
    return yield* runBlock(frame, line, block);
  } catch (error) {
    showError(process, error, line);
    return "done";
  }
}

/** `goto` alone. */
function isResume(block: Block): boolean {
  const [statement] = block;
  const action = statement?.action;
  return block.length === 1 && action?.command === "goto" && action.items.length === 0;
}

function* runBlock(frame: Frame, line: string, block: Block): Running<LineEnd> {
  frame.unit = typedUnit(line);
  const steps = compiler.steps(block, lineScope(frame));
  const signal = yield* runSteps(steps, frame);
  const { returned } = frame;
  frame.returned = undefined;
  if (signal !== leaveFrame) return "done";
  return returned !== undefined && toInteger(returned) === 1 ? "quitOne" : "quitAll";
}

/** At an error prompt the variables of the procedure that failed come first. */
function lineScope(frame: Frame): Scope {
  const { variables, unit } = frame;
  const hasPrivate = variables !== frame.process.publics;
  return {
    compiler,
    unit,
    isPrivate: (name) => hasPrivate && variables.has(name),
    packages: ["User"],
  };
}

function showError(process: Process, error: unknown, line: string): void {
  if (error instanceof ObjectScriptError) show(process, errorDisplay(error));
  else if (error instanceof SyntaxFault) show(process, syntaxDisplay(line, error.at));
  else if (error instanceof NotSimulated) {
    process.leastStatus = 1;
    show(process, `\n${error.message}`);
  } else throw error;
}

/** The exit status of what ends a process.
 *  @throws whatever else it was */
export function exitStatusOf(error: unknown): number {
  if (error instanceof ProcessEnd) return error.exitStatus;
  throw error;
}
