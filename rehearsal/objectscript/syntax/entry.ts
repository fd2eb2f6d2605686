/** References to lines of code: `label+offset^routine`. */

import { SyntaxFault } from "../errors.ts";
import { parseOperand } from "./expression.ts";
import type { EntryReference, Expression } from "./nodes.ts";
import type { Parser } from "./parser.ts";

/** Parses `label`, `label^routine`, `^routine`, `label+2^routine`.
 *  @throws SyntaxFault when neither a label nor a routine stands here */
export function parseEntry(parser: Parser): EntryReference {
  const at = parser.at;
  const label = parser.label() ?? "";
  let offset: Expression | undefined;
  if (parser.accept("+")) offset = parseOperand(parser);
  const routine = parser.accept("^") ? parser.needDottedName() : "";
  if (label === "" && routine === "" && offset === undefined) throw new SyntaxFault(at);
  return { at, label, offset, routine };
}
