/** Runs statements one after another. As long as none of them has to wait, everything happens at
 *  once; from the first that does, a coroutine goes on. */

import type { Running } from "../host.ts";
import type { Frame } from "./frame.ts";
import { recover } from "./recover.ts";
import { normal, type Signal, type Step } from "./signal.ts";

/** What a statement or block gives: a signal, or a coroutine that will give one. */
export type Outcome = Signal | Running<Signal>;

/** Runs the steps from `from` on, until one ends the block. */
export function startSteps(steps: readonly Step[], frame: Frame, from = 0): Outcome {
  for (let index = from; index < steps.length; index++) {
    const step = steps[index];
    if (step === undefined) break;
    let outcome: Outcome;
    try {
      outcome = step.execute(frame);
    } catch (error) {
      return goOn(steps, frame, index, () => {
        throw error;
      });
    }
    if (typeof outcome !== "number") {
      const underWay = outcome;
      return goOn(steps, frame, index, () => underWay);
    }
    if (outcome !== normal) return outcome;
  }
  return normal;
}

/** The step at `start` has begun, or failed: what it gave is `first()`. */
function* goOn(
  steps: readonly Step[],
  frame: Frame,
  start: number,
  first: () => Outcome,
): Running<Signal> {
  for (let index = start; index < steps.length; index++) {
    const step = steps[index];
    if (step === undefined) break;
    try {
      const outcome = index === start ? first() : step.execute(frame);
      const signal = typeof outcome === "number" ? outcome : yield* outcome;
      if (signal !== normal) return signal;
    } catch (error) {
      yield* recover(error, frame, step.at);
    }
  }
  return normal;
}

/** Runs the steps as a coroutine. */
export function* runSteps(steps: readonly Step[], frame: Frame, from = 0): Running<Signal> {
  const outcome = startSteps(steps, frame, from);
  return typeof outcome === "number" ? outcome : yield* outcome;
}
