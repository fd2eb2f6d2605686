/** The preprocessor: macros and directives of class and routine source become plain code, the
 *  intermediate form in which the product counts lines and shows them in errors. */

import { NotSimulated, SyntaxFault } from "../errors.ts";
import { splitArguments } from "./macro-arguments.ts";
import { knownIncludes, standardMacros } from "./standard-macros.ts";

/** A macro: its parameters with their `%`, and its text. */
export interface Macro {
  readonly parameters: readonly string[];
  readonly text: string;
}

/** What the preprocessor needs from outside. */
export interface MacroSource {
  /** Names after `Include` in a class header. */
  readonly includes: readonly string[];
  /** Text of an include file of the user, or `undefined`. */
  readonly includeText: (name: string) => string | undefined;
}

/** Depth at which a macro that uses itself is given up. */
const deepestExpansion = 50;

const directivePattern = /^\s*#(\w+)\b[ \t]*(.*)$/;
const definePattern = /^(%?\w+)(?:\(([^)]*)\))?[ \t]*(.*)$/;
const usePattern = /"(?:[^"]|"")*"|\$\$\$([%\p{L}][\p{L}\p{N}]*)/gu;

interface State {
  readonly macros: Map<string, Macro>;
  readonly source: MacroSource;
  /** Whether each nested `#if` lets its lines through. */
  readonly conditions: boolean[];
  readonly output: string[];
}

/** Expands everything.
 *  @throws SyntaxFault for an unknown macro or a malformed directive
 *  @throws NotSimulated for an include file or a directive this engine does not have */
export function expandMacros(text: string, source: MacroSource): string {
  const state: State = {
    macros: new Map(standardMacros),
    source,
    conditions: [],
    output: [],
  };
  for (const name of source.includes) include(name, state);
  state.output.length = 0;
  processLines(text, state);
  return state.output.join("\n");
}

function processLines(text: string, state: State): void {
  for (const line of joinContinued(text)) {
    const directive = directivePattern.exec(line);
    if (directive !== null) {
      applyDirective((directive[1] ?? "").toLowerCase(), directive[2] ?? "", state);
    } else if (!/^\s*##?;/.test(line) && state.conditions.every(Boolean)) {
      state.output.push(expandLine(line, state, 0));
    }
  }
}

/** Lines that end with `##continue` go on with the next one. */
function joinContinued(text: string): string[] {
  return text.replaceAll(/[ \t]*##continue[ \t]*\r?\n[ \t]*/gi, " ").split(/\r?\n/);
}

function applyDirective(name: string, rest: string, state: State): void {
  if (applyCondition(name, rest.trim(), state) || !state.conditions.every(Boolean)) return;
  switch (name) {
    case "define":
    case "def1arg":
      define(rest, name === "def1arg", state);
      return;
    case "undef":
      state.macros.delete(rest.trim());
      return;
    case "include":
      include(rest.trim(), state);
      return;
    case "dim":
      declare(rest, state);
      return;
    default:
      throw new NotSimulated(`preprocessor directive #${name}`);
  }
}

function applyCondition(name: string, rest: string, state: State): boolean {
  const { conditions, macros } = state;
  if (name === "ifdef") conditions.push(macros.has(rest));
  else if (name === "ifundef" || name === "ifndef") conditions.push(!macros.has(rest));
  else if (name === "else") conditions.push(!(conditions.pop() ?? false));
  else if (name === "endif") conditions.pop();
  else if (name === "if" && /^[01]$/.test(rest)) conditions.push(rest === "1");
  else return false;
  return true;
}

function define(rest: string, oneArgument: boolean, state: State): void {
  const match = definePattern.exec(rest.trim());
  if (match === null) throw new SyntaxFault(0, `Invalid #define: ${rest}`);
  const [, name = "", list = "", text = ""] = match;
  const parameters = list === "" ? [] : oneArgument ? [list.trim()] : list.split(",");
  state.macros.set(name, {
    parameters: parameters.map((parameter) => parameter.trim()),
    text: text.replace(/\s*##?;.*$/, ""),
  });
}

function include(name: string, state: State): void {
  if (knownIncludes.has(name)) return;
  const text = state.source.includeText(name);
  if (text === undefined) throw new NotSimulated(`include file ${name}`);
  const before = state.output.length;
  processLines(text.replace(/^ROUTINE .*$/im, ""), state);
  state.output.length = before;
}

/** `#dim x As Type = value` is a `set`; without a value it leaves no code. */
function declare(rest: string, state: State): void {
  const match =
    /^([%\w,\s]+?)(?:\s+as\s+(?:list\s+of\s+|array\s+of\s+)?[%\w.]+)?\s*(?:=\s*(.*))?$/i.exec(
      rest.trim(),
    );
  if (match === null) throw new SyntaxFault(0, `Invalid #dim: ${rest}`);
  if (match[2] === undefined) return;
  state.output.push(expandLine(` set ${(match[1] ?? "").trim()}=${match[2]}`, state, 0));
}

function expandLine(line: string, state: State, depth: number): string {
  if (depth > deepestExpansion) throw new SyntaxFault(0, "macro expands without end");
  const code = withoutLineComment(line);
  let result = "";
  let last = 0;
  usePattern.lastIndex = 0;
  for (;;) {
    const match = usePattern.exec(code);
    if (match === null) return result + code.slice(last);
    const name = match[1];
    if (name === undefined) continue;
    const macro = state.macros.get(name);
    if (macro === undefined) {
      throw new SyntaxFault(match.index, `Referenced macro not defined: '${name}'`);
    }
    const use = takeArguments(code, match.index + match[0].length, macro);
    const text = substitute(macro, use.args);
    result += code.slice(last, match.index);
    const at = usePattern.lastIndex;
    result += expandLine(text, state, depth + 1);
    usePattern.lastIndex = Math.max(at, use.end);
    last = use.end;
  }
}

/** Macros in comments mean nothing, and may be unknown. */
function withoutLineComment(line: string): string {
  const match = /^((?:[^";/]|"[^"]*"|\/(?!\/))*)(?:;|\/\/)/.exec(line);
  return match !== null && line.slice((match[1] ?? "").length).includes("$$$")
    ? (match[1] ?? "")
    : line;
}

function takeArguments(
  code: string,
  at: number,
  macro: Macro,
): { readonly args: readonly string[]; readonly end: number } {
  if (macro.parameters.length === 0 || code.charAt(at) !== "(") return { args: [], end: at };
  const { args, end } = splitArguments(code, at);
  if (macro.parameters.length > 1) return { args, end };
  return { args: [code.slice(at + 1, end - 1)], end };
}

function substitute(macro: Macro, args: readonly string[]): string {
  return macro.parameters.reduce((text, parameter, index) => {
    const name = parameter.replaceAll(/[^%\w]/g, "");
    return text.replaceAll(new RegExp(`${name}(?!\\w)`, "g"), () => (args[index] ?? "").trim());
  }, macro.text);
}
