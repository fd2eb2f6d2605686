/** Arguments of the commands that write and read: write, zwrite, read, open, use, close. */

import { NotSimulated, SyntaxFault } from "../errors.ts";
import { parseIndirectItem, parseItems } from "./command-arguments.ts";
import { parseExpression, parseOperand } from "./expression.ts";
import type { ActionParser } from "./flow.ts";
import type { Expression } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import type { Gap } from "./statement.ts";
import type { Action, DeviceItem, ReadItem, WriteItem } from "./statements.ts";
import { isVariable } from "./variable.ts";

function parseWrite(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) return { command: "writeall" };
  return { command: "write", items: parseOutput(parser, (reader) => parseWriteItem(reader)) };
}

/** Items between commas; format characters (`!!?5,x`) need none between them. */
function parseOutput<T extends { readonly kind: string }>(
  parser: Parser,
  parse: (parser: Parser) => T,
): T[] {
  const items: T[] = [];
  for (;;) {
    const item = parse(parser);
    items.push(item);
    const start = parser.at;
    if (isFormat(item) && /[!#?]/.test(parser.peek())) continue;
    parser.skipFree();
    if (!parser.accept(",")) {
      parser.at = start;
      return items;
    }
    parser.skipSpace();
  }
}

function isFormat(item: { readonly kind: string }): boolean {
  return item.kind === "newLine" || item.kind === "newPage";
}

function parseWriteItem(parser: Parser): WriteItem {
  if (parser.accept("!")) return { kind: "newLine" };
  if (parser.peek() === "#" && !parser.startsWith("##")) {
    parser.at += 1;
    return { kind: "newPage" };
  }
  if (parser.accept("?")) return { kind: "column", expression: parseExpression(parser) };
  if (parser.accept("*")) return { kind: "character", expression: parseExpression(parser) };
  return { kind: "value", expression: parseExpression(parser) };
}

function parseZwrite(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) return { command: "zwriteall" };
  return { command: "zwrite", items: parseItems(parser, gap, parseExpression) };
}

function parseRead(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) throw new SyntaxFault(parser.at);
  return { command: "read", items: parseOutput(parser, parseReadItem) };
}

function parseReadItem(parser: Parser): ReadItem {
  const next = parser.peek();
  if (next === "!" || next === "#" || next === "?") return parseWriteItem(parser);
  const text = parser.quotedText();
  const at = parser.at;
  if (text !== undefined)
    return { kind: "value", expression: { type: "literal", at, value: text } };
  if (next === "*") throw new NotSimulated("READ *variable");
  const indirect = parseIndirectItem(parser);
  if (indirect !== undefined) return indirect;
  const variable = parseOperand(parser);
  if (!isVariable(variable)) throw new SyntaxFault(at);
  const length = parser.accept("#") ? parseExpression(parser) : undefined;
  const timeout = parser.accept(":") ? parseExpression(parser) : undefined;
  return { kind: "line", variable, timeout, length };
}

/** `device`, `device:(p:q)`, `device:parameters:timeout`. */
function parseDevice(parser: Parser): DeviceItem {
  const device = parseExpression(parser);
  if (!parser.accept(":")) return { device, parameters: [], timeout: undefined };
  const parameters = parser.accept("(") ? parseParameters(parser) : parseSingleParameter(parser);
  const timeout = parser.accept(":") ? parseExpression(parser) : undefined;
  return { device, parameters, timeout };
}

function parseSingleParameter(parser: Parser): (Expression | undefined)[] {
  return parser.peek() === ":" ? [] : [parseExpression(parser)];
}

function parseParameters(parser: Parser): (Expression | undefined)[] {
  return parser.inside(() => {
    const found: (Expression | undefined)[] = [];
    for (;;) {
      const next = parser.peek();
      found.push(next === ":" || next === ")" ? undefined : parseExpression(parser));
      parser.skipFree();
      if (parser.accept(")")) return found;
      parser.expect(":");
      parser.skipFree();
    }
  });
}

/** Parsers of the device commands, by canonical name. */
export const deviceParsers: Readonly<Record<string, ActionParser>> = {
  write: parseWrite,
  zwrite: parseZwrite,
  read: parseRead,
  open: (parser, gap) => ({ command: "open", items: parseItems(parser, gap, parseDevice) }),
  use: (parser, gap) => ({ command: "use", items: parseItems(parser, gap, parseDevice) }),
  close: (parser, gap) => ({ command: "close", items: parseItems(parser, gap, parseDevice) }),
};
