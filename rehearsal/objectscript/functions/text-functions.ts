/** Functions on texts. Source: RCOS, each function's page. */

import { fail } from "../errors.ts";
import { limited } from "../operators.ts";
import { pieceOf, countPieces, extractOf } from "./pieces.ts";
import { plain, type FunctionArguments, type FunctionCompiler } from "./plain.ts";

function piece(args: FunctionArguments): string {
  const text = args.text(0);
  const delimiter = args.text(1);
  const count = args.values.length > 2 ? countPieces(text, delimiter) : 1;
  const from = args.position(2, 1, count);
  return pieceOf(text, delimiter, from, args.position(3, from, count));
}

function extract(args: FunctionArguments): string {
  const text = args.text(0);
  const from = args.position(1, 1, text.length);
  return extractOf(text, from, args.position(2, from, text.length));
}

/** Position behind the text found, 0 when it is not there. */
function find(args: FunctionArguments): number {
  const wanted = args.text(1);
  const start = Math.max(args.integer(2, 1), 1);
  if (wanted === "") return start;
  const at = args.text(0).indexOf(wanted, start - 1);
  return at === -1 ? 0 : at + wanted.length + 1;
}

function length(args: FunctionArguments): number {
  const text = args.text(0);
  return args.given(1) ? countPieces(text, args.text(1)) : text.length;
}

/** -1 where there is no such character. */
function ascii(args: FunctionArguments): number {
  const at = args.position(1, 1, args.text(0).length);
  const code = args.text(0).charCodeAt(at - 1);
  return Number.isNaN(code) ? -1 : code;
}

function char(args: FunctionArguments): string {
  const codes = args.values.map((_, index) => args.integer(index));
  return codes
    .filter((code) => code >= 0)
    .map((code) => (code > 0xffff ? fail("<FUNCTION>") : String.fromCharCode(code)))
    .join("");
}

function wideChar(args: FunctionArguments): string {
  const codes = args.values.map((_, index) => args.integer(index));
  return codes
    .filter((code) => code >= 0)
    .map((code) => (code > 0x10ffff ? fail("<FUNCTION>") : String.fromCodePoint(code)))
    .join("");
}

/** The first of two rules for one character counts. */
function translate(args: FunctionArguments): string {
  const text = args.text(0);
  const from = args.text(1);
  const to = args.text(2);
  const rules = new Map<string, string>();
  for (let at = from.length - 1; at >= 0; at--) rules.set(from.charAt(at), to.charAt(at));
  let result = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    result += rules.get(character) ?? character;
  }
  return result;
}

/** `$replace(text,search,replacement,start,count,ignoreCase)`; the part before `start` is cut. */
function replace(args: FunctionArguments): string {
  const text = args.text(0).slice(Math.max(args.integer(3, 1), 1) - 1);
  const search = args.text(1);
  if (search === "") return text;
  const fold = (value: string): string => (args.integer(5) === 1 ? value.toLowerCase() : value);
  const most = args.integer(4, -1);
  const haystack = fold(text);
  let result = "";
  let from = 0;
  for (let done = 0; most < 0 || done < most; done++) {
    const at = haystack.indexOf(fold(search), from);
    if (at === -1) break;
    result = limited(result + text.slice(from, at) + args.text(2));
    from = at + search.length;
  }
  return limited(result + text.slice(from));
}

function reverse(args: FunctionArguments): string {
  const text = args.text(0);
  let result = "";
  for (let at = text.length - 1; at >= 0; at--) result += text.charAt(at);
  return result;
}

/** Functions on texts, by canonical name. */
export const textFunctions: Readonly<Record<string, FunctionCompiler>> = {
  piece: plain(2, 4, piece),
  extract: plain(1, 3, extract),
  wextract: plain(1, 3, extract),
  find: plain(2, 3, find),
  wfind: plain(2, 3, find),
  length: plain(1, 2, length),
  wlength: plain(1, 1, (args) => Array.from(args.text(0)).length),
  ascii: plain(1, 2, ascii),
  wascii: plain(1, 2, (args) => args.text(0).codePointAt(args.integer(1, 1) - 1) ?? -1),
  char: plain(1, 250, char),
  wchar: plain(1, 250, wideChar),
  translate: plain(2, 3, translate),
  replace: plain(3, 6, replace),
  reverse: plain(1, 1, reverse),
  wreverse: plain(1, 1, reverse),
};
