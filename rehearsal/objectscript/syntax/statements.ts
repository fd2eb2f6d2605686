/** Commands as the parser hands them over. */

import type { Argument, EntryReference, Expression, VariableNode } from "./nodes.ts";

/** One command with everything that belongs to it. */
export interface Statement {
  /** Offset of the first letter of the command. */
  readonly at: number;
  /** Offset behind the last letter of the command. */
  readonly keywordEnd: number;
  readonly condition: Expression | undefined;
  readonly action: Action;
}

/** What a command does. Its name is the canonical lower-case one. */
export type Action =
  | { readonly command: "set"; readonly items: readonly SetItem[] }
  | { readonly command: "kill"; readonly items: readonly VariableItem[] }
  | { readonly command: "killexcept"; readonly names: readonly string[] }
  | { readonly command: "zkill"; readonly items: readonly VariableItem[] }
  | { readonly command: "new"; readonly names: readonly NewItem[] }
  | { readonly command: "newexcept"; readonly names: readonly string[] }
  | { readonly command: "do"; readonly items: readonly CallItem[] }
  | {
      readonly command: "if";
      readonly branches: readonly Branch[];
      readonly otherwise: Block | undefined;
    }
  | { readonly command: "lineif"; readonly conditions: readonly Expression[]; readonly body: Block }
  | { readonly command: "lineelse"; readonly body: Block }
  | ForAction
  | { readonly command: "while"; readonly conditions: readonly Expression[]; readonly body: Block }
  | {
      readonly command: "dowhile";
      readonly conditions: readonly Expression[];
      readonly body: Block;
    }
  | {
      readonly command: "try";
      readonly body: Block;
      readonly handler: Block;
      readonly name: string | undefined;
    }
  | { readonly command: "throw"; readonly value: Expression }
  | { readonly command: "quit"; readonly value: Expression | undefined; readonly leaves: Leaves }
  | { readonly command: "return"; readonly value: Expression | undefined }
  | { readonly command: "continue" }
  | { readonly command: "halt" | "tstart" | "tcommit" }
  | { readonly command: "writeall" }
  | { readonly command: "zwriteall" }
  | { readonly command: "trollback"; readonly one: boolean }
  | { readonly command: "write"; readonly items: readonly WriteItem[] }
  | { readonly command: "zwrite"; readonly items: readonly Expression[] }
  | { readonly command: "hang" | "zn"; readonly values: readonly Expression[] }
  | { readonly command: "xecute"; readonly items: readonly XecuteItem[] }
  | { readonly command: "goto"; readonly items: readonly GotoItem[] }
  | { readonly command: "merge"; readonly items: readonly MergeItem[] }
  | { readonly command: "lock"; readonly items: readonly LockItem[] }
  | { readonly command: "open" | "use" | "close"; readonly items: readonly DeviceItem[] }
  | { readonly command: "read"; readonly items: readonly ReadItem[] }
  | { readonly command: "job"; readonly items: readonly JobItem[] }
  | { readonly command: "notsimulated"; readonly what: string }
  | { readonly command: "nothing" };

/** Commands in the order of the text. */
export type Block = readonly Statement[];

/** What an argumentless `quit` leaves, known from where it stands. */
export type Leaves = "frame" | "loop" | "try";

/** One condition of `if`/`elseif` with its block. */
export interface Branch {
  readonly at: number;
  readonly conditions: readonly Expression[];
  readonly body: Block;
}

/** `for`, without arguments endless. */
export interface ForAction {
  readonly command: "for";
  readonly variable: VariableNode | undefined;
  readonly ranges: readonly ForRange[];
  readonly body: Block;
}

/** `value`, `from:by` or `from:by:to`. */
export interface ForRange {
  readonly from: Expression;
  readonly by: Expression | undefined;
  readonly to: Expression | undefined;
}

/** What stands left of `=`. */
export type SetTarget =
  | { readonly kind: "variable"; readonly variable: VariableNode }
  | { readonly kind: "special"; readonly at: number; readonly name: string }
  | {
      readonly kind: "part";
      readonly at: number;
      /** `piece`, `extract`, `list` or `bit`. */
      readonly part: string;
      readonly variable: VariableNode;
      readonly args: readonly (Expression | undefined)[];
    };

/** `a=1`, `(a,b)=1`, or `@"a=1"`. */
export type SetItem =
  | { readonly kind: "assign"; readonly targets: readonly SetTarget[]; readonly value: Expression }
  | IndirectItem;

/** An argument that is text to be read as arguments when it runs: `set @x`, `do @x`. */
export interface IndirectItem {
  readonly kind: "indirect";
  readonly at: number;
  readonly text: Expression;
}

/** One variable of `kill`. */
export type VariableItem =
  { readonly kind: "variable"; readonly variable: VariableNode } | IndirectItem;

/** `new x`, `new $namespace`, `new @x`. */
export type NewItem =
  | { readonly kind: "local"; readonly at: number; readonly name: string }
  | { readonly kind: "special"; readonly at: number; readonly name: string }
  | IndirectItem;

/** What `do` calls. */
export type CallItem =
  | {
      readonly kind: "entry";
      readonly at: number;
      readonly condition: Expression | undefined;
      readonly entry: EntryReference;
      /** `undefined` without parentheses: then the formal arguments stay as they are. */
      readonly args: readonly Argument[] | undefined;
    }
  | {
      readonly kind: "expression";
      readonly at: number;
      readonly condition: Expression | undefined;
      readonly expression: Expression;
    }
  | (IndirectItem & { readonly condition: Expression | undefined });

/** One argument of `write`. */
export type WriteItem =
  | { readonly kind: "value"; readonly expression: Expression }
  | { readonly kind: "newLine" | "newPage" }
  | { readonly kind: "column" | "character"; readonly expression: Expression }
  | IndirectItem;

/** `code:condition` of `xecute`; code with parameters is refused when it is read. */
export interface XecuteItem {
  readonly code: Expression;
  readonly condition: Expression | undefined;
}

/** `label:condition` of `goto`. */
export interface GotoItem {
  readonly entry: EntryReference;
  readonly condition: Expression | undefined;
}

/** `target=source` of `merge`. */
export interface MergeItem {
  readonly target: VariableNode;
  readonly source: VariableNode;
}

/** One argument of `lock`; a list in parentheses is taken as a whole. */
export interface LockItem {
  readonly sign: "" | "+" | "-";
  readonly names: readonly { readonly variable: VariableNode; readonly type: string }[];
  readonly timeout: Expression | undefined;
}

/** `device:parameters:timeout` of `open`, `use` and `close`. */
export interface DeviceItem {
  readonly device: Expression;
  readonly parameters: readonly (Expression | undefined)[];
  readonly timeout: Expression | undefined;
}

/** One argument of `read`. */
export type ReadItem =
  | WriteItem
  | {
      readonly kind: "line";
      readonly variable: VariableNode;
      readonly timeout: Expression | undefined;
      /** `#n`: at most so many characters. */
      readonly length: Expression | undefined;
    };

/** `entry(args)`, `##class(C).M(args)`, `..M(args)` or `$classmethod(C,M,args)` of `job`. */
export type JobItem =
  | { readonly kind: "entry"; readonly entry: EntryReference; readonly args: readonly Argument[] }
  | {
      readonly kind: "method";
      /** `undefined` for the class whose method runs. */
      readonly className: Expression | undefined;
      readonly name: Expression;
      readonly args: readonly Argument[];
    };
