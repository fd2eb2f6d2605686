/** Classes written in TypeScript, with what they inherit from each other. */

import { constant, type Code } from "../compile/code.ts";
import type { NativeClass } from "../host.ts";
import type { Value } from "../value.ts";
import type { Method, RuntimeClass, SourceProperty } from "./runtime-class.ts";

/** Finds a class written in TypeScript by its full name. */
type NativeFinder = (name: string) => NativeClass | undefined;

/** The class and all it inherits from, itself first. */
export function nativeLineage(native: NativeClass, find: NativeFinder): NativeClass[] {
  const parents = (native.extends ?? []).flatMap((name) => {
    const parent = find(name);
    return parent === undefined ? [] : nativeLineage(parent, find);
  });
  return [native, ...parents.filter((parent, index) => parents.indexOf(parent) === index)];
}

/** A method of one class written in TypeScript, without those it inherits. */
function nativeMethod(native: NativeClass, name: string): Method | undefined {
  const classMethod = own(native.classMethods, name);
  if (classMethod !== undefined) {
    const mostArguments = own(native.mostArguments ?? {}, name) ?? Infinity;
    return { kind: "nativeClass", native, call: classMethod, mostArguments };
  }
  const method = own(native.methods ?? {}, name);
  return method && { kind: "nativeInstance", native, call: method };
}

/** A member of a record, never one of JavaScript's own. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

const noProperties: ReadonlyMap<string, SourceProperty> = new Map();

/** A class of TypeScript as a runtime class. */
export class NativeRuntimeClass implements RuntimeClass {
  readonly name: string;
  readonly natives: readonly NativeClass[];
  readonly lineage: readonly string[];
  readonly properties = noProperties;

  constructor(native: NativeClass, find: NativeFinder) {
    this.name = native.name;
    this.natives = nativeLineage(native, find);
    this.lineage = this.natives.map((ancestor) => ancestor.name);
  }

  method(name: string): Method | undefined {
    for (const native of this.natives) {
      const found = nativeMethod(native, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  parameter(name: string): Code<Value> | undefined {
    for (const native of this.natives) {
      const found = own(native.parameters ?? {}, name);
      if (found !== undefined) return constant(found);
    }
    return undefined;
  }
}
