/** The code of a method as it is compiled. Mostly that is its body; a method generator writes the
 *  code when its class is compiled.
 *  Source: GOBJ, method generators. Of those only the form installation manifests use is known:
 *  lines as they are (`do %code.WriteLine("…")`), then `quit ##class(C).M(%compiledclass, %code,
 *  "XData")`, where a class in TypeScript has the generator M. */

import { NotSimulated } from "../errors.ts";
import type { NativeClass, NativeGenerator } from "../host.ts";
import type { ClassDefinition, MethodDefinition } from "../source/class-definition.ts";

/** Finds a class written in TypeScript by its full name. */
type NativeFinder = (name: string) => NativeClass | undefined;

const comment = /^(?:#+;|\/\/|;)/;
const writtenLine = /^(?:do|d)\s+%code\.WriteLine\("((?:[^"]|"")*)"\)$/i;
const generatorCall =
  /^(?:quit|q|return)\s+##class\(([%\w.]+)\)\.(%?\w+)\(%compiledclass,%code,"(\w+)"\)$/i;

/** The method with the code that is to be compiled.
 *  @throws NotSimulated for another language, and for a generator of any other form
 *  @throws GenerationFault when a generator finds something wrong */
export function methodWithCode(
  definition: ClassDefinition,
  method: MethodDefinition,
  find: NativeFinder,
): MethodDefinition {
  const language = (method.keywords.get("language") ?? "objectscript").toLowerCase();
  const mode = (method.keywords.get("codemode") ?? "code").toLowerCase();
  const name = `${definition.name}.${method.name}`;
  if (language !== "objectscript") throw new NotSimulated(`${name} [ Language = ${language} ]`);
  if (mode === "code" || mode === "expression") return method;
  const body = mode === "objectgenerator" ? generated(definition, method, find) : undefined;
  if (body === undefined) throw new NotSimulated(`${name} [ CodeMode = ${mode} ]`);
  return { ...method, body };
}

function generated(
  definition: ClassDefinition,
  method: MethodDefinition,
  find: NativeFinder,
): string | undefined {
  const lines = method.body.split(/\r?\n/).map((line) => line.trim());
  const code = lines.filter((line) => line !== "" && !comment.test(line));
  const call = generatorCall.exec((code.at(-1) ?? "").replaceAll(/\s*([(),])\s*/g, "$1"));
  const written = code.slice(0, -1).map((line) => writtenLine.exec(line)?.[1]);
  if (call === null || written.includes(undefined)) return undefined;
  const [, className = "", generatorName = "", xdataName = ""] = call;
  const generator = generatorOf(find(className), generatorName);
  if (generator === undefined) return undefined;
  const request = {
    className: definition.name,
    formals: method.formals.map((formal) => formal.name),
    xdata: (name: string) => definition.xdata.find((one) => one.name === name),
  };
  const own = written.map((line = "") => ` ${line.replaceAll('""', '"').trimStart()}`);
  return [...own, generator(request, xdataName)].join("\n");
}

function generatorOf(native: NativeClass | undefined, name: string): NativeGenerator | undefined {
  const { generators = {} } = native ?? {};
  return Object.hasOwn(generators, name) ? generators[name] : undefined;
}
