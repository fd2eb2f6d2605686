/** Compiles a class to see whether it can be: what `$system.OBJ.Compile` reports. */

import { GenerationFault, NotSimulated, ObjectScriptError, SyntaxFault } from "../errors.ts";
import type { ProcessHost } from "../host.ts";
import { lineNumber } from "../run/unit.ts";
import { parseClassFile } from "../source/class-file.ts";
import { builtInClasses } from "./built-in-classes.ts";
import { MethodFault, compileMethodBody } from "./compile-method.ts";
import { compileMembers, packagesOf } from "./compile-class.ts";
import { methodWithCode } from "./method-code.ts";
import { isDirectlyPersistent, requirePlainStorage } from "./persistent/requirements.ts";
import { fullClassName, isProductClass } from "./product-classes.ts";
import type { ClassDefinition, MethodDefinition } from "../source/class-definition.ts";

/** What is wrong with a class. */
export interface ClassProblem {
  /** `Method+line`, or `+line` of the file. */
  readonly place: string;
  readonly message: string;
}

/** Parses the text of a class file.
 *  @returns the definition, or what is wrong with it */
export function readClass(text: string): ClassDefinition | ClassProblem {
  try {
    return parseClassFile(text);
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { place: `+${String(lineNumber(text, error.at) + 1)}`, message: error.message };
  }
}

/** Compiles everything in a class; what is wrong with it.
 *  @throws NotSimulated for a projection, and for what a persistent class may not say here */
export function checkClass(host: ProcessHost, definition: ClassDefinition): ClassProblem[] {
  if (isDirectlyPersistent(definition)) requirePlainStorage(definition);
  const projection = definition.others.find(({ kind }) => kind === "projection");
  // The product runs it when the class is compiled.
  if (projection !== undefined) throw new NotSimulated(`projection ${projection.name}`);
  const missing = definition.superclasses.filter((name) => !exists(host, definition, name));
  const superclasses = missing.map((name) => ({
    place: "",
    message: `Class '${fullClassName(name)}' does not exist`,
  }));
  const bodies = definition.methods.flatMap((method) => checkMethod(host, definition, method));
  return [...superclasses, ...checkMembers(definition), ...bodies];
}

function exists(host: ProcessHost, definition: ClassDefinition, name: string): boolean {
  const full = fullClassName(name);
  const own = packagesOf(definition)[0] ?? "User";
  if (builtInClasses.has(full) || host.nativeClass(full) !== undefined) return true;
  if (host.code.classSource(full) !== undefined) return true;
  if (!name.includes(".") && host.code.classSource(`${own}.${name}`) !== undefined) return true;
  return isProductClass(full);
}

function checkMembers(definition: ClassDefinition): ClassProblem[] {
  try {
    compileMembers(definition, { includeText: () => undefined, nativeClass: () => undefined });
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return [{ place: "", message: error.message }];
  }
}

function checkMethod(
  host: ProcessHost,
  definition: ClassDefinition,
  method: MethodDefinition,
): ClassProblem[] {
  try {
    const code = codeNow(host, definition, method);
    if (code === undefined) return [];
    compileMethodBody(definition, code, {
      packages: packagesOf(definition),
      includeText: (name) => host.code.routineSource(`${name}.inc`),
    });
    return [];
  } catch (error) {
    if (error instanceof GenerationFault) {
      return error.faults.map(({ line, message }) => ({ place: `+${String(line)}`, message }));
    }
    if (error instanceof MethodFault) {
      return [{ place: `${method.name}+${String(error.line)}`, message: error.message }];
    }
    if (error instanceof SyntaxFault || error instanceof ObjectScriptError) {
      return [{ place: method.name, message: error.message }];
    }
    throw error;
  }
}

/** Code in another language and unknown generators are refused when they are called: the rest of
 *  the class can be used. */
function codeNow(
  host: ProcessHost,
  definition: ClassDefinition,
  method: MethodDefinition,
): MethodDefinition | undefined {
  try {
    return methodWithCode(definition, method, (name) => host.nativeClass(name));
  } catch (error) {
    if (error instanceof NotSimulated) return undefined;
    throw error;
  }
}
