/** Which variables code means by a name, known when it is compiled. */

import type { Frame, Variables } from "../run/frame.ts";
import type { CodeUnit } from "../run/unit.ts";

/** What a compilation knows of its surroundings. */
export interface Scope {
  readonly unit: CodeUnit;
  /** True for names that belong to the procedure; all others are public. */
  readonly isPrivate: (name: string) => boolean;
  /** Where class names without a package are looked for, first to last. */
  readonly packages: readonly string[];
}

/** The map of variables that `name` lives in. */
export type VariableFinder = (frame: Frame) => Variables;

const ownVariables: VariableFinder = (frame) => frame.variables;
const publicVariables: VariableFinder = (frame) => frame.process.publics;

/** Names with `%` are public everywhere. Source: GCOS, variables and scope. */
export function variablesFor(scope: Scope, name: string): VariableFinder {
  return !name.startsWith("%") && scope.isPrivate(name) ? ownVariables : publicVariables;
}

/** Scope of typed lines, `xecute` and indirection: public variables only.
 *  Source: GCOS, procedures (indirection and XECUTE see public variables only). */
export function publicScope(unit: CodeUnit): Scope {
  return { unit, isPrivate: () => false, packages: ["User"] };
}

/** Scope of a procedure: all names but the listed ones are its own. */
export function procedureScope(
  unit: CodeUnit,
  publicNames: readonly string[],
  packages: readonly string[],
): Scope {
  const listed = new Set(publicNames);
  return { unit, isPrivate: (name) => !listed.has(name), packages };
}
