/** `do`, `xecute`, `job`. Source: RCOS. */

import { compileText, compileTruth } from "../compile/parts.ts";
import { compileArguments, compileEntryCall } from "../compile/call.ts";
import { runCode, type Code } from "../compile/code.ts";
import { compileClassCall, compileMemberCall, type Call } from "../compile/object.ts";
import type { Scope } from "../compile/scope.ts";
import type { CommandContext, Execute } from "../compile/statement.ts";
import { SyntaxFault } from "../errors.ts";
import { compileDispatch } from "../functions/object-functions.ts";
import { isCanonicalNumber, toText } from "../numbers.ts";
import { valueOf, type Actual } from "../run/actual.ts";
import { runText } from "../run/run-text.ts";
import { normal } from "../run/signal.ts";
import type { Expression } from "../syntax/nodes.ts";
import type { CallItem, JobItem, XecuteItem } from "../syntax/statements.ts";
import { resolveClass } from "../classes/dispatch.ts";
import { fail } from "../errors.ts";
import { runIndirect } from "./indirect.ts";
import { inSequence } from "./sequence.ts";

/** Compiles all calls of one `do`. */
export function compileDo(items: readonly CallItem[], context: CommandContext): Execute {
  return inSequence(items.map((item) => compileCall(item, context)));
}

function compileCall(item: CallItem, context: CommandContext): Execute {
  const { scope } = context;
  const condition = compileCondition(item.condition, scope);
  if (item.kind === "indirect") {
    const indirect = runIndirect("do", item, context);
    return function* (frame) {
      if (!(yield* runCode(condition, frame))) return normal;
      const outcome = indirect(frame);
      return typeof outcome === "number" ? outcome : yield* outcome;
    };
  }
  const call =
    item.kind === "entry" ? entryCall(item, scope) : expressionCall(item.expression, scope);
  return function* (frame) {
    if (yield* runCode(condition, frame)) yield* call(frame);
    return normal;
  };
}

function compileCondition(condition: Expression | undefined, scope: Scope): Code<boolean> {
  return condition === undefined ? { now: () => true } : compileTruth(condition, scope);
}

function entryCall(item: Extract<CallItem, { kind: "entry" }>, scope: Scope): Call {
  return compileEntryCall(item.entry, item.args ?? [], { scope, kind: "d" });
}

function expressionCall(expression: Expression, scope: Scope): Call {
  switch (expression.type) {
    case "member":
      return compileMemberCall(expression, scope, "d");
    case "classMethod":
    case "super":
      return compileClassCall(expression, scope, "d");
    case "function":
      return compileDispatch(expression, scope, "d");
    default:
      throw new SyntaxFault(expression.at);
  }
}

/** Compiles `xecute`. */
export function compileXecute(
  items: readonly XecuteItem[],
  { scope, at }: CommandContext,
): Execute {
  return inSequence(
    items.map(({ code, condition }): Execute => {
      const text = compileText(code, scope);
      const holds = compileCondition(condition, scope);
      return function* (frame) {
        const source = yield* runCode(text, frame);
        if (yield* runCode(holds, frame)) yield* runText(source, frame, at);
        return normal;
      };
    }),
  );
}

/** Compiles `job`: another process gets the call as text, its arguments as constants. */
export function compileJob(items: readonly JobItem[], { scope }: CommandContext): Execute {
  return inSequence(
    items.map((item): Execute => {
      const entry = item.kind === "entry" ? jobEntry(item) : jobMethod(item, scope);
      const actuals = compileArguments(item.args, scope);
      return function* (frame) {
        const called = yield* runCode(entry, frame);
        const found = yield* runCode(actuals, frame);
        frame.process.lastChild = frame.process.host.job(called + argumentsText(found));
        return normal;
      };
    }),
  );
}

type JobOf<Kind> = Extract<JobItem, { kind: Kind }>;

/** The line to start, checked here, where an error still reaches the one who starts it. */
function jobEntry({ entry }: JobOf<"entry">): Code<string> {
  return {
    now({ process, callable }) {
      const { label, routine } = entry;
      const name = routine === "" ? (callable?.home?.name ?? "") : routine;
      if (process.code.findRoutine(process, name) === undefined) fail("<NOROUTINE>", `*${name}`);
      return `${label}^${name}`;
    },
  };
}

function jobMethod(item: JobOf<"method">, scope: Scope): Code<string> {
  const own: Code<string> = {
    now: ({ receiver }) => (receiver ?? fail("<NO CURRENT OBJECT>")).name,
  };
  const className = item.className === undefined ? own : compileText(item.className, scope);
  const name = compileText(item.name, scope);
  return {
    *later(frame) {
      const written = yield* runCode(className, frame);
      const found = resolveClass(frame.process, written, scope.packages);
      return `##class(${found.name}).${yield* runCode(name, frame)}`;
    },
  };
}

function argumentsText(actuals: readonly Actual[]): string {
  return `(${actuals.map(constantText).join(",")})`;
}

function constantText(actual: Actual): string {
  const value = valueOf(actual);
  if (value === undefined) return "";
  const text = toText(value);
  return isCanonicalNumber(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
