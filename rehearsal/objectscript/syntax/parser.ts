/** State shared by all parts of the parser: the place in the text, and what surrounds it. */

import { SyntaxFault } from "../errors.ts";
import { Scanner } from "./scanner.ts";
import type { Leaves } from "./statements.ts";

/** How deep parentheses, brackets and braces may nest: keeps the parser off the end of the
 *  JavaScript stack for any input. */
const deepestNesting = 200;

/** How many operators and members one operand may lead to (`a+b+c…`, `o.A.B.C…`): each lies one
 *  level deeper than the one behind it. Keeps whatever walks an expression off the end of the
 *  JavaScript stack.
 *  Assumed: the product's limit is not documented; no line written by a person comes near. */
const longestChain = 1_000;

/** A parse in progress. */
export class Parser extends Scanner {
  /** More than 0 inside parentheses: there blanks and line ends mean nothing. */
  private depth = 0;
  private nesting = 0;
  /** Levels below this one in what was read of it so far. */
  private height = 0;
  /** True in a postconditional, which ends at the first blank. */
  private tight = false;
  /** What an argumentless `quit` at this place leaves. */
  leaves: Leaves = "frame";
  /** Where the keywords read so far stand. */
  readonly keywords: { readonly start: number; readonly end: number }[] = [];
  /** Loops around this place, for `continue`. */
  loops = 0;

  /** Passes what may stand before a binary operator or a comma. */
  skipFree(): void {
    if (this.depth > 0) this.skipSpace();
    else if (!this.tight) this.skipBlanks();
  }

  /** Passes blanks and line ends behind a comma; nothing before the first item (`done` is 0). */
  skipSpaceAfterComma(done: number): void {
    if (done > 0) this.skipSpace();
  }

  /** Runs `parse` between parentheses: line ends are blanks there. */
  inside<T>(parse: () => T): T {
    const wasTight = this.tight;
    this.depth += 1;
    this.tight = false;
    const result = this.nested(parse);
    this.depth -= 1;
    this.tight = wasTight;
    return result;
  }

  /** Runs `parse` as a postconditional: it ends at the first blank outside parentheses. */
  tightly<T>(parse: () => T): T {
    const depth = this.depth;
    this.depth = 0;
    this.tight = true;
    const result = this.nested(parse);
    this.tight = false;
    this.depth = depth;
    return result;
  }

  /** Runs `parse` for a block of commands, in which a bare `quit` leaves `leaves`. */
  block<T>(leaves: Leaves, parse: () => T): T {
    const before = { leaves: this.leaves, depth: this.depth, loops: this.loops };
    this.leaves = leaves;
    if (leaves !== "try") this.loops = leaves === "loop" ? this.loops + 1 : 0;
    this.depth = 0;
    const result = this.nested(parse);
    this.leaves = before.leaves;
    this.depth = before.depth;
    this.loops = before.loops;
    return result;
  }

  /** Counts one level of nesting.
   *  @throws SyntaxFault when there are too many */
  nested<T>(parse: () => T): T {
    if (this.nesting >= deepestNesting) throw new SyntaxFault(this.at, "nested too deeply");
    this.nesting += 1;
    const before = this.height;
    this.height = 0;
    const result = parse();
    this.nesting -= 1;
    this.height = Math.max(before, this.height + 1);
    return result;
  }

  /** Counts an operator or member: what was read before it lies one level deeper.
   *  @throws SyntaxFault when there are too many */
  deepen(): void {
    this.height += 1;
    if (this.height > longestChain) throw new SyntaxFault(this.at, "too many operators");
  }

  /** Items between commas until `close`, which is taken. An empty list does not call `parse`. */
  listUntil<T>(close: string, parse: () => T): T[] {
    return this.inside(() => {
      const items: T[] = [];
      this.skipFree();
      if (this.accept(close)) return items;
      for (;;) {
        items.push(parse());
        this.skipFree();
        if (this.accept(close)) return items;
        this.expect(",");
        this.skipFree();
      }
    });
  }
}
