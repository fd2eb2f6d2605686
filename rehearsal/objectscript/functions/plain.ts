/** Functions that only compute: values in, value out. */

import { compileExpression } from "../compile/parts.ts";
import { SyntaxFault } from "../errors.ts";
import { all, map, type Code } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";
import { toInteger, toText } from "../numbers.ts";
import type { Process } from "../run/process.ts";
import type { Expression, FunctionNode } from "../syntax/nodes.ts";
import type { Value } from "../value.ts";

/** Compiles one function. */
export type FunctionCompiler = (node: FunctionNode, scope: Scope) => Code<Value>;

/** A position counted from the end: `*` is 0, `*-1` is -1. */
export class FromEnd {
  readonly offset: number;

  constructor(offset: number) {
    this.offset = offset;
  }
}

/** What a function finds in one argument. */
export type FunctionArgument = Value | FromEnd | undefined;

/** Arguments of a function that only computes. */
export class FunctionArguments {
  readonly values: readonly FunctionArgument[];
  readonly process: Process;

  constructor(values: readonly FunctionArgument[], process: Process) {
    this.values = values;
    this.process = process;
  }

  given(index: number): boolean {
    return this.values[index] !== undefined;
  }

  value(index: number, otherwise: Value = ""): Value {
    const value = this.values[index];
    return value === undefined || value instanceof FromEnd ? otherwise : value;
  }

  text(index: number, otherwise = ""): string {
    return toText(this.value(index, otherwise));
  }

  integer(index: number, otherwise = 0): number {
    return toInteger(this.value(index, otherwise));
  }

  /** A position from 1 on, where `*` counts from `length`. */
  position(index: number, otherwise: number, length: number): number {
    const value = this.values[index];
    return value instanceof FromEnd ? length + value.offset : this.integer(index, otherwise);
  }
}

/** How many arguments a function takes.
 *  @throws SyntaxFault for too few or too many */
export function requireCount(node: FunctionNode, least: number, most: number): void {
  const count = node.args.length + node.callArguments.length;
  if (count < least || count > most) throw new SyntaxFault(node.at);
}

/** A function of `least` to `most` arguments that only computes. */
export function plain(
  least: number,
  most: number,
  apply: (args: FunctionArguments) => Value,
): FunctionCompiler {
  return (node, scope) => {
    requireCount(node, least, most);
    const args = all(node.args.map((argument) => compileArgument(argument, scope)));
    return map(args, (values, frame) => apply(new FunctionArguments(values, frame.process)));
  };
}

/** One argument: a value, a position from the end, or nothing. */
export function compileArgument(
  argument: Expression | undefined,
  scope: Scope,
): Code<FunctionArgument> {
  if (argument === undefined) return { now: () => undefined };
  if (argument.type !== "function" || argument.name !== "*") {
    return compileExpression(argument, scope);
  }
  const [offset] = argument.args;
  if (offset === undefined) return { now: () => new FromEnd(0) };
  return map(compileExpression(offset, scope), (value) => new FromEnd(toInteger(value)));
}
