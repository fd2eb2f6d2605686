/** Whole pieces of code: a typed line, the body of a method, a routine with its labels. */

import { SyntaxFault } from "../errors.ts";
import { parseExpression } from "./expression.ts";
import type { Expression } from "./nodes.ts";
import { Parser } from "./parser.ts";
import { parseBraces, parseLineRest, parseStatements } from "./statement.ts";
import type { Block, Statement } from "./statements.ts";

/** A formal argument. */
export interface Formal {
  readonly name: string;
  readonly isOutput: boolean;
  readonly isVariadic: boolean;
  readonly type: string;
  readonly initial: Expression | undefined;
}

/** A label with what hangs on it. */
export interface LabelNode {
  readonly name: string;
  readonly at: number;
  /** `undefined` without parentheses. */
  readonly formals: readonly Formal[] | undefined;
  /** Index into the statements of the body where its code begins. */
  readonly index: number;
  /** A procedure has a block and variables of its own. */
  readonly procedure: Procedure | undefined;
}

/** `label(formals) [public names] public { … }`. */
export interface Procedure {
  readonly isPublic: boolean;
  readonly publicNames: readonly string[];
  readonly body: Block;
}

/** Code with labels: a method body or a routine. */
export interface Body {
  readonly statements: readonly Statement[];
  readonly labels: readonly LabelNode[];
}

/** Parses a typed line or the text of `xecute`. Blanks may stand before it.
 *  @throws SyntaxFault */
export function parseLine(text: string): Block {
  const parser = new Parser(text);
  const statements = parseStatements(parser);
  if (!parser.isAtEnd) throw new SyntaxFault(parser.at);
  return statements;
}

/** A typed line: its commands, or where reading it stopped; and where its keywords stand. */
export interface TypedLine {
  readonly block: Block | undefined;
  readonly faultAt: number;
  readonly keywords: Parser["keywords"];
}

/** Parses a line typed at the prompt.
 *  @throws NotSimulated for a form this engine does not read */
export function parseTypedLine(text: string): TypedLine {
  const parser = new Parser(text);
  try {
    const block = parseStatements(parser);
    if (!parser.isAtEnd) throw new SyntaxFault(parser.at);
    return { block, faultAt: -1, keywords: parser.keywords };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return { block: undefined, faultAt: error.at, keywords: parser.keywords };
  }
}

/** Parses one expression that fills the text (indirection, default values).
 *  @throws SyntaxFault */
export function parseWholeExpression(text: string): Expression {
  const parser = new Parser(text);
  parser.skipBlanks();
  const expression = parseExpression(parser);
  parser.skipSpace();
  if (!parser.isAtEnd) throw new SyntaxFault(parser.at);
  return expression;
}

/** Parses code in which a name in the first column is a label.
 *  @throws SyntaxFault */
export function parseBody(text: string): Body {
  const parser = new Parser(text);
  const statements: Statement[] = [];
  const labels: LabelNode[] = [];
  do {
    if (isLabel(parser)) labels.push(parseLabel(parser, statements.length));
    statements.push(...parseLineRest(parser));
  } while (parser.skipLineEnd());
  if (!parser.isAtEnd) throw new SyntaxFault(parser.at);
  return { statements, labels };
}

function isLabel(parser: Parser): boolean {
  return /[\p{L}\p{N}%]/u.test(parser.peek());
}

function parseLabel(parser: Parser, index: number): LabelNode {
  const at = parser.at;
  const name = parser.label() ?? "";
  const formals = parser.accept("(") ? parseFormals(parser) : undefined;
  if (!/^(?:[\s;{[]|$)/.test(parser.peek()) && !parser.isAtComment)
    throw new SyntaxFault(parser.at);
  const procedure = formals === undefined ? undefined : parseProcedure(parser);
  return { name, at, formals, index, procedure };
}

function parseProcedure(parser: Parser): Procedure | undefined {
  const start = parser.at;
  parser.skipBlanks();
  const publicNames = parser.accept("[") ? parser.listUntil("]", () => parser.needName()) : [];
  parser.skipBlanks();
  const isPublic = parser.accept("public");
  if (!isPublic) parser.accept("private");
  parser.skipSpace();
  if (parser.peek() === "{") {
    return { isPublic, publicNames, body: parser.block("frame", () => parseBraces(parser)) };
  }
  parser.at = start;
  return undefined;
}

/** Formal arguments; the opening parenthesis has been taken.
 *  @throws SyntaxFault */
export function parseFormals(parser: Parser): Formal[] {
  return parser.listUntil(")", () => parseFormal(parser));
}

function parseFormal(parser: Parser): Formal {
  const marker = /(?:(byref|output)\s+|[&*])?/iy;
  marker.lastIndex = parser.at;
  const match = marker.exec(parser.text);
  parser.at += match?.[0].length ?? 0;
  const isOutput = match?.[1]?.toLowerCase() === "output" || match?.[0] === "*";
  const name = parser.needName();
  const isVariadic = parser.accept("...");
  const type = parseType(parser);
  parser.skipSpace();
  if (!parser.accept("=")) return { name, isOutput, isVariadic, type, initial: undefined };
  parser.skipSpace();
  return { name, isOutput, isVariadic, type, initial: parseInitial(parser) };
}

/** A default value; in braces it is an expression for sure, not a JSON literal. */
function parseInitial(parser: Parser): Expression {
  if (!parser.accept("{")) return parseExpression(parser);
  const expression = parseExpression(parser);
  parser.skipSpace();
  parser.expect("}");
  return expression;
}

/** `As %String(MAXLEN = 50)`, without the parameters of the type. */
export function parseType(parser: Parser): string {
  return parseTypeWithParameters(parser).type;
}

/** `As %String(MAXLEN = 50)`, with the text between the brackets. */
export function parseTypeWithParameters(parser: Parser): {
  readonly type: string;
  readonly parameters: string;
} {
  const start = parser.at;
  parser.skipLayout();
  if (!parser.accept("as ")) {
    parser.at = start;
    return { type: "", parameters: "" };
  }
  parser.skipBlanks();
  const type = parser.needDottedName();
  if (!parser.accept("(")) return { type, parameters: "" };
  const from = parser.at;
  skipParameters(parser);
  return { type, parameters: parser.text.slice(from, parser.at - 1) };
}

function skipParameters(parser: Parser): void {
  for (let depth = 1; depth > 0;) {
    if (parser.isAtEnd) throw new SyntaxFault(parser.at);
    if (parser.quotedText() !== undefined) continue;
    if (parser.peek() === "(") depth += 1;
    if (parser.peek() === ")") depth -= 1;
    parser.at += 1;
  }
}
