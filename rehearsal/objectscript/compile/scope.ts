/** What a compilation knows of its surroundings. */

import type { Place } from "../run/place.ts";
import type { Frame, Variables } from "../run/frame.ts";
import type { Step } from "../run/signal.ts";
import type { CodeUnit } from "../run/unit.ts";
import type { Expression, VariableNode } from "../syntax/nodes.ts";
import type { Block } from "../syntax/statements.ts";
import type { Value } from "../value.ts";
import type { Code } from "./code.ts";

/** The whole compiler, handed down with every scope: its parts call each other through it, so that
 *  no two files import each other. */
export interface Compiler {
  expression(node: Expression, scope: Scope): Code<Value>;
  place(variable: VariableNode, scope: Scope): Code<Place>;
  steps(block: Block, scope: Scope): Step[];
}

/** Surroundings of a piece of code. */
export interface Scope {
  readonly compiler: Compiler;
  readonly unit: CodeUnit;
  /** True for names that belong to the procedure; all others are public. */
  readonly isPrivate: (name: string) => boolean;
  /** Where class names without a package are looked for, first to last. */
  readonly packages: readonly string[];
}

/** The map of variables that `name` lives in. */
type VariableFinder = (frame: Frame) => Variables;

const ownVariables: VariableFinder = (frame) => frame.variables;
const publicVariables: VariableFinder = (frame) => frame.process.publics;

/** Names with `%` are public everywhere. Source: GCOS, variables and scope. */
export function variablesFor(scope: Scope, name: string): VariableFinder {
  return !name.startsWith("%") && scope.isPrivate(name) ? ownVariables : publicVariables;
}

/** Scope of code whose variables are all public: typed lines, `xecute`, indirection, routines.
 *  Source: GCOS, procedures (indirection and XECUTE see public variables only). */
export function publicScope(compiler: Compiler, unit: CodeUnit): Scope {
  return { compiler, unit, isPrivate: () => false, packages: ["User"] };
}

/** Scope of a procedure: all names but the listed ones are its own. */
export function procedureScope(
  around: Omit<Scope, "isPrivate">,
  publicNames: readonly string[],
): Scope {
  const listed = new Set(publicNames);
  return { ...around, isPrivate: (name) => !listed.has(name) };
}
