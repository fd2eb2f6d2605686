/** Calls without JavaScript's own stack: a program may recurse as deep as its limit says, whatever
 *  the engine below can nest. A call is handed to the trampoline, which runs it and goes on with
 *  the caller when it is done. */

import type { Pause, Running } from "../host.ts";

/** A call on its way to the trampoline. For everybody else it looks like a time slice; but nobody
 *  else gets to see one. */
class Call {
  readonly kind = "slice";
  readonly running: Running<unknown>;
  result: unknown;

  constructor(running: Running<unknown>) {
    this.running = running;
  }
}

/** Runs a coroutine on a stack level of its own. Works only below `trampoline`. */
export function* asCall<T>(running: Running<T>): Running<T> {
  const call = new Call(running);
  yield call;
  return call.result as T;
}

interface Level {
  readonly running: Running<unknown>;
  /** The call this level answers; `undefined` for the lowest. */
  readonly call: Call | undefined;
}

/** What came of one step: go on with whatever is on top, pause, fail, or be done. */
type Progress =
  | { readonly kind: "again" }
  | { readonly kind: "pause"; readonly pause: Pause }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "done"; readonly value: unknown };

const again: Progress = { kind: "again" };

/** Lets the level on top make a step; after a failure below, it gets the error. */
function advance(levels: Level[], before: Progress): Progress {
  const top = levels.at(-1);
  if (top === undefined) return before;
  try {
    const step = before.kind === "failed" ? top.running.throw(before.error) : top.running.next();
    if (step.done === true) return finish(levels, top, step.value);
    if (!(step.value instanceof Call)) return { kind: "pause", pause: step.value };
    levels.push({ running: step.value.running, call: step.value });
    return again;
  } catch (error) {
    levels.pop();
    return { kind: "failed", error };
  }
}

function finish(levels: Level[], top: Level, value: unknown): Progress {
  levels.pop();
  if (top.call === undefined) return { kind: "done", value };
  top.call.result = value;
  return again;
}

/** Runs a coroutine with all the calls it makes.
 *  @throws what it throws */
export function* trampoline<T>(main: Running<T>): Running<T> {
  const levels: Level[] = [{ running: main, call: undefined }];
  let progress = again;
  try {
    while (levels.length > 0) {
      progress = advance(levels, progress);
      if (progress.kind === "pause") yield progress.pause;
    }
    if (progress.kind === "failed") throw progress.error;
    return (progress.kind === "done" ? progress.value : undefined) as T;
  } finally {
    for (const level of levels.reverse()) level.running.return(undefined);
  }
}
