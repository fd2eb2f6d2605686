/** Compiled expressions: closures over a frame. What can neither call nor wait is evaluated at
 *  once; everything else is a coroutine. */

import type { Running } from "../host.ts";
import type { Frame } from "../run/frame.ts";

/** Gives its result at once. */
interface Immediate<T> {
  readonly now: (frame: Frame) => T;
}

/** Gives its result after any number of pauses. */
interface Pausing<T> {
  readonly later: (frame: Frame) => Running<T>;
}

/** A compiled expression. */
export type Code<T> = Immediate<T> | Pausing<T>;

/** True when the code never pauses. */
export function isImmediate<T>(code: Code<T>): code is Immediate<T> {
  return "now" in code;
}

/** The code as a coroutine, whatever it is. */
export function runCode<T>(code: Code<T>, frame: Frame): Running<T> {
  return isImmediate(code) ? finished(code.now(frame)) : code.later(frame);
}

// eslint-disable-next-line require-yield -- a coroutine that is done at once
function* finished<T>(value: T): Running<T> {
  return value;
}

/** A constant. */
export function constant<T>(value: T): Immediate<T> {
  return { now: () => value };
}

/** Applies a function to one result. */
export function map<A, T>(code: Code<A>, apply: (value: A, frame: Frame) => T): Code<T> {
  if (isImmediate(code)) {
    const { now } = code;
    return { now: (frame) => apply(now(frame), frame) };
  }
  const { later } = code;
  return {
    *later(frame) {
      return apply(yield* later(frame), frame);
    },
  };
}

/** Applies a function to two results, left one first. */
export function combine<A, B, T>(
  left: Code<A>,
  right: Code<B>,
  apply: (left: A, right: B, frame: Frame) => T,
): Code<T> {
  if (isImmediate(left) && isImmediate(right)) {
    const first = left.now;
    const second = right.now;
    return { now: (frame) => apply(first(frame), second(frame), frame) };
  }
  return {
    *later(frame) {
      const a = isImmediate(left) ? left.now(frame) : yield* left.later(frame);
      const b = isImmediate(right) ? right.now(frame) : yield* right.later(frame);
      return apply(a, b, frame);
    },
  };
}

/** All results, in order. */
export function all<T>(codes: readonly Code<T>[]): Code<readonly T[]> {
  const immediate = codes.filter(isImmediate);
  if (immediate.length === codes.length) {
    const steps = immediate.map((code) => code.now);
    return { now: (frame) => steps.map((step) => step(frame)) };
  }
  return {
    *later(frame) {
      const results: T[] = [];
      for (const code of codes) {
        results.push(isImmediate(code) ? code.now(frame) : yield* code.later(frame));
      }
      return results;
    },
  };
}

/** Goes on with a coroutine that the result of a code decides. */
export function andThen<A, T>(
  code: Code<A>,
  next: (value: A, frame: Frame) => Running<T>,
): Pausing<T> {
  return {
    *later(frame) {
      const value = isImmediate(code) ? code.now(frame) : yield* code.later(frame);
      return yield* next(value, frame);
    },
  };
}
