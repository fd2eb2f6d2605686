/** Classes as calls and objects see them, whether written in source or in TypeScript. */

import type { Code } from "../compile/code.ts";
import type { NativeClass, NativeInstanceMethod, NativeMethod } from "../host.ts";
import type { Callable } from "../run/callable.ts";
import type { Value } from "../value.ts";

/** A class with everything it inherits. */
export interface RuntimeClass {
  readonly name: string;
  /** Itself, then what it inherits from, in the order in which members are looked up. */
  readonly lineage: readonly string[];
  /** The classes of the lineage that are written in TypeScript. */
  readonly natives: readonly NativeClass[];
  /** Properties written in source, with those inherited. */
  readonly properties: ReadonlyMap<string, SourceProperty>;
  /** Names of stored properties in the order of their slots, where its source says it. */
  readonly slots?: readonly string[] | undefined;
  method(name: string): Method | undefined;
  parameter(name: string): Code<Value> | undefined;
}

/** A method by its kind. */
export type Method =
  | {
      readonly kind: "source";
      readonly name: string;
      /** Class whose source has it. */
      readonly owner: string;
      readonly isClassMethod: boolean;
      readonly isPrivate: boolean;
      /** Compiled when it is called first. */
      callable(): Callable;
    }
  | {
      readonly kind: "nativeClass";
      readonly native: NativeClass;
      readonly call: NativeMethod;
      readonly mostArguments: number;
    }
  | {
      readonly kind: "nativeInstance";
      readonly native: NativeClass;
      readonly call: NativeInstanceMethod<unknown>;
    };

/** A property written in source. */
export interface SourceProperty {
  readonly name: string;
  readonly type: string;
  readonly isMultidimensional: boolean;
  readonly isPrivate: boolean;
  readonly isRequired: boolean;
  /** True for one that a persistent class stores. */
  readonly isStored: boolean;
  /** `MAXLEN = 50` of the type, by name in upper case. */
  readonly typeParameters: ReadonlyMap<string, string>;
  /** Where a type without package is looked for. */
  readonly packages: readonly string[];
  /** `undefined` for one without: then the property begins as `""`. */
  readonly initial: Code<Value> | undefined;
  /** What makes it unusable here: a collection, a relationship. */
  readonly notSimulated: string | undefined;
}
