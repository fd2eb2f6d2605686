/** Commands: their keyword, postconditional and blanks; what follows is left to one parser each. */

import { SyntaxFault } from "../errors.ts";
import { argumentParsers } from "./command-arguments.ts";
import { deviceParsers } from "./device-arguments.ts";
import { flowParsers, parseHalt } from "./flow.ts";
import { embeddedAt } from "./embedded.ts";
import { parseExpression } from "./expression.ts";
import { commandNames, refusedCommands } from "./names.ts";
import type { Expression } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import type { Action, Block, Statement } from "./statements.ts";

/** What stands between a command and what comes next. */
export interface Gap {
  /** True when no argument follows: two blanks, the end of the line, `{`, `}` or a comment. */
  readonly isArgumentless: boolean;
}

const keywordPattern = /[A-Za-z]+/y;

/** Commands up to the closing `}` or the end of the text, over any number of lines.
 *  @throws SyntaxFault */
export function parseStatements(parser: Parser): Statement[] {
  const statements: Statement[] = [];
  for (;;) {
    parser.skipSpace();
    if (parser.isAtEnd || parser.peek() === "}") return statements;
    statements.push(parseStatement(parser));
  }
}

/** The rest of the line as commands: what an old-style `if`, `else` or `for` governs. */
export function parseLineRest(parser: Parser): Statement[] {
  const statements: Statement[] = [];
  for (;;) {
    parser.skipBlanks();
    while (parser.skipComment()) parser.skipBlanks();
    if (parser.isAtLineEnd || parser.peek() === "}") return statements;
    statements.push(parseStatement(parser));
  }
}

/** A block in braces; blanks, line ends and comments may stand before it. */
export function parseBraces(parser: Parser): Block {
  parser.skipSpace();
  parser.expect("{");
  const statements = parseStatements(parser);
  parser.expect("}");
  return statements;
}

/** True when a block in braces comes next; the place stays. */
export function isBeforeBraces(parser: Parser): boolean {
  const start = parser.at;
  parser.skipSpace();
  const found = parser.peek() === "{";
  parser.at = start;
  return found;
}

function parseStatement(parser: Parser): Statement {
  const at = parser.at;
  const refused = parseForeign(parser);
  if (refused !== undefined)
    return { at, keywordEnd: parser.at, condition: undefined, action: refused };
  const name = commandNames.get(keyword(parser).toLowerCase());
  if (name === undefined) throw new SyntaxFault(at);
  const keywordEnd = parser.at;
  parser.keywords.push({ start: at, end: keywordEnd });
  const condition = parser.accept(":") ? parser.tightly(() => parseExpression(parser)) : undefined;
  const gap = parseGap(parser, name);
  const action = parser.nested(() => parseAction(parser, name, gap));
  requireEnd(parser, gap);
  return { at, keywordEnd, condition: allowed(condition, name, at), action };
}

const withoutCondition: ReadonlySet<string> = new Set([
  "if",
  "elseif",
  "else",
  "for",
  "while",
  "try",
]);

function allowed(
  condition: Expression | undefined,
  name: string,
  at: number,
): Expression | undefined {
  if (condition !== undefined && withoutCondition.has(name)) throw new SyntaxFault(at);
  return condition;
}

function keyword(parser: Parser): string {
  keywordPattern.lastIndex = parser.at;
  const match = keywordPattern.exec(parser.text);
  if (match === null) throw new SyntaxFault(parser.at);
  parser.at += match[0].length;
  return match[0];
}

/** Code in other languages and the old dotted blocks: known, not simulated. */
function parseForeign(parser: Parser): Action | undefined {
  const embedded = embeddedAt(parser.text, parser.at);
  if (embedded !== undefined) {
    const { name, end } = embedded;
    parser.at = end;
    return { command: "notsimulated", what: `embedded ${name.toUpperCase()} (&${name})` };
  }
  if (parser.peek() !== "." || !isFirstOnLine(parser)) return undefined;
  parser.at = parser.text.length;
  return { command: "notsimulated", what: "old-style block with dots" };
}

function isFirstOnLine(parser: Parser): boolean {
  const before = parser.text.slice(0, parser.at);
  return /(?:^|[\r\n])[ \t]*$/.test(before);
}

/** Commands whose argument may be a JSON literal: behind them a brace opens no block. */
const takesLiteral: ReadonlySet<string> = new Set(["return", "quit", "write"]);

/** One blank leads to an argument; two blanks, the brace of a block, a comment or the end do not.
 *  Source: GCOS, whitespace. */
function parseGap(parser: Parser, name: string): Gap {
  const start = parser.at;
  const blanks = parser.skipBlanks();
  const isLiteral = blanks === 1 && parser.peek() === "{" && takesLiteral.has(name);
  const isAtEnd = isAtStop(parser) && !isLiteral;
  const isArgumentless = blanks > 1 || isAtEnd || parser.isAtComment;
  const isSeparated = blanks > 0 || isAtEnd;
  if (!isSeparated) throw new SyntaxFault(start);
  if (!isArgumentless && parser.text.charAt(start) !== " ") throw new SyntaxFault(start);
  return { isArgumentless };
}

function isAtStop(parser: Parser): boolean {
  return parser.isAtLineEnd || parser.peek() === "{" || parser.peek() === "}";
}

/** Behind the last argument there is a blank, a brace, or the end of the line. */
function requireEnd(parser: Parser, gap: Gap): void {
  if (gap.isArgumentless || isAtStop(parser)) return;
  const before = parser.text.charAt(parser.at - 1);
  const isFree = /[\s}]/.test(parser.peek()) || /[\s}]/.test(before);
  if (!isFree && !parser.startsWith("/*")) throw new SyntaxFault(parser.at);
}

function parseAction(parser: Parser, name: string, gap: Gap): Action {
  if (refusedCommands.has(name)) {
    while (!parser.isAtLineEnd) parser.at += 1;
    return { command: "notsimulated", what: `command ${name.toUpperCase()}` };
  }
  if (name === "h") return parseHalt(parser, gap);
  const parse = flowParsers[name] ?? argumentParsers[name] ?? deviceParsers[name];
  if (parse === undefined) throw new SyntaxFault(parser.at);
  return parse(parser, gap);
}
