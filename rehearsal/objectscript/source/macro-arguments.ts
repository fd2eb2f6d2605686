/** Arguments of a macro: text between commas, brackets and quotes respected. */

import { SyntaxFault } from "../errors.ts";

/** Splits the arguments that begin with the parenthesis at `start`.
 *  @returns the arguments as written, and the offset behind the closing parenthesis
 *  @throws SyntaxFault when it is not closed */
export function splitArguments(
  text: string,
  start: number,
): { readonly args: readonly string[]; readonly end: number } {
  const args: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') at = quoteEnd(text, at);
    else if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth -= 1;
    if (depth === 0) {
      args.push(text.slice(from, at));
      return { args, end: at + 1 };
    }
    if (character === "," && depth === 1) {
      args.push(text.slice(from, at));
      from = at + 1;
    }
  }
  throw new SyntaxFault(start);
}

function quoteEnd(text: string, at: number): number {
  const end = text.indexOf('"', at + 1);
  if (end === -1) throw new SyntaxFault(at);
  return end;
}
