/** Patterns of the `?` operator: `1.3N1"-"2A`, compiled to regular expressions. */

import { SyntaxFault } from "./errors.ts";

/** Characters of each pattern code. Source: GCOS, pattern matching. */
const classes: Readonly<Record<string, string>> = {
  A: "\\p{L}",
  C: "\\p{Cc}",
  E: "\\s\\S",
  L: "\\p{Ll}",
  N: "0-9",
  P: " !-/:-@\\[-`{-~\\p{P}\\p{S}\\p{Zs}",
  U: "\\p{Lu}",
};

/** A pattern in the text at `start`: where it ends, and the expression that tests it. */
interface ScannedPattern {
  readonly end: number;
  readonly expression: RegExp;
}

interface Reader {
  readonly text: string;
  at: number;
}

/** Reads the pattern that begins at `start`.
 *  @throws SyntaxFault where it is none */
export function scanPattern(text: string, start: number): ScannedPattern {
  const reader: Reader = { text, at: start };
  const source = readAtoms(reader);
  if (source === "") throw new SyntaxFault(start);
  return { end: reader.at, expression: compiled(source, start) };
}

/** Counts that no expression can have (`5.3N`) show only here. */
function compiled(source: string, start: number): RegExp {
  try {
    return new RegExp(`^(?:${source})$`, "u");
  } catch {
    throw new SyntaxFault(start);
  }
}

function readAtoms(reader: Reader): string {
  let source = "";
  while (/[\d.]/.test(reader.text.charAt(reader.at))) source += readAtom(reader);
  return source;
}

function readAtom(reader: Reader): string {
  const count = /(\d*)(\.?)(\d*)/y;
  count.lastIndex = reader.at;
  const match = count.exec(reader.text);
  if (match === null) throw new SyntaxFault(reader.at);
  const [whole, least = "", point, most = ""] = match;
  reader.at += whole.length;
  if (point === "" && least === "") throw new SyntaxFault(reader.at);
  const bounds = point === "" ? least : `${least === "" ? "0" : least},${most}`;
  return `(?:${readUnit(reader)}){${bounds}}`;
}

function readUnit(reader: Reader): string {
  const first = reader.text.charAt(reader.at);
  if (first === '"') return readLiteral(reader);
  if (first === "(") return readAlternatives(reader);
  const codes = /[ACELNPU]+/iy;
  codes.lastIndex = reader.at;
  const match = codes.exec(reader.text);
  if (match === null) throw new SyntaxFault(reader.at);
  reader.at += match[0].length;
  return `[${match[0].toUpperCase().replace(/[A-Z]/g, (code) => classes[code] ?? "")}]`;
}

function readLiteral(reader: Reader): string {
  const literal = /"((?:[^"]|"")*)"/y;
  literal.lastIndex = reader.at;
  const match = literal.exec(reader.text);
  if (match === null) throw new SyntaxFault(reader.at);
  reader.at += match[0].length;
  const text = (match[1] ?? "").replaceAll('""', '"');
  return `(?:${text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")})`;
}

function readAlternatives(reader: Reader): string {
  const alternatives: string[] = [];
  do {
    reader.at += 1;
    const alternative = readAtoms(reader);
    if (alternative === "") throw new SyntaxFault(reader.at);
    alternatives.push(alternative);
  } while (reader.text.charAt(reader.at) === ",");
  if (reader.text.charAt(reader.at) !== ")") throw new SyntaxFault(reader.at);
  reader.at += 1;
  return `(?:${alternatives.join("|")})`;
}

/** Whether a text matches a pattern given as text (`x?@pattern`).
 *  @throws SyntaxFault for what is no pattern */
export function matchesPattern(subject: string, pattern: string): boolean {
  const scanned = scanPattern(pattern, 0);
  if (scanned.end !== pattern.length) throw new SyntaxFault(scanned.end);
  return scanned.expression.test(subject);
}
