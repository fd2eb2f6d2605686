/** Compiled code of an instance, shared by its processes, kept until the source changes. */

import { compiler } from "../compile/compiler.ts";
import { publicScope } from "../compile/scope.ts";
import { fail, NotSimulated, SyntaxFault } from "../errors.ts";
import type { NativeClass, ProcessHost } from "../host.ts";
import type { LabelHome } from "../run/callable.ts";
import type { Step } from "../run/signal.ts";
import { xecuteUnit, type CodeUnit } from "../run/unit.ts";
import type { ClassDefinition } from "../source/class-definition.ts";
import { parseClassFile } from "../source/class-file.ts";
import { parseLine } from "../syntax/program.ts";
import { compileMembers } from "./compile-class.ts";
import { compileRoutine } from "./compile-routine.ts";
import { absentClass } from "./absent.ts";
import { builtInClasses } from "./built-in-classes.ts";
import { persistentName } from "./persistent/extent.ts";
import { requirePlainStorage } from "./persistent/requirements.ts";
import { NativeRuntimeClass } from "./native-runtime-class.ts";
import { fullClassName, isProductClass, isProductRoutine } from "./product-classes.ts";
import type { RuntimeClass } from "./runtime-class.ts";
import { SourceRuntimeClass } from "./source-runtime-class.ts";

/** Texts of `xecute` that are kept compiled. */
const keptTexts = 500;

/** Compiled code of one namespace at one version of its source. */
export interface NamespaceCode {
  readonly namespace: string;
  readonly version: string;
  readonly classes: Map<string, RuntimeClass | undefined>;
  readonly routines: Map<string, LabelHome | undefined>;
}

/** Whoever looks for code: a process, with what it knows of its namespace's code. */
interface CodeUser {
  readonly host: ProcessHost;
  knownCode: NamespaceCode | undefined;
}

/** Code of a text run by `xecute`. */
interface TextCode {
  readonly unit: CodeUnit;
  readonly steps: readonly Step[];
}

/** One cache per instance. */
export class CodeCache {
  private readonly namespaces = new Map<string, NamespaceCode>();
  private readonly natives = new WeakMap<NativeClass, RuntimeClass>();
  private readonly texts = new Map<string, TextCode>();

  /** Asking the store for the version of its code costs more than a call: a process keeps the
   *  answer until `forgetCode`. */
  private codeOf(user: CodeUser): NamespaceCode {
    const { host, knownCode } = user;
    const { namespace } = host;
    if (knownCode?.namespace === namespace) return knownCode;
    const { version } = host.code;
    let found = this.namespaces.get(namespace);
    if (found?.version !== version) {
      found = { namespace, version, classes: new Map(), routines: new Map() };
      this.namespaces.set(namespace, found);
    }
    user.knownCode = found;
    return found;
  }

  /** A class by any of its names, `undefined` when there is none.
   *  @throws NotSimulated for a class of the product that this engine does not have
   *  @throws ObjectScriptError `<SYNTAX>` when its source is none */
  findClass(user: CodeUser, name: string): RuntimeClass | undefined {
    const full = fullClassName(name);
    const native = this.findNative(user.host, full);
    if (native !== undefined) return native;
    const { classes } = this.codeOf(user);
    let found = classes.get(full);
    if (found === undefined && !classes.has(full)) {
      found = asLanguageError(() => this.compileClass(user, full, [full]));
      classes.set(full, found);
    }
    if (found === undefined && isProductClass(full)) throw new NotSimulated(`class ${full}`);
    return found;
  }

  private findNative(host: ProcessHost, full: string): RuntimeClass | undefined {
    const find = (name: string): NativeClass | undefined =>
      builtInClasses.get(name) ?? host.nativeClass(name);
    const native = find(full);
    if (native === undefined) return undefined;
    let known = this.natives.get(native);
    if (known === undefined) {
      known = new NativeRuntimeClass(native, find);
      this.natives.set(native, known);
    }
    return known;
  }

  private compileClass(
    user: CodeUser,
    full: string,
    path: readonly string[],
  ): RuntimeClass | undefined {
    const { host } = user;
    const source = host.code.classSource(full);
    if (source === undefined) return undefined;
    const definition = parseClassFile(source);
    const own = definition.name.split(".").slice(0, -1).join(".");
    const superclasses = definition.superclasses.map((name) => {
      const parent = this.superclass(user, qualified(name, own, host), path);
      return parent ?? fail("<CLASS DOES NOT EXIST>", `*${fullClassName(name)}`);
    });
    requireOwnExtent(definition, superclasses);
    const members = compileMembers(definition, {
      includeText: (name) => includeText(host, name),
      nativeClass: (name) => host.nativeClass(name),
    });
    return new SourceRuntimeClass(full, members, superclasses);
  }

  private superclass(
    user: CodeUser,
    full: string,
    path: readonly string[],
  ): RuntimeClass | undefined {
    if (path.includes(full)) return fail("<CLASS DOES NOT EXIST>", `*${full}`);
    const native = this.findNative(user.host, full);
    if (native !== undefined) return native;
    const known = this.codeOf(user).classes.get(full);
    const found = known ?? this.compileClass(user, full, [...path, full]);
    return found === undefined && isProductClass(full) ? absentClass(full) : found;
  }

  /** A routine by its name, `undefined` when there is none.
   *  @throws ObjectScriptError `<SYNTAX>` when its source is none; NotSimulated for one of the
   *    product's */
  findRoutine(user: CodeUser, name: string): LabelHome | undefined {
    const { host } = user;
    const { routines } = this.codeOf(user);
    if (routines.has(name)) return routines.get(name);
    const source = host.code.routineSource(name);
    if (source === undefined && isProductRoutine(name, host.namespace)) {
      throw new NotSimulated(`routine ^${name}`);
    }
    const found =
      source === undefined
        ? undefined
        : asLanguageError(() => compileRoutine(name, source, (file) => includeText(host, file)));
    routines.set(name, found);
    return found;
  }

  /** Code of a text, for `xecute`.
   *  @throws ObjectScriptError `<SYNTAX>` when it is none */
  typedCode(text: string, place: string): TextCode {
    const key = `${place}\n${text}`;
    const known = this.texts.get(key);
    if (known !== undefined) return known;
    const unit = xecuteUnit(text, place);
    const code = asLanguageError(() => ({
      unit,
      steps: compiler.steps(parseLine(text), publicScope(compiler, unit)),
    }));
    if (this.texts.size >= keptTexts) this.texts.clear();
    this.texts.set(key, code);
    return code;
  }
}

/** Objects of a subclass are stored in the extent of its superclass, with slots of their own.
 *  @throws NotSimulated for that, and for what a persistent class may not say here */
function requireOwnExtent(
  definition: ClassDefinition,
  superclasses: readonly RuntimeClass[],
): void {
  const stored = superclasses.find(({ lineage }) => lineage.includes(persistentName));
  if (stored === undefined) return;
  if (stored.name !== persistentName) {
    throw new NotSimulated(`${definition.name}, a subclass of the persistent class ${stored.name}`);
  }
  requirePlainStorage(definition);
}

/** A superclass without package is looked for in the class's own package first. */
function qualified(name: string, own: string, host: ProcessHost): string {
  if (name.includes(".") || name.startsWith("%") || own === "") return fullClassName(name);
  const sibling = `${own}.${name}`;
  return host.code.classSource(sibling) === undefined ? fullClassName(name) : sibling;
}

function includeText(host: ProcessHost, name: string): string | undefined {
  return host.code.routineSource(`${name}.inc`) ?? host.code.routineSource(`${name}.INC`);
}

function asLanguageError<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (error instanceof SyntaxFault) return fail("<SYNTAX>");
    throw error;
  }
}
