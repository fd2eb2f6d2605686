/** Compiles the body of a method into something to call. */

import { compiler } from "../compile/compiler.ts";
import { procedureScope, type Scope } from "../compile/scope.ts";
import { SyntaxFault } from "../errors.ts";
import type { Callable } from "../run/callable.ts";
import { lineNumber, type CodeUnit } from "../run/unit.ts";
import type { ClassDefinition, MethodDefinition } from "../source/class-definition.ts";
import { expandMacros } from "../source/macros.ts";
import { parseBody } from "../syntax/program.ts";
import { compileFormals } from "./formals.ts";
import { bodyHome } from "./label-home.ts";

/** Where names of the method are looked for. */
interface BodySurroundings {
  readonly packages: readonly string[];
  readonly includeText: (name: string) => string | undefined;
}

/** A fault in the code of a method, with the line of its intermediate code. */
export class MethodFault extends SyntaxFault {
  readonly line: number;

  constructor(fault: SyntaxFault, text: string) {
    super(fault.at, fault.message);
    this.line = lineNumber(text, fault.at) + 1;
  }
}

/** Compiles the body.
 *  @throws MethodFault */
export function compileMethodBody(
  definition: ClassDefinition,
  method: MethodDefinition,
  surroundings: BodySurroundings,
): Callable {
  const text = intermediateCode(definition, method, surroundings);
  const unit = methodUnit(definition.name, method.name, text);
  const publicNames = (method.keywords.get("publiclist") ?? "").split(/[\s,()]+/);
  const isProcedure = isProcedureBlock(definition, method);
  const around = { compiler, unit, packages: surroundings.packages };
  const scope: Scope = isProcedure
    ? procedureScope(around, publicNames)
    : { ...around, isPrivate: () => false };
  try {
    const body = parseBody(text);
    const steps = compiler.steps(body.statements, scope);
    const callable: Callable = {
      unit,
      formals: compileFormals(method.formals, scope),
      steps,
      start: 0,
      isProcedure,
      labels: new Map(body.labels.map((label) => [label.name, label.index])),
      home: bodyHome(definition.name, body, { steps, scope }),
    };
    return callable;
  } catch (error) {
    if (error instanceof SyntaxFault) throw new MethodFault(error, text);
    throw error;
  }
}

function isProcedureBlock(definition: ClassDefinition, method: MethodDefinition): boolean {
  const own = method.keywords.get("procedureblock");
  return (own ?? definition.keywords.get("procedureblock") ?? "1") !== "0";
}

function intermediateCode(
  definition: ClassDefinition,
  method: MethodDefinition,
  surroundings: BodySurroundings,
): string {
  const isExpression = method.keywords.get("codemode")?.toLowerCase() === "expression";
  const body = isExpression ? ` quit ${method.body.trim()}` : method.body;
  const { includeText } = surroundings;
  return expandMacros(body, { includes: definition.includes, includeText });
}

/** Place of a line: the label of the intermediate code has a `z` before the name, but not before
 *  one that begins with `%`. Source: GCOS, error places in class code. */
function methodUnit(className: string, name: string, text: string): CodeUnit {
  const label = name.startsWith("%") ? name : `z${name}`;
  return {
    kind: "code",
    text,
    placeOf: (at) => `${label}+${String(lineNumber(text, at) + 1)}^${className}.1`,
  };
}
