/** Compiles parts of a node through the compiler of its scope. */

import { isTrue, toText } from "../numbers.ts";
import type { Place } from "../run/place.ts";
import type { Step } from "../run/signal.ts";
import type { Expression, VariableNode } from "../syntax/nodes.ts";
import type { Block } from "../syntax/statements.ts";
import type { Value } from "../value.ts";
import { all, map, type Code } from "./code.ts";
import type { Scope } from "./scope.ts";

/** An expression. */
export function compileExpression(node: Expression, scope: Scope): Code<Value> {
  return scope.compiler.expression(node, scope);
}

/** An expression that is asked for its truth only. */
export function compileTruth(node: Expression, scope: Scope): Code<boolean> {
  return map(compileExpression(node, scope), isTrue);
}

/** An expression of which only the text counts. */
export function compileText(node: Expression, scope: Scope): Code<string> {
  return map(compileExpression(node, scope), toText);
}

/** The place a variable names. */
export function compilePlace(variable: VariableNode, scope: Scope): Code<Place> {
  return scope.compiler.place(variable, scope);
}

/** Subscripts as canonical text. */
export function compileSubscripts(
  subscripts: readonly Expression[],
  scope: Scope,
): Code<readonly string[]> {
  return all(subscripts.map((subscript) => compileText(subscript, scope)));
}

/** A block of commands. */
export function compileSteps(block: Block, scope: Scope): Step[] {
  return scope.compiler.steps(block, scope);
}
