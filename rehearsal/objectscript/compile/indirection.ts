/** Indirection: text that becomes a name, an expression, or arguments when it runs. */

import { compilePlace, compileSubscripts, compileText } from "./parts.ts";
import { fail, SyntaxFault } from "../errors.ts";
import type { Running } from "../host.ts";
import type { Frame } from "../run/frame.ts";
import type { Place } from "../run/place.ts";
import { parseWholeExpression } from "../syntax/program.ts";
import type { Expression, IndirectVariable } from "../syntax/nodes.ts";
import { isVariable } from "../syntax/variable.ts";
import { andThen, runCode, type Code } from "./code.ts";
import { publicScope, type Scope } from "./scope.ts";

/** Runs `use`, turning text that is no ObjectScript into the error of the running program.
 *  @throws ObjectScriptError `<SYNTAX>` */
export function withSyntaxError<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof SyntaxFault) return fail("<SYNTAX>");
    throw error;
  }
}

/** The expression a text stands for. */
function parseIndirect(text: string): Expression {
  return withSyntaxError(() => parseWholeExpression(text));
}

/** Names in indirection are public ones, except at an error prompt, whose unit is typed. */
export function indirectScope(scope: Scope): Scope {
  return scope.unit.kind === "typed" ? scope : publicScope(scope.compiler, scope.unit);
}

/** `@reference` and `@reference@(subscripts)` as a place. */
export function compileIndirectPlace(variable: IndirectVariable, scope: Scope): Code<Place> {
  const subscripts = variable.subscripts && compileSubscripts(variable.subscripts, scope);
  return andThen(compileText(variable.reference, scope), function* (text, frame): Running<Place> {
    const place = yield* placeNamed(text, indirectScope(scope), frame);
    if (subscripts === undefined) return place;
    return place.below(yield* runCode(subscripts, frame));
  });
}

/** The place a text names.
 *  @throws ObjectScriptError `<SYNTAX>` when it names none */
function* placeNamed(text: string, scope: Scope, frame: Frame): Running<Place> {
  const expression = parseIndirect(text);
  if (!isVariable(expression)) return fail("<SYNTAX>");
  return yield* runCode(
    withSyntaxError(() => compilePlace(expression, scope)),
    frame,
  );
}
