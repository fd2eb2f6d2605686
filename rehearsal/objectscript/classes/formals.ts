/** Formal arguments with their default values. */

import { compileExpression } from "../compile/parts.ts";
import type { Scope } from "../compile/scope.ts";
import type { CompiledFormal } from "../run/callable.ts";
import type { Formal } from "../syntax/program.ts";

/** Compiles formal arguments. */
export function compileFormals(formals: readonly Formal[], scope: Scope): CompiledFormal[] {
  return formals.map(({ name, isVariadic, initial }) => ({
    name,
    isVariadic,
    initial: initial && compileExpression(initial, scope),
  }));
}
