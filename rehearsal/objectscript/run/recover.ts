/** What happens to an error at the statement that raised it. */

import { ObjectScriptError } from "../errors.ts";
import type { Running } from "../host.ts";
import type { Frame } from "./frame.ts";
import type { Process } from "./process.ts";

/** `quit` or `quit 1` at an error prompt: frames are dropped down to the sign-on frame, or one. */
export class Unwind extends Error {
  readonly levels: "all" | "one";

  constructor(levels: "all" | "one") {
    super(`unwind ${levels}`);
    this.name = "Unwind";
    this.levels = levels;
  }
}

/** Handles an error of the statement at `at`: it goes up to a handler, or the program stops here
 *  with its stack intact and a prompt. Returning means: go on behind the statement.
 *  @throws the error, when somebody above takes it */
export function* recover(error: unknown, frame: Frame, at: number): Running<void> {
  const { process } = frame;
  if (error instanceof Unwind && error.levels === "one") {
    yield* stopHere(process, undefined, frame, at);
    return;
  }
  if (!(error instanceof ObjectScriptError)) throw error;
  note(error, frame, at);
  const isOwnLine = frame.unit.kind === "typed" && frame.forLevels === 0;
  if (!process.isInteractive || process.handlers > 0 || isOwnLine) throw error;
  yield* stopHere(process, error, frame, at);
}

/** What an error costs, in rounds of a simple loop. */
const stepsPerError = 20;

/** Gives the error its place, and sets the special variables that speak of it. */
export function note(error: ObjectScriptError, frame: Frame, at: number): void {
  error.place ??= frame.unit.placeOf(at);
  error.source ??= { text: frame.unit.text, at, isTyped: frame.unit.kind === "typed" };
  if (!error.fresh) return;
  error.fresh = false;
  frame.process.charge(stepsPerError);
  frame.process.zerror = error.text;
  if (error.code === "<ECODETRAP>") return;
  frame.process.ecode = `${frame.process.ecode === "" ? "," : frame.process.ecode}${error.ecode},`;
}

function* stopHere(
  process: Process,
  error: ObjectScriptError | undefined,
  frame: Frame,
  at: number,
): Running<void> {
  if (process.onUntrapped === undefined) throw error ?? new Unwind("all");
  yield* process.onUntrapped(error, frame, at);
}
