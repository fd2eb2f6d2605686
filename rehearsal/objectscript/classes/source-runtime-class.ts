/** Classes written in source, with what they inherit. */

import type { Code } from "../compile/code.ts";
import type { NativeClass } from "../host.ts";
import type { Value } from "../value.ts";
import type { Method, RuntimeClass, SourceProperty } from "./runtime-class.ts";

/** What the source of one class gives, without what it inherits. */
export interface SourceMembers {
  readonly methods: ReadonlyMap<string, Method>;
  readonly properties: ReadonlyMap<string, SourceProperty>;
  readonly parameters: ReadonlyMap<string, Code<Value>>;
  /** Names in the order of their slots, where the source says it. */
  readonly slots: readonly string[] | undefined;
}

/** A class of the user. Members of the class itself come first, then those of its superclasses
 *  from left to right. Source: ROBJ, inheritance order. */
export class SourceRuntimeClass implements RuntimeClass {
  readonly name: string;
  readonly lineage: readonly string[];
  readonly natives: readonly NativeClass[];
  readonly properties: ReadonlyMap<string, SourceProperty>;
  readonly slots: readonly string[] | undefined;
  private readonly members: SourceMembers;
  private readonly superclasses: readonly RuntimeClass[];

  constructor(name: string, members: SourceMembers, superclasses: readonly RuntimeClass[]) {
    this.name = name;
    this.members = members;
    this.slots = members.slots;
    this.superclasses = superclasses;
    this.lineage = [...new Set([name, ...superclasses.flatMap((parent) => parent.lineage)])];
    this.natives = [...new Set(superclasses.flatMap((parent) => parent.natives))];
    this.properties = new Map([
      ...[...superclasses].reverse().flatMap((parent) => [...parent.properties]),
      ...members.properties,
    ]);
  }

  method(name: string): Method | undefined {
    return this.members.methods.get(name) ?? this.inherited(name);
  }

  /** The method that one of this name in this class stands in front of, for `##super`. */
  inherited(name: string): Method | undefined {
    for (const parent of this.superclasses) {
      const found = parent.method(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  parameter(name: string): Code<Value> | undefined {
    const own = this.members.parameters.get(name);
    if (own !== undefined) return own;
    for (const parent of this.superclasses) {
      const found = parent.parameter(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
