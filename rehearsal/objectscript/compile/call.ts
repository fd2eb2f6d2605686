/** Compiles arguments, and calls of labels. */

import { compileExpression, compileText } from "./parts.ts";
import { fail, NotSimulated } from "../errors.ts";
import type { Running } from "../host.ts";
import { toInteger } from "../numbers.ts";
import { byValue, leftOut, type Actual } from "../run/actual.ts";
import type { Callable, LabelHome } from "../run/callable.ts";
import type { Frame, FrameKind } from "../run/frame.ts";
import { invoke } from "../run/invoke.ts";
import type { LocalNode } from "../run/local-node.ts";
import type { Argument, EntryReference, ExtrinsicNode } from "../syntax/nodes.ts";
import type { Value } from "../value.ts";
import { all, isImmediate, map, type Code } from "./code.ts";
import type { Scope } from "./scope.ts";
import { compileNode } from "./variable.ts";

/** Arguments in order; `args...` becomes as many as the variable counts. */
export function compileArguments(args: readonly Argument[], scope: Scope): Code<readonly Actual[]> {
  const parts = args.map((argument) => compileArgument(argument, scope));
  return map(all(parts), (found) => found.flat());
}

function compileArgument(argument: Argument, scope: Scope): Code<readonly Actual[]> {
  switch (argument.kind) {
    case "omitted":
      return { now: () => [leftOut()] };
    case "value":
      return map(compileExpression(argument.expression, scope), (value) => [byValue(value)]);
    case "reference": {
      const node = compileNode(argument.name, scope);
      return { now: (frame) => [{ kind: "reference", node: node(frame) }] };
    }
    case "indirectReference":
      return map(compileText(argument.reference, scope), (name, frame) => [
        { kind: "reference", node: compileNode(name, scope)(frame) },
      ]);
    case "spread": {
      const node = compileNode(argument.name, scope);
      return { now: (frame) => spread(node(frame)) };
    }
  }
}

function spread(node: LocalNode): Actual[] {
  const count = toInteger(node.value ?? 0);
  return Array.from({ length: count }, (_, index): Actual => {
    const below = node.find([String(index + 1)]);
    return below === undefined ? leftOut() : { kind: "reference", node: below };
  });
}

/** `$$label^routine(args)`: a call that must give a value. */
export function compileExtrinsic(node: ExtrinsicNode, scope: Scope): Code<Value> {
  const call = compileEntryCall(node.entry, node.args, { scope, kind: "e" });
  return {
    *later(frame) {
      return (yield* call(frame)) ?? fail("<COMMAND>", noValue);
    },
  };
}

/** What `<COMMAND>` says of a function that ended without a value.
 *  Assumed: the beginning of the product's sentence; it goes on with the place. */
export const noValue = "*Function must return a value";

/** A call of a label. */
export function compileEntryCall(
  entry: EntryReference,
  args: readonly Argument[],
  { scope, kind }: { readonly scope: Scope; readonly kind: FrameKind },
): (frame: Frame) => Running<Value | undefined> {
  if (entry.offset !== undefined) {
    return () => {
      throw new NotSimulated("call of a line with offset (label+n)");
    };
  }
  const actuals = compileArguments(args, scope);
  return function* (frame) {
    const found = isImmediate(actuals) ? actuals.now(frame) : yield* actuals.later(frame);
    const callable = findCallable(frame, entry.label, entry.routine);
    return yield* invoke(frame.process, callable, found, inherited(frame, kind, entry.routine));
  };
}

/** A label of the same body still belongs to the method and its object. */
function inherited(frame: Frame, kind: FrameKind, routine: string): Parameters<typeof invoke>[3] {
  if (routine !== "") return { kind };
  const { self, receiver, owner, method } = frame;
  return { kind, self, receiver, owner, method };
}

/** The code at `label^routine`.
 *  @throws ObjectScriptError `<NOROUTINE>`, `<NOLINE>` */
function findCallable(frame: Frame, label: string, routine: string): Callable {
  const home = routine === "" ? homeOf(frame) : routineHome(frame, routine);
  if (home === undefined) return fail("<NOROUTINE>", `*${routine}`);
  return home.callable(label) ?? fail("<NOLINE>", `*${label}^${home.name}`);
}

function homeOf(frame: Frame): LabelHome | undefined {
  return frame.callable?.home;
}

function routineHome(frame: Frame, routine: string): LabelHome | undefined {
  return frame.process.code.findRoutine(frame.process, routine);
}
