/** Commands that steer what runs: if, for, while, try, quit and their like. */

import { SyntaxFault } from "../errors.ts";
import { parseExpression } from "./expression.ts";
import type { Expression } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import { isBeforeBraces, parseBraces, parseLineRest, type Gap } from "./statement.ts";
import type { Action, Block, Branch, ForRange } from "./statements.ts";
import { isVariable } from "./variable.ts";
import { parseOperand } from "./expression.ts";

/** Parses what follows the keyword. */
export type ActionParser = (parser: Parser, gap: Gap) => Action;

/** Expressions between commas. */
export function parseExpressions(parser: Parser): Expression[] {
  const found: Expression[] = [];
  do {
    parser.skipSpaceAfterComma(found.length);
    found.push(parseExpression(parser));
  } while (acceptComma(parser));
  return found;
}

/** Takes a comma that goes on with the arguments; blanks may stand before it. */
export function acceptComma(parser: Parser): boolean {
  const start = parser.at;
  parser.skipFree();
  if (parser.accept(",")) return true;
  parser.at = start;
  return false;
}

function parseIf(parser: Parser, gap: Gap): Action {
  const at = parser.at;
  if (gap.isArgumentless) return { command: "lineif", conditions: [], body: parseLineRest(parser) };
  const conditions = parseExpressions(parser);
  if (!isBeforeBraces(parser)) {
    return { command: "lineif", conditions, body: parseLineRest(parser) };
  }
  const branches: Branch[] = [{ at, conditions, body: parseBraces(parser) }];
  return parseElse(parser, branches);
}

function parseElse(parser: Parser, branches: Branch[]): Action {
  for (;;) {
    const start = parser.at;
    parser.skipSpace();
    const at = parser.at;
    if (acceptWord(parser, "elseif")) {
      parser.expect(" ");
      branches.push({ at, conditions: parseExpressions(parser), body: parseBraces(parser) });
      continue;
    }
    if (acceptWord(parser, "else") && isBeforeBraces(parser)) {
      return { command: "if", branches, otherwise: parseBraces(parser) };
    }
    parser.at = start;
    return { command: "if", branches, otherwise: undefined };
  }
}

/** Takes a whole word, in any letter case. */
function acceptWord(parser: Parser, word: string): boolean {
  const start = parser.at;
  if (parser.accept(word) && !/[A-Za-z0-9%]/.test(parser.peek())) return true;
  parser.at = start;
  return false;
}

/** An `else` that follows no block is the old line form, which asks `$test`. */
function parseLineElse(parser: Parser, gap: Gap): Action {
  if (!gap.isArgumentless || isBeforeBraces(parser)) throw new SyntaxFault(parser.at);
  return { command: "lineelse", body: parseLineRest(parser) };
}

function parseLoopBody(parser: Parser): Block {
  return parser.block("loop", () =>
    isBeforeBraces(parser) ? parseBraces(parser) : parseLineRest(parser),
  );
}

function parseFor(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) {
    return { command: "for", variable: undefined, ranges: [], body: parseLoopBody(parser) };
  }
  const at = parser.at;
  const variable = parseOperand(parser);
  if (!isVariable(variable)) throw new SyntaxFault(at);
  parser.skipFree();
  parser.expect("=");
  const ranges: ForRange[] = [];
  do {
    parser.skipFree();
    ranges.push(parseRange(parser));
  } while (acceptComma(parser));
  return { command: "for", variable, ranges, body: parseLoopBody(parser) };
}

function parseRange(parser: Parser): ForRange {
  const from = parseExpression(parser);
  if (!parser.accept(":")) return { from, by: undefined, to: undefined };
  const by = parseExpression(parser);
  const to = parser.accept(":") ? parseExpression(parser) : undefined;
  return { from, by, to };
}

function parseWhile(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) throw new SyntaxFault(parser.at);
  const conditions = parseExpressions(parser);
  const body = parser.block("loop", () => parseBraces(parser));
  return { command: "while", conditions, body };
}

/** `do {…} while condition`; called with the brace ahead. */
export function parseDoWhile(parser: Parser): Action {
  const body = parser.block("loop", () => parseBraces(parser));
  parser.skipSpace();
  if (!acceptWord(parser, "while")) throw new SyntaxFault(parser.at);
  parser.expect(" ");
  return { command: "dowhile", conditions: parseExpressions(parser), body };
}

function parseTry(parser: Parser, gap: Gap): Action {
  if (!gap.isArgumentless) throw new SyntaxFault(parser.at);
  const body = parser.block("try", () => parseBraces(parser));
  parser.skipSpace();
  if (!acceptWord(parser, "catch")) throw new SyntaxFault(parser.at);
  parser.skipBlanks();
  const name = parser.accept("(") ? bracketedName(parser) : parser.name();
  const handler = parser.block("try", () => parseBraces(parser));
  return { command: "try", body, handler, name };
}

function bracketedName(parser: Parser): string {
  const name = parser.needName();
  parser.expect(")");
  return name;
}

/** `quit` with a value leaves a method or function; inside a loop or `try` it cannot.
 *  Source: RCOS, QUIT. */
function parseQuit(parser: Parser, gap: Gap): Action {
  const { leaves } = parser;
  if (gap.isArgumentless) return { command: "quit", value: undefined, leaves };
  if (leaves !== "frame") throw new SyntaxFault(parser.at);
  return { command: "quit", value: parseExpression(parser), leaves };
}

function parseReturn(parser: Parser, gap: Gap): Action {
  return { command: "return", value: gap.isArgumentless ? undefined : parseExpression(parser) };
}

function parseThrow(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) return { command: "notsimulated", what: "THROW without argument" };
  return { command: "throw", value: parseExpression(parser) };
}

/** A command that never has arguments. */
function bare(command: "halt" | "tcommit"): ActionParser {
  return (parser, gap) => {
    if (!gap.isArgumentless) throw new SyntaxFault(parser.at);
    return { command };
  };
}

/** Outside of loops it is no command. */
function parseContinue(parser: Parser, gap: Gap): Action {
  if (!gap.isArgumentless || parser.loops === 0) throw new SyntaxFault(parser.at);
  return { command: "continue" };
}

/** `h` is HALT without and HANG with an argument. */
export function parseHalt(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) return { command: "halt" };
  return { command: "hang", values: parseExpressions(parser) };
}

/** Parsers of the flow commands, by canonical name. */
export const flowParsers: Readonly<Record<string, ActionParser>> = {
  if: parseIf,
  else: parseLineElse,
  for: parseFor,
  while: parseWhile,
  try: parseTry,
  quit: parseQuit,
  return: parseReturn,
  throw: parseThrow,
  continue: parseContinue,
  halt: bare("halt"),
  tcommit: bare("tcommit"),
};
