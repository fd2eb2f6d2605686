/** Where the text of a member ends in a class file. */

import { SyntaxFault } from "../errors.ts";
import { embeddedAt } from "../syntax/embedded.ts";
import type { Parser } from "../syntax/parser.ts";

/** What cannot contain a brace that counts: texts, comments, code in other languages. */
const opaque =
  /"(?:[^"\r\n]|"")*"|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*|##?;[^\r\n]*|;[^\r\n]*|&\w+[(<]|[{}]/g;

/** Offset of the brace that closes a block of ObjectScript; the opening one has been taken.
 *  @throws SyntaxFault when there is none */
export function codeBlockEnd(parser: Parser): number {
  opaque.lastIndex = parser.at;
  let depth = 1;
  for (;;) {
    const match = opaque.exec(parser.text);
    if (match === null) throw new SyntaxFault(parser.text.length);
    const embedded = match[0].startsWith("&") ? embeddedAt(parser.text, match.index) : undefined;
    if (embedded !== undefined) opaque.lastIndex = embedded.end;
    if (match[0] === "{") depth += 1;
    if (match[0] === "}") depth -= 1;
    if (depth === 0) return match.index;
  }
}

/** Offset of the closing brace of data (XData, SQL, other languages): it stands in the first
 *  column, or on the line of the opening one.
 *  @throws SyntaxFault when there is none */
export function dataBlockEnd(parser: Parser): number {
  const sameLine = /[^\r\n{}]*\}/y;
  sameLine.lastIndex = parser.at;
  const match = sameLine.exec(parser.text);
  if (match !== null) return parser.at + match[0].length - 1;
  const end = parser.text.indexOf("\n}", parser.at);
  if (end === -1) throw new SyntaxFault(parser.text.length);
  return end + 1;
}
