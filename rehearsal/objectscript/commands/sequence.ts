/** Several things in a row, as one outcome. */

import type { Running } from "../host.ts";
import type { Outcome } from "../run/block.ts";
import type { Frame } from "../run/frame.ts";
import type { Place } from "../run/place.ts";
import { normal, type Signal } from "../run/signal.ts";
import type { Execute } from "../compile/statement.ts";

/** Runs all of them; one that ends the block ends the row. */
export function inSequence(executes: readonly Execute[]): Execute {
  const [only] = executes;
  if (executes.length === 1 && only !== undefined) return only;
  return (frame) => startAll(executes, frame);
}

function startAll(executes: readonly Execute[], frame: Frame): Outcome {
  for (const [index, execute] of executes.entries()) {
    const outcome = execute(frame);
    if (typeof outcome !== "number") return goOn(executes.slice(index + 1), frame, outcome);
    if (outcome !== normal) return outcome;
  }
  return normal;
}

function* goOn(rest: readonly Execute[], frame: Frame, underWay: Running<Signal>): Running<Signal> {
  const first = yield* underWay;
  if (first !== normal) return first;
  for (const execute of rest) {
    const outcome = execute(frame);
    const signal = typeof outcome === "number" ? outcome : yield* outcome;
    if (signal !== normal) return signal;
  }
  return normal;
}

/** Changes a place, as soon as the store lets it. */
export function whenWritable(place: Place, change: () => void): Outcome {
  if (place.barrier() !== undefined) return waitThen(place, change);
  change();
  return normal;
}

function* waitThen(place: Place, change: () => void): Running<Signal> {
  yield* awaitWritable(place);
  change();
  return normal;
}

/** Waits until the store may be written at the place. */
export function* awaitWritable(place: Place): Running<void> {
  for (let until = place.barrier(); until !== undefined; until = place.barrier()) {
    yield { kind: "wait", until };
  }
}
