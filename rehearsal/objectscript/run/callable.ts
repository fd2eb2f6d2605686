/** Code that can be called: a method, a label of a routine. */

import type { Code } from "../compile/code.ts";
import type { Value } from "../value.ts";
import type { Step } from "./signal.ts";
import type { CodeUnit } from "./unit.ts";

/** A formal argument, compiled. */
export interface CompiledFormal {
  readonly name: string;
  readonly isVariadic: boolean;
  readonly initial: Code<Value> | undefined;
}

/** Something to call. */
export interface Callable {
  readonly unit: CodeUnit;
  /** `undefined` for a label without parentheses. */
  readonly formals: readonly CompiledFormal[] | undefined;
  readonly steps: readonly Step[];
  /** Where in `steps` it begins. */
  readonly start: number;
  /** True for code with variables of its own. */
  readonly isProcedure: boolean;
  /** Labels that `goto` and error traps can reach in this body. */
  readonly labels: ReadonlyMap<string, number>;
  /** The routine or class whose labels `do label` means. */
  readonly home: LabelHome | undefined;
}

/** Where labels without a routine name are looked up. */
export interface LabelHome {
  readonly name: string;
  callable(label: string): Callable | undefined;
}
