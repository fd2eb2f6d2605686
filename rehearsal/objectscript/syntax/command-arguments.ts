/** Arguments of all commands but the flow ones. */

import { SyntaxFault } from "../errors.ts";
import { parseCallItem, parseJobItem } from "./call-arguments.ts";
import { parseEntry } from "./entry.ts";
import { parseExpression, parseOperand } from "./expression.ts";
import { acceptComma, parseDoWhile, parseExpressions, type ActionParser } from "./flow.ts";
import type { Expression } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import { parseSetItem } from "./set-arguments.ts";
import type { Gap } from "./statement.ts";
import type { Action, IndirectItem, LockItem, NewItem, VariableItem } from "./statements.ts";
import { parseVariable } from "./variable.ts";

/** Items between commas, at least one. Blanks and line ends may follow a comma. */
export function parseItems<T>(parser: Parser, gap: Gap, parse: (parser: Parser) => T): T[] {
  if (gap.isArgumentless) throw new SyntaxFault(parser.at);
  const items: T[] = [];
  do {
    parser.skipSpaceAfterComma(items.length);
    items.push(parse(parser));
  } while (acceptComma(parser));
  return items;
}

/** `:condition` behind an argument. */
export function parseCondition(parser: Parser): Expression | undefined {
  return parser.accept(":") ? parser.tightly(() => parseExpression(parser)) : undefined;
}

/** `@text` alone, where the text is read as arguments: anything but `@x@(…)`. */
export function parseIndirectItem(parser: Parser): IndirectItem | undefined {
  const at = parser.at;
  if (!parser.accept("@")) return undefined;
  const text = parseOperand(parser);
  const next = parser.peek();
  if (next !== "@" && next !== "=") return { kind: "indirect", at, text };
  parser.at = at;
  return undefined;
}

function parseVariableItem(parser: Parser): VariableItem {
  return parseIndirectItem(parser) ?? { kind: "variable", variable: parseVariable(parser) };
}

function parseKill(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) return { command: "killexcept", names: [] };
  const names = parseExcept(parser);
  if (names !== undefined) return { command: "killexcept", names };
  return { command: "kill", items: parseItems(parser, gap, parseVariableItem) };
}

/** `(a,b)`: all but these. */
function parseExcept(parser: Parser): string[] | undefined {
  return parser.accept("(") ? parser.listUntil(")", () => parser.needName()) : undefined;
}

function parseNew(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) return { command: "newexcept", names: [] };
  const except = parseExcept(parser);
  if (except !== undefined) return { command: "newexcept", names: except };
  return { command: "new", names: parseItems(parser, gap, parseNewItem) };
}

const renewable: Readonly<Record<string, string>> = {
  namespace: "namespace",
  estack: "estack",
  es: "estack",
  etrap: "etrap",
  et: "etrap",
  ztrap: "ztrap",
  zt: "ztrap",
  roles: "roles",
};

function parseNewItem(parser: Parser): NewItem {
  const at = parser.at;
  const indirect = parseIndirectItem(parser);
  if (indirect !== undefined) return indirect;
  if (!parser.accept("$")) return { kind: "local", at, name: parser.needName() };
  const name = renewable[parser.needName().toLowerCase()];
  if (name === undefined) throw new SyntaxFault(at);
  return { kind: "special", at, name };
}

function parseDo(parser: Parser, gap: Gap): Action {
  if (parser.peek() === "{") return parseDoWhile(parser);
  if (gap.isArgumentless)
    return { command: "notsimulated", what: "argumentless DO (block with dots)" };
  return { command: "do", items: parseItems(parser, gap, parseCallItem) };
}

function parseXecute(parser: Parser, gap: Gap): Action {
  const items = parseItems(parser, gap, () => ({
    code: parseExpression(parser),
    condition: parseCondition(parser),
  }));
  return { command: "xecute", items };
}

function parseGoto(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) return { command: "goto", items: [] };
  const items = parseItems(parser, gap, () => ({
    entry: parseEntry(parser),
    condition: parseCondition(parser),
  }));
  return { command: "goto", items };
}

function parseMerge(parser: Parser, gap: Gap): Action {
  const items = parseItems(parser, gap, () => {
    const target = parseVariable(parser);
    parser.skipFree();
    parser.expect("=");
    parser.skipFree();
    return { target, source: parseVariable(parser) };
  });
  return { command: "merge", items };
}

function parseLock(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) return { command: "lock", items: [] };
  return { command: "lock", items: parseItems(parser, gap, parseLockItem) };
}

function parseLockItem(parser: Parser): LockItem {
  const next = parser.peek();
  const sign = next === "+" || next === "-" ? next : "";
  parser.at += sign.length;
  const names = parser.accept("(")
    ? parser.listUntil(")", () => parseLockName(parser))
    : [parseLockName(parser)];
  const timeout = parser.accept(":") ? parseExpression(parser) : undefined;
  return { sign, names, timeout };
}

function parseLockName(parser: Parser): LockItem["names"][number] {
  const variable = parseVariable(parser);
  const type = parser.accept("#") ? (parser.quotedText() ?? "") : "";
  return { variable, type };
}

function parseTrollback(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) return { command: "trollback", one: false };
  const at = parser.at;
  const level = parseExpression(parser);
  if (level.type !== "literal" || level.value !== 1) throw new SyntaxFault(at);
  return { command: "trollback", one: true };
}

function parseTstart(_parser: Parser, gap: Gap): Action {
  if (!gap.isArgumentless) return { command: "notsimulated", what: "TSTART with arguments" };
  return { command: "tstart" };
}

function parseJob(parser: Parser, gap: Gap): Action {
  return { command: "job", items: parseItems(parser, gap, parseJobItem) };
}

function parseHang(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) throw new SyntaxFault(parser.at);
  return { command: "hang", values: parseExpressions(parser) };
}

function parseZn(parser: Parser, gap: Gap): Action {
  if (gap.isArgumentless) throw new SyntaxFault(parser.at);
  return { command: "zn", values: parseExpressions(parser) };
}

/** Parsers of commands that change variables, call and lock, by canonical name. */
export const argumentParsers: Readonly<Record<string, ActionParser>> = {
  set: (parser, gap) => ({ command: "set", items: parseItems(parser, gap, parseSetItem) }),
  kill: parseKill,
  zkill: (parser, gap) => ({ command: "zkill", items: parseItems(parser, gap, parseVariableItem) }),
  new: parseNew,
  do: parseDo,
  xecute: parseXecute,
  goto: parseGoto,
  merge: parseMerge,
  lock: parseLock,
  trollback: parseTrollback,
  tstart: parseTstart,
  job: parseJob,
  hang: parseHang,
  znspace: parseZn,
};
