/** Compiles classes from their source. */

import type { Code } from "../compile/code.ts";
import { compiler } from "../compile/compiler.ts";
import { procedureScope, type Scope } from "../compile/scope.ts";
import { fail, GenerationFault, SyntaxFault } from "../errors.ts";
import type { NativeClass } from "../host.ts";
import type { Callable } from "../run/callable.ts";
import type { CodeUnit } from "../run/unit.ts";
import type {
  ClassDefinition,
  MethodDefinition,
  PropertyDefinition,
} from "../source/class-definition.ts";
import { parseWholeExpression } from "../syntax/program.ts";
import type { Value } from "../value.ts";
import { compileMethodBody } from "./compile-method.ts";
import { methodWithCode } from "./method-code.ts";
import { isDirectlyPersistent } from "./persistent/requirements.ts";
import { slotsOf } from "./persistent/storage-definition.ts";
import type { Method, SourceProperty } from "./runtime-class.ts";
import type { SourceMembers } from "./source-runtime-class.ts";

/** What the code of a class needs from outside. */
interface ClassSurroundings {
  /** Text of an include file by name. */
  readonly includeText: (name: string) => string | undefined;
  /** A class written in TypeScript, which may generate code. */
  readonly nativeClass: (name: string) => NativeClass | undefined;
}

/** Compiles the members of one class; bodies of methods wait for their first call.
 *  @throws SyntaxFault for a malformed parameter or initial value */
export function compileMembers(
  definition: ClassDefinition,
  around: ClassSurroundings,
): SourceMembers {
  const packages = packagesOf(definition);
  const scope = procedureScope({ compiler, unit: memberUnit(definition), packages }, []);
  return {
    methods: new Map(
      definition.methods.map((method) => [
        method.name,
        compileMethod(definition, method, { packages, ...around }),
      ]),
    ),
    properties: new Map(
      definition.properties.map((property) => [property.name, compileProperty(property, scope)]),
    ),
    parameters: new Map(
      definition.parameters.map(({ name, value }) => [name, compileConstant(value, scope)]),
    ),
    slots: isDirectlyPersistent(definition) ? slotsOf(definition) : undefined,
  };
}

/** Where unqualified class names are looked for: own package, imports, `User`. */
export function packagesOf(definition: ClassDefinition): string[] {
  const own = definition.name.split(".").slice(0, -1).join(".");
  return [own, ...definition.imports, "User"].filter((name) => name !== "");
}

function memberUnit(definition: ClassDefinition): CodeUnit {
  return { kind: "code", text: "", placeOf: () => `^${definition.name}.1` };
}

/** A literal, an expression in braces, or bare text. */
function compileConstant(value: string, scope: Scope): Code<Value> {
  const text = value.startsWith("{") ? value.slice(1, -1) : value;
  return compiler.expression(parseWholeExpression(text), scope);
}

function compileProperty(property: PropertyDefinition, scope: Scope): SourceProperty {
  const { name, type, typeParameters, keywords, collection } = property;
  const initial = keywords.get("initialexpression");
  const has = (keyword: string): boolean => keywords.get(keyword) === "1";
  return {
    name,
    type,
    typeParameters,
    packages: scope.packages,
    isMultidimensional: has("multidimensional"),
    isPrivate: has("private"),
    isRequired: has("required"),
    isStored: !has("multidimensional") && !has("calculated") && !has("transient"),
    initial: initial === undefined ? undefined : compileConstant(initial, scope),
    notSimulated: collection && `property ${name} (${collection} of ${type})`,
  };
}

interface MethodSurroundings extends ClassSurroundings {
  readonly packages: readonly string[];
}

function compileMethod(
  definition: ClassDefinition,
  method: MethodDefinition,
  surroundings: MethodSurroundings,
): Method {
  let compiled: Callable | undefined;
  return {
    kind: "source",
    name: method.name,
    owner: definition.name,
    isClassMethod: method.isClassMethod,
    isPrivate: method.keywords.get("private") === "1",
    callable() {
      compiled ??= compileNow(definition, method, surroundings);
      return compiled;
    },
  };
}

/** Compiles the body of a method.
 *  @throws ObjectScriptError `<SYNTAX>`
 *  @throws NotSimulated for another language or an unknown generator */
function compileNow(
  definition: ClassDefinition,
  method: MethodDefinition,
  surroundings: MethodSurroundings,
): Callable {
  try {
    const code = methodWithCode(definition, method, surroundings.nativeClass);
    return compileMethodBody(definition, code, surroundings);
  } catch (error) {
    if (error instanceof SyntaxFault || error instanceof GenerationFault) return fail("<SYNTAX>");
    throw error;
  }
}
