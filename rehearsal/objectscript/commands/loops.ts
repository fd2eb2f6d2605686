/** `for`, `while`, `do … while`. Source: RCOS. */

import { compileExpression, compilePlace, compileSteps } from "../compile/parts.ts";
import { add } from "../arithmetic.ts";
import { runCode, type Code } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";

import type { CommandContext, Execute } from "../compile/statement.ts";
import type { Running } from "../host.ts";
import { compareNumbers, toNumber } from "../numbers.ts";
import { startSteps } from "../run/block.ts";
import type { Frame } from "../run/frame.ts";
import { valueAt, type Place } from "../run/place.ts";
import { leaveLoop, nextRound, normal, type Signal, type Step } from "../run/signal.ts";
import type { Action, ForAction, ForRange } from "../syntax/statements.ts";
import type { Numeric, Value } from "../value.ts";
import { compileConditions } from "./flow.ts";
import { awaitWritable } from "./sequence.ts";

type LoopAction = Extract<Action, { command: "for" | "while" | "dowhile" }>;

/** Compiles a loop. */
export function compileLoop(action: LoopAction, { scope }: CommandContext): Execute {
  const steps = compileSteps(action.body, scope);
  if (action.command === "for") return compileFor(action, steps, scope);
  const condition = compileConditions(action.conditions, scope);
  return action.command === "while" ? whileLoop(condition, steps) : doWhileLoop(condition, steps);
}

/** What a round says about the loop: go on, end it, or end something around it. */
function* round(steps: readonly Step[], frame: Frame): Running<Signal> {
  if (frame.process.step()) yield frame.process.slicePause;
  const outcome = startSteps(steps, frame);
  const signal = typeof outcome === "number" ? outcome : yield* outcome;
  return signal === nextRound ? normal : signal;
}

/** What the loop as a whole ends with. */
function ending(signal: Signal): Signal {
  return signal === leaveLoop ? normal : signal;
}

function whileLoop(condition: Code<boolean>, steps: readonly Step[]): Execute {
  return function* (frame) {
    while (yield* runCode(condition, frame)) {
      const signal = yield* round(steps, frame);
      if (signal !== normal) return ending(signal);
    }
    return normal;
  };
}

function doWhileLoop(condition: Code<boolean>, steps: readonly Step[]): Execute {
  return function* (frame) {
    do {
      const signal = yield* round(steps, frame);
      if (signal !== normal) return ending(signal);
    } while (yield* runCode(condition, frame));
    return normal;
  };
}

/** A value, or a count from `from` in steps of `by` until `to`. */
interface CompiledRange {
  readonly from: Code<Value>;
  readonly by: Code<Value> | undefined;
  readonly to: Code<Value> | undefined;
}

function compileRange({ from, by, to }: ForRange, scope: Scope): CompiledRange {
  return {
    from: compileExpression(from, scope),
    by: by && compileExpression(by, scope),
    to: to && compileExpression(to, scope),
  };
}

/** Every FOR is a level of the stack in the prompt. Source: GCOS, command-line debugging. */
function compileFor(action: ForAction, steps: readonly Step[], scope: Scope): Execute {
  const { variable } = action;
  const place = variable && compilePlace(variable, scope);
  const ranges = action.ranges.map((range) => compileRange(range, scope));
  return function* (frame) {
    frame.forLevels += 1;
    try {
      if (place === undefined) return yield* endless(steps, frame);
      const target = yield* runCode(place, frame);
      return yield* overRanges(ranges, { target, steps }, frame);
    } finally {
      frame.forLevels -= 1;
    }
  };
}

function* endless(steps: readonly Step[], frame: Frame): Running<Signal> {
  for (;;) {
    const signal = yield* round(steps, frame);
    if (signal !== normal) return ending(signal);
  }
}

interface Counting {
  readonly target: Place;
  readonly steps: readonly Step[];
}

function* overRanges(
  ranges: readonly CompiledRange[],
  counting: Counting,
  frame: Frame,
): Running<Signal> {
  for (const range of ranges) {
    const from = yield* runCode(range.from, frame);
    const signal =
      range.by === undefined
        ? yield* onceWith(from, counting, frame)
        : yield* count(toNumber(from), range, counting, frame);
    if (signal !== normal) return ending(signal);
  }
  return normal;
}

function* onceWith(value: Value, { target, steps }: Counting, frame: Frame): Running<Signal> {
  yield* store(target, value);
  return yield* round(steps, frame);
}

function* store(target: Place, value: Value): Running<void> {
  if (target.barrier() !== undefined) yield* awaitWritable(target);
  target.set(value);
}

/** The variable may be changed by the body; the limit is worked out once. */
function* count(
  from: Numeric,
  range: CompiledRange,
  { target, steps }: Counting,
  frame: Frame,
): Running<Signal> {
  const by = range.by === undefined ? 1 : toNumber(yield* runCode(range.by, frame));
  const to = range.to === undefined ? undefined : toNumber(yield* runCode(range.to, frame));
  const isDown = compareNumbers(by, 0) < 0;
  const isBeyond = (value: Numeric): boolean => {
    if (to === undefined) return false;
    const order = compareNumbers(value, to);
    return isDown ? order < 0 : order > 0;
  };
  yield* store(target, from);
  if (isBeyond(from)) return normal;
  for (;;) {
    const signal = yield* round(steps, frame);
    if (signal !== normal) return signal;
    const next = add(valueAt(target), by);
    if (isBeyond(next)) return normal;
    yield* store(target, next);
  }
}
