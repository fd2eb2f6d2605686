/** What a class file says. */

import type { Formal } from "../syntax/program.ts";

/** Keywords in brackets: `[ Required, Not Final, InitialExpression = {…} ]`, names in lower case.
 *  A keyword without value holds `1`, one with `Not` holds `0`. */
export type Keywords = ReadonlyMap<string, string>;

/** A class as its source defines it. */
export interface ClassDefinition {
  readonly name: string;
  readonly superclasses: readonly string[];
  readonly imports: readonly string[];
  readonly includes: readonly string[];
  readonly keywords: Keywords;
  readonly parameters: readonly ParameterDefinition[];
  readonly properties: readonly PropertyDefinition[];
  readonly methods: readonly MethodDefinition[];
  readonly xdata: readonly XDataDefinition[];
  readonly storages: readonly StorageDefinition[];
  /** Members that this engine only knows by name: Index, Query, Trigger… */
  readonly others: readonly { readonly kind: string; readonly name: string }[];
}

/** `Parameter NAME = value;` */
export interface ParameterDefinition {
  readonly name: string;
  /** Source text of the value: a literal, or an expression in braces. */
  readonly value: string;
}

/** `Property Name As Type [ … ];` */
export interface PropertyDefinition {
  readonly name: string;
  readonly type: string;
  /** `(MAXLEN = 50)` behind the type, names in upper case, values without quotes. */
  readonly typeParameters: ReadonlyMap<string, string>;
  readonly collection: "list" | "array" | undefined;
  readonly keywords: Keywords;
}

/** `Storage Name { XML }`: what the compiler notes of where objects are stored. */
export interface StorageDefinition {
  readonly name: string;
  /** What stands between the braces. */
  readonly text: string;
}

/** `XData Name [ … ] { text }`: kept as it is. */
export interface XDataDefinition {
  readonly name: string;
  readonly keywords: Keywords;
  /** What stands between the braces. */
  readonly text: string;
  /** Line of the class file on which the text begins, counted from 1. */
  readonly line: number;
}

/** `Method` or `ClassMethod` with its code. */
export interface MethodDefinition {
  readonly name: string;
  readonly isClassMethod: boolean;
  readonly formals: readonly Formal[];
  readonly returnType: string;
  readonly keywords: Keywords;
  readonly body: string;
}
