/** References as text, taken apart: what `$qsubscript` and `$qlength` look at. */

import { fail } from "../errors.ts";
import { toText } from "../numbers.ts";
import { parseWholeExpression } from "../syntax/program.ts";
import type { Expression } from "../syntax/nodes.ts";

/** A reference in its parts. */
interface ReferenceParts {
  readonly environment: string;
  readonly name: string;
  readonly subscripts: readonly string[];
}

/** Takes a reference apart; its subscripts have to be constants.
 *  @throws ObjectScriptError `<SYNTAX>` for any other text */
export function parseReference(text: string): ReferenceParts {
  const node = parsed(text);
  if (node.type === "local") {
    return { environment: "", name: node.name, subscripts: node.subscripts.map(constantText) };
  }
  if (node.type !== "global") return fail("<SYNTAX>");
  const { environment } = node;
  const isPrivate = environment === "processPrivate";
  return {
    environment: environment === undefined ? "" : isPrivate ? "^" : constantText(environment),
    name: `^${isPrivate ? "||" : ""}${node.name}`,
    subscripts: node.subscripts.map(constantText),
  };
}

function parsed(text: string): Expression {
  try {
    return parseWholeExpression(text);
  } catch {
    return fail("<SYNTAX>");
  }
}

function constantText(node: Expression): string {
  if (node.type === "literal") return toText(node.value);
  const isSigned =
    node.type === "unary" && node.operator === "-" && node.operand.type === "literal";
  return isSigned ? `-${constantText(node.operand)}` : fail("<SYNTAX>");
}
