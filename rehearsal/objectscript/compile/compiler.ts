/** The compiler, put together. */

import { compileExpression } from "./expression.ts";
import type { Compiler } from "./scope.ts";
import { compileSteps } from "./statement.ts";
import { compilePlace } from "./variable.ts";

/** Turns what the parser read into code that runs. */
export const compiler: Compiler = {
  expression: compileExpression,
  place: compilePlace,
  steps: compileSteps,
};
