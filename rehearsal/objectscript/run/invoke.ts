/** Calls: a frame is made, arguments are bound, the code runs, the frame goes. */

import { runCode } from "../compile/code.ts";
import { fail, ObjectScriptError } from "../errors.ts";
import type { Running } from "../host.ts";
import type { Value } from "../value.ts";
import type { Actual } from "./actual.ts";
import { runSteps } from "./block.ts";
import type { Callable, CompiledFormal } from "./callable.ts";
import type { Frame, FrameParts } from "./frame.ts";
import { LocalNode } from "./local-node.ts";
import type { Process } from "./process.ts";
import { note } from "./recover.ts";
import { jump, type Signal } from "./signal.ts";
import { enterFrame, leaveStack } from "./stack.ts";
import { asCall } from "./trampoline.ts";
import { handleTrap } from "./trap.ts";

/** What a call costs, in rounds of a simple loop. */
const stepsPerCall = 10;

/** What a call brings along besides its arguments. */
type CallContext = Pick<FrameParts, "kind" | "self" | "receiver" | "owner" | "method">;

/** Calls code; the value it left with `quit`, or `undefined`.
 *  @throws ObjectScriptError `<PARAMETER>`, `<FRAMESTACK>`, whatever the code does not handle */
export function invoke(
  process: Process,
  callable: Callable,
  actuals: readonly Actual[],
  context: CallContext,
): Running<Value | undefined> {
  return asCall(run(process, callable, actuals, context));
}

function* run(
  process: Process,
  callable: Callable,
  actuals: readonly Actual[],
  context: CallContext,
): Running<Value | undefined> {
  if (process.step(stepsPerCall)) yield process.slicePause;
  const frame = enter(process, callable, context);
  const { test } = process;
  try {
    yield* bind(frame, callable, actuals);
    yield* runBody(frame, callable);
    return frame.returned;
  } finally {
    if (callable.isProcedure) process.test = test;
    leaveStack(frame);
  }
}

function enter(process: Process, callable: Callable, context: CallContext): Frame {
  return enterFrame(process, {
    ...context,
    unit: callable.unit,
    callable,
    variables: callable.isProcedure ? new Map<string, LocalNode>() : process.publics,
    hasState: callable.isProcedure || callable.formals !== undefined,
  });
}

function* bind(frame: Frame, callable: Callable, actuals: readonly Actual[]): Running<void> {
  const formals = callable.formals ?? [];
  const isVariadic = formals.at(-1)?.isVariadic === true;
  if (actuals.length > formals.length && !isVariadic) fail("<PARAMETER>");
  for (const [index, formal] of formals.entries()) {
    const node = formal.isVariadic
      ? restOf(actuals.slice(index))
      : yield* nodeFor(formal, actuals[index], frame);
    if (!callable.isProcedure) frame.renew(frame.variables, formal.name);
    frame.variables.set(formal.name, node);
  }
}

function* nodeFor(
  formal: CompiledFormal,
  actual: Actual | undefined,
  frame: Frame,
): Running<LocalNode> {
  if (actual?.kind === "reference") return actual.node;
  const node = new LocalNode();
  if (actual?.kind === "value") node.value = actual.value;
  else if (formal.initial !== undefined) node.value = yield* runCode(formal.initial, frame);
  return node;
}

/** `args...`: their number at the root, each below its position. */
function restOf(actuals: readonly Actual[]): LocalNode {
  const root = new LocalNode();
  root.value = actuals.length;
  for (const [index, actual] of actuals.entries()) {
    if (actual.kind === "reference") root.attach(String(index + 1), actual.node);
    else if (actual.kind === "value") root.demand([String(index + 1)]).value = actual.value;
  }
  return root;
}

function* runBody(frame: Frame, callable: Callable): Running<void> {
  let signal: Signal = jump;
  frame.target = callable.start;
  while (signal === jump) {
    if (frame.process.step()) yield frame.process.slicePause;
    try {
      signal = yield* runSteps(callable.steps, frame, frame.target);
    } catch (thrown) {
      signal = yield* trap(thrown, frame, callable);
    }
  }
}

/** An error nobody in this frame has taken: its traps get it, or it goes up. */
function* trap(error: unknown, frame: Frame, callable: Callable): Running<Signal> {
  if (!(error instanceof ObjectScriptError)) throw error;
  note(error, frame, callable.steps[callable.start]?.at ?? 0);
  return yield* handleTrap(error, frame, callable);
}
