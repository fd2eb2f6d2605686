/** `if`, `else`, `try`, `throw`, `quit`, `return`, `goto`. Source: RCOS. */

import { compileExpression, compileSteps, compileTruth } from "../compile/parts.ts";
import { callMethod } from "../classes/dispatch.ts";
import { createObject } from "../classes/native-process.ts";
import { isImmediate, runCode, type Code } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";

import type { CommandContext, Execute } from "../compile/statement.ts";
import { compileNode } from "../compile/variable.ts";
import { fail, NotSimulated, ObjectScriptError } from "../errors.ts";
import type { Running } from "../host.ts";
import { toText } from "../numbers.ts";
import { runSteps, startSteps, type Outcome } from "../run/block.ts";
import type { Frame } from "../run/frame.ts";
import {
  jump,
  leaveFrame,
  leaveLoop,
  leaveTry,
  nextRound,
  normal,
  type Signal,
  type Step,
} from "../run/signal.ts";
import { systemException, ThrownException } from "../run/thrown.ts";
import type { Expression } from "../syntax/nodes.ts";
import type { Action, Block, GotoItem, Leaves } from "../syntax/statements.ts";
import { isObject, type Value } from "../value.ts";

/** Compiles a command that steers what runs next. */
export function compileFlow(action: Action, { scope }: CommandContext): Execute {
  switch (action.command) {
    case "if":
      return compileIf(action, scope);
    case "lineif":
      return compileLineIf(action.conditions, action.body, scope);
    case "lineelse": {
      const steps = compileSteps(action.body, scope);
      return (frame) => (frame.process.test ? normal : startSteps(steps, frame));
    }
    case "try":
      return compileTry(action, scope);
    case "throw":
      return compileThrow(compileExpression(action.value, scope));
    case "quit":
      return compileQuit(action.value, quitSignals[action.leaves], scope);
    case "return":
      return compileQuit(action.value, leaveFrame, scope);
    case "continue":
      return () => nextRound;
    case "goto":
      return compileGoto(action.items, scope);
    default:
      return () => normal;
  }
}

const quitSignals: Readonly<Record<Leaves, Signal>> = {
  frame: leaveFrame,
  loop: leaveLoop,
  try: leaveTry,
};

/** All conditions, left to right, until one fails: `if a,b` is a conjunction. */
export function compileConditions(conditions: readonly Expression[], scope: Scope): Code<boolean> {
  const codes = conditions.map((condition) => compileTruth(condition, scope));
  const [only] = codes;
  if (codes.length === 1 && only !== undefined) return only;
  return {
    *later(frame) {
      for (const code of codes) {
        if (!(yield* runCode(code, frame))) return false;
      }
      return true;
    },
  };
}

interface CompiledBranch {
  readonly condition: Code<boolean>;
  readonly steps: readonly Step[];
}

function compileIf(action: Extract<Action, { command: "if" }>, scope: Scope): Execute {
  const branches = action.branches.map(({ conditions, body }) => ({
    condition: compileConditions(conditions, scope),
    steps: compileSteps(body, scope),
  }));
  const otherwise = compileSteps(action.otherwise ?? [], scope);
  return (frame) => startBranches(branches, otherwise, frame);
}

function startBranches(
  branches: readonly CompiledBranch[],
  otherwise: readonly Step[],
  frame: Frame,
): Outcome {
  for (const [index, { condition, steps }] of branches.entries()) {
    if (!isImmediate(condition)) return runBranches(branches.slice(index), otherwise, frame);
    if (condition.now(frame)) return startSteps(steps, frame);
  }
  return startSteps(otherwise, frame);
}

function* runBranches(
  branches: readonly CompiledBranch[],
  otherwise: readonly Step[],
  frame: Frame,
): Running<Signal> {
  for (const { condition, steps } of branches) {
    if (yield* runCode(condition, frame)) return yield* runSteps(steps, frame);
  }
  return yield* runSteps(otherwise, frame);
}

/** The line form sets `$test`; without condition it asks it. */
function compileLineIf(conditions: readonly Expression[], body: Block, scope: Scope): Execute {
  const steps = compileSteps(body, scope);
  if (conditions.length === 0) {
    return (frame) => (frame.process.test ? startSteps(steps, frame) : normal);
  }
  const condition = compileConditions(conditions, scope);
  if (isImmediate(condition)) {
    return (frame) => {
      frame.process.test = condition.now(frame);
      return frame.process.test ? startSteps(steps, frame) : normal;
    };
  }
  return function* (frame) {
    frame.process.test = yield* runCode(condition, frame);
    return frame.process.test ? yield* runSteps(steps, frame) : normal;
  };
}

function compileTry(action: Extract<Action, { command: "try" }>, scope: Scope): Execute {
  const body = compileSteps(action.body, scope);
  const handler = compileSteps(action.handler, scope);
  const variable = action.name === undefined ? undefined : compileNode(action.name, scope);
  return function* (frame) {
    const ended = yield* guarded(body, frame);
    if (typeof ended === "number") return ended === leaveTry ? normal : ended;
    const exception = exceptionOf(ended, frame);
    frame.process.thrown = exception;
    if (variable !== undefined) {
      const node = variable(frame);
      node.kill([]);
      node.value = exception;
    }
    const signal = yield* runSteps(handler, frame);
    return signal === leaveTry ? normal : signal;
  };
}

/** Runs a block; an error of the language is its result. */
function* guarded(steps: readonly Step[], frame: Frame): Running<Signal | ObjectScriptError> {
  const { process } = frame;
  process.handlers += 1;
  try {
    return yield* runSteps(steps, frame);
  } catch (error) {
    if (error instanceof ObjectScriptError) return error;
    throw error;
  } finally {
    process.handlers -= 1;
  }
}

function exceptionOf(error: ObjectScriptError, frame: Frame): Value {
  if (error instanceof ThrownException) return error.exception;
  return createObject(frame.process, "%Exception.SystemException", systemException(error));
}

function compileThrow(value: Code<Value>): Execute {
  return function* (frame) {
    const exception = yield* runCode(value, frame);
    if (!isObject(exception)) return fail("<THROW>");
    const target = { object: exception, name: "DisplayString" };
    const display = yield* callMethod(frame.process, target, [], "e");
    throw new ThrownException(exception, toText(display ?? ""));
  };
}

function compileQuit(value: Expression | undefined, signal: Signal, scope: Scope): Execute {
  if (value === undefined) return () => signal;
  const code = compileExpression(value, scope);
  if (isImmediate(code)) {
    return (frame) => {
      frame.returned = code.now(frame);
      return leaveFrame;
    };
  }
  return function* (frame) {
    frame.returned = yield* runCode(code, frame);
    return leaveFrame;
  };
}

/** Only to a label of the same body, outside of its blocks; without argument it belongs to the
 *  error prompt, which takes it before it gets here. */
function compileGoto(items: readonly GotoItem[], scope: Scope): Execute {
  const targets = items.map(({ entry, condition }) => ({
    entry,
    condition: condition === undefined ? undefined : compileTruth(condition, scope),
  }));
  return function* (frame) {
    if (targets.length === 0) fail("<COMMAND>");
    for (const { entry, condition } of targets) {
      if (condition !== undefined && !(yield* runCode(condition, frame))) continue;
      return goTo(frame, entry.label, entry.routine);
    }
    return normal;
  };
}

function goTo(frame: Frame, label: string, routine: string): Signal {
  const { callable } = frame;
  const isElsewhere = routine !== "" && routine !== callable?.home?.name;
  if (callable === undefined || isElsewhere) {
    throw new NotSimulated(`GOTO ${label}${routine === "" ? "" : `^${routine}`}`);
  }
  frame.target = callable.labels.get(label) ?? fail("<NOLINE>", `*${label}`);
  return jump;
}
