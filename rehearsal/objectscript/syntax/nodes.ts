/** What the parser makes of source text. Every piece knows its offset in that text. */

import type { Value } from "../value.ts";

/** Anything that stands for a value. */
export type Expression =
  | LiteralNode
  | VariableNode
  | {
      readonly type: "unary";
      readonly at: number;
      readonly operator: string;
      readonly operand: Expression;
    }
  | BinaryNode
  | LogicNode
  | PatternNode
  | FunctionNode
  | SelectNode
  | CaseNode
  | { readonly type: "special"; readonly at: number; readonly name: string }
  | ExtrinsicNode
  | ObjectNode
  | JsonNode;

/** A number or a text written in the source. */
interface LiteralNode {
  readonly type: "literal";
  readonly at: number;
  readonly value: Value;
}

/** `left operator right`, both sides evaluated. */
export interface BinaryNode {
  readonly type: "binary";
  readonly at: number;
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** `left && right`, `left || right`: the right side only where it decides. */
export interface LogicNode {
  readonly type: "logic";
  readonly at: number;
  readonly operator: "&&" | "||";
  readonly left: Expression;
  readonly right: Expression;
}

/** `subject?pattern`, `subject'?pattern`, `subject?@expression`. */
export interface PatternNode {
  readonly type: "pattern";
  readonly at: number;
  readonly subject: Expression;
  readonly pattern: RegExp | Expression;
  readonly negated: boolean;
}

/** Anything that can be set, killed, and asked for `$data`. */
export type VariableNode =
  LocalVariable | GlobalVariable | IndirectVariable | InstanceVariable | MemberNode;

/** `name`, `name(subscripts)`. */
export interface LocalVariable {
  readonly type: "local";
  readonly at: number;
  readonly name: string;
  readonly subscripts: readonly Expression[];
}

/** `^name(…)`, `^|"NS"|name(…)`, `^||name(…)`, and `^(…)`, whose name is `""`. */
export interface GlobalVariable {
  readonly type: "global";
  readonly at: number;
  readonly name: string;
  readonly subscripts: readonly Expression[];
  readonly environment: Expression | "processPrivate" | undefined;
}

/** `@expression`, `@expression@(subscripts)`. */
export interface IndirectVariable {
  readonly type: "indirect";
  readonly at: number;
  readonly reference: Expression;
  readonly subscripts: readonly Expression[] | undefined;
}

/** `i%Name`, `i%Name(subscripts)`: the stored value of a property, without its methods. */
export interface InstanceVariable {
  readonly type: "instance";
  readonly at: number;
  readonly name: string;
  readonly subscripts: readonly Expression[];
}

/** `object.Name`, `..Name` (no object), with subscripts for multidimensional properties;
 *  `object.Name(…)` may also be a call, decided when it runs. */
export interface MemberNode {
  readonly type: "member";
  readonly at: number;
  readonly object: Expression | undefined;
  readonly name: string;
  readonly args: readonly Argument[] | undefined;
}

/** An argument of a call. */
export type Argument =
  | { readonly kind: "value"; readonly expression: Expression }
  | { readonly kind: "reference"; readonly at: number; readonly name: string }
  | { readonly kind: "indirectReference"; readonly at: number; readonly reference: Expression }
  | { readonly kind: "spread"; readonly at: number; readonly name: string }
  | { readonly kind: "omitted" };

/** A function of the language, by its canonical lower-case name. */
export interface FunctionNode {
  readonly type: "function";
  readonly at: number;
  readonly name: string;
  readonly args: readonly (Expression | undefined)[];
  /** By-reference arguments of `$classmethod` and `$method`; empty for all others. */
  readonly callArguments: readonly Argument[];
}

/** `$select(condition:value,…)`. */
export interface SelectNode {
  readonly type: "select";
  readonly at: number;
  readonly choices: readonly { readonly condition: Expression; readonly value: Expression }[];
}

/** `$case(subject,value:result,…,:default)`. */
export interface CaseNode {
  readonly type: "case";
  readonly at: number;
  readonly subject: Expression;
  readonly choices: readonly {
    readonly match: Expression | undefined;
    readonly value: Expression;
  }[];
}

/** `label+offset^routine`, each part optional but one. */
export interface EntryReference {
  readonly at: number;
  readonly label: string;
  readonly offset: Expression | undefined;
  readonly routine: string;
}

/** `$$label^routine(args)`. */
export interface ExtrinsicNode {
  readonly type: "extrinsic";
  readonly at: number;
  readonly entry: EntryReference;
  readonly args: readonly Argument[];
}

/** Calls and parameters of classes. */
export type ObjectNode =
  | {
      readonly type: "classMethod";
      readonly at: number;
      readonly className: string;
      readonly name: string;
      readonly args: readonly Argument[];
    }
  | {
      readonly type: "classParameter";
      readonly at: number;
      readonly className: string;
      readonly name: string;
    }
  | {
      readonly type: "cast";
      readonly at: number;
      readonly className: string;
      readonly object: Expression;
    }
  | { readonly type: "super"; readonly at: number; readonly args: readonly Argument[] }
  | {
      readonly type: "parameter";
      readonly at: number;
      readonly object: Expression | undefined;
      readonly name: string;
    };

/** `{"name":value}` and `[value,…]`. */
export type JsonNode =
  | {
      readonly type: "jsonObject";
      readonly at: number;
      readonly entries: readonly { readonly name: string; readonly value: JsonValueNode }[];
    }
  | { readonly type: "jsonArray"; readonly at: number; readonly items: readonly JsonValueNode[] };

/** A value inside a JSON literal: `true`, `false`, `null`, or anything else. */
export type JsonValueNode =
  | { readonly kind: "true" | "false" | "null" }
  | { readonly kind: "expression"; readonly expression: Expression };
