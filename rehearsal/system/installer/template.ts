/** Texts of a manifest with variables and expressions in them, as ObjectScript expressions.
 *  Source: GCI_manifest: `${NAME}` is the value of a variable, `${#NAME}` of a parameter of the
 *  class, `#{code}` that of an expression. Assumed: names of variables mean the same in any letter
 *  case, because manifests write `${cspdir}` and `${CSPDIR}`; one that was never set is empty. */

import { SyntaxFault } from "../../objectscript/errors.ts";
import { parseWholeExpression } from "../../objectscript/syntax/program.ts";

const variable = /\$\{(#?)([%\w.-]*)\}/g;
const name = /^[A-Za-z]\w*$/;

/** Predefined variables, as the code that gives them. */
export const predefined: Readonly<Record<string, string>> = {
  CFGDIR: "$system.Util.InstallDirectory()",
  CFGNAME: "##class(%SYS.System).GetInstanceName()",
  CSPDIR: '$system.Util.InstallDirectory()_"csp/"',
  HOSTNAME: "$system.INetInfo.LocalHostName()",
  INSTALLDIR: "$system.Util.InstallDirectory()",
  MGRDIR: "$system.Util.ManagerDirectory()",
  VERSION: "$zversion",
};

/** Predefined variables of the product that this engine does not set. */
const notSet: readonly string[] = [
  ...["CFGFILE", "CPUCOUNT", "HTTPPORT", "ISCUPGRADE", "PLATFORM", "PORT", "PROCESSOR"],
];

/** Which of those a text uses. */
export function unsetVariables(text: string): string[] {
  const used = [...text.matchAll(variable)].map((match) => (match[2] ?? "").toUpperCase());
  return notSet.filter((one) => used.includes(one));
}

/** Names that the manifest or its caller may set. @throws SyntaxFault for any other */
export function variableName(text: string): string {
  if (!name.test(text)) throw new SyntaxFault(0, `'${text}' is no name of a variable`);
  return text.toUpperCase();
}

function variableCode(isParameter: boolean, text: string): string {
  return isParameter ? `..#${text}` : `$get(tVars("${variableName(text)}"))`;
}

/** A literal; line ends and tabs cannot stand in one. */
function quoted(text: string): string {
  return text
    .split(/([\t\n\r])/)
    .filter((part) => part !== "")
    .map((part) => (part < " " ? controlCode(part) : literal(part)))
    .join("_");
}

const literal = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const controlCode = (text: string): string => `$char(${String(text.charCodeAt(0))})`;

/** Literal text with variables as code that puts it together. */
function joined(text: string): string[] {
  const parts: string[] = [];
  let last = 0;
  for (const match of text.matchAll(variable)) {
    if (match.index > last) parts.push(quoted(text.slice(last, match.index)));
    parts.push(variableCode(match[1] === "#", match[2] ?? ""));
    last = match.index + match[0].length;
  }
  if (last < text.length) parts.push(quoted(text.slice(last)));
  return parts;
}

/** The expression for a text.
 *  @throws SyntaxFault for a malformed name or expression
 *  @throws NotSimulated for a form this engine does not have */
export function textCode(text: string): string {
  const parts: string[] = [];
  let rest = text;
  for (;;) {
    const start = rest.indexOf("#{");
    if (start === -1) break;
    const end = expressionEnd(rest, start + 2);
    parts.push(...joined(rest.slice(0, start)), expressionCode(rest.slice(start + 2, end)));
    rest = rest.slice(end + 1);
  }
  parts.push(...joined(rest));
  return parts.length === 0 ? '""' : parts.join("_");
}

/** Where the brace stands that ends an expression: outside of its quotes and its own braces. */
function expressionEnd(text: string, from: number): number {
  const marks = /"(?:[^"]|"")*"|[{}]/g;
  marks.lastIndex = from;
  for (let depth = 1; ;) {
    const match = marks.exec(text);
    if (match === null) throw new SyntaxFault(from, `no end of #{ in '${text}'`);
    if (match[0] === "{") depth += 1;
    if (match[0] === "}") depth -= 1;
    if (depth === 0) return match.index;
  }
}

/** The expression for code: a condition, or what stands in `#{…}`. The product puts the values of
 *  variables into its text; so a value in quotes is a text, and any other has to be a number here.
 *  @throws SyntaxFault, NotSimulated as above */
export function expressionCode(code: string): string {
  const result = `(${withValues(code)})`;
  requireExpression(result, code);
  return result;
}

function withValues(code: string): string {
  const start = [...code.matchAll(/"(?:[^"]|"")*"|#\{/g)].find((match) => match[0] === "#{")?.index;
  if (start !== undefined) {
    const end = expressionEnd(code, start + 2);
    const inner = withValues(code.slice(start + 2, end));
    return `${withValues(code.slice(0, start))}(${inner})${withValues(code.slice(end + 1))}`;
  }
  const pieces = code.match(/"(?:[^"]|"")*"|[^"]+|"/g) ?? [];
  return pieces.map((piece) => (piece.startsWith('"') ? inQuotes(piece) : outside(piece))).join("");
}

function inQuotes(piece: string): string {
  const text = piece.slice(1, -1).replaceAll('""', '"');
  return /[$#]\{/.test(text) ? `(${textCode(text)})` : piece;
}

function outside(piece: string): string {
  return piece.replaceAll(variable, (_, mark: string, text: string) =>
    mark === "#"
      ? variableCode(true, text)
      : `##class(%Installer.Manifest).%Number(${variableCode(false, text)},"${text}")`,
  );
}

/** Macros are put in later, so an expression with one is looked at when its class is compiled. */
function requireExpression(text: string, code: string): void {
  if (text.includes("$$$")) return;
  try {
    parseWholeExpression(text);
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    throw new SyntaxFault(0, `'${code.trim()}' is no expression`);
  }
}
