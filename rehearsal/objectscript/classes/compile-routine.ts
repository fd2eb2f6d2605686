/** Compiles routines (`.mac`, `.int`). */

import { compiler } from "../compile/compiler.ts";
import { publicScope } from "../compile/scope.ts";
import type { LabelHome } from "../run/callable.ts";
import { lineNumber, type CodeUnit } from "../run/unit.ts";
import { expandMacros } from "../source/macros.ts";
import { parseBody, type Body } from "../syntax/program.ts";
import { bodyHome } from "./label-home.ts";

/** Compiles a routine; a first line `ROUTINE name` of an exported file is no code.
 *  @throws SyntaxFault */
export function compileRoutine(
  name: string,
  source: string,
  includeText: (file: string) => string | undefined,
): LabelHome {
  const text = expandMacros(source.replace(/^ROUTINE [^\n]*\n/i, ""), {
    includes: [],
    includeText,
  });
  const body = parseBody(text);
  const unit = routineUnit(name, text, body);
  const scope = publicScope(compiler, unit);
  return bodyHome(name, body, { steps: compiler.steps(body.statements, scope), scope });
}

/** Place of a line: the nearest label above it, and the lines since. */
function routineUnit(name: string, text: string, body: Body): CodeUnit {
  return {
    kind: "code",
    text,
    placeOf(at) {
      const label = body.labels.findLast((one) => one.at <= at);
      const offset = lineNumber(text, at) - (label === undefined ? -1 : lineNumber(text, label.at));
      return `${label?.name ?? ""}${offset === 0 ? "" : `+${String(offset)}`}^${name}`;
    },
  };
}
