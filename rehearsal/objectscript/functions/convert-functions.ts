/** Conversions of whole texts: `$zconvert`, `$zstrip`, `$zhex`, `$zboolean`. */

import { fail, NotSimulated } from "../errors.ts";
import { toInteger, toText } from "../numbers.ts";
import { jsonText } from "../json/dynamic.ts";
import { plain, type FunctionArguments, type FunctionCompiler } from "./plain.ts";

const caseModes: Readonly<Record<string, (text: string) => string>> = {
  U: (text) => text.toUpperCase(),
  L: (text) => text.toLowerCase(),
  T: (text) => text.toUpperCase(),
  W: (text) => text.toLowerCase().replaceAll(/(^|\s)\S/g, (start) => start.toUpperCase()),
  S: (text) => text.toLowerCase().replace(/\S/, (start) => start.toUpperCase()),
};

/** Tables of `$zconvert(text,"O",table)`. */
const outputTables: Readonly<Record<string, (text: string) => string>> = {
  UTF8: (text) => Buffer.from(text, "utf8").toString("latin1"),
  URL: (text) =>
    Buffer.from(text, "utf8")
      .toString("latin1")
      .replaceAll(/[^A-Za-z0-9\-._~]/g, (byte) => `%${hex(byte.charCodeAt(0), 2)}`),
  HTML: escapeMarkup,
  XML: escapeMarkup,
  JSON: (text) => jsonText(text).slice(1, -1),
  JS: (text) => jsonText(text).slice(1, -1),
};

const inputTables: Readonly<Record<string, (text: string) => string>> = {
  UTF8: (text) => Buffer.from(text, "latin1").toString("utf8"),
  URL: (text) =>
    Buffer.from(
      text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      ),
      "latin1",
    ).toString("utf8"),
};

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, "0");
}

function escapeMarkup(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function zconvert(args: FunctionArguments): string {
  const mode = args.text(1).toUpperCase();
  const change = caseModes[mode];
  if (change !== undefined) return change(args.text(0));
  if (mode !== "O" && mode !== "I") return fail("<FUNCTION>");
  const table = args.text(2).toUpperCase();
  const convert = (mode === "O" ? outputTables : inputTables)[table];
  if (convert === undefined) throw new NotSimulated(`$zconvert with ${mode} and table "${table}"`);
  return convert(args.text(0));
}

/** Characters of each mask code. Source: RCOS, $ZSTRIP. */
const maskClasses: Readonly<Record<string, string>> = {
  A: "\\p{L}",
  C: "\\p{Cc}",
  E: "\\s\\S",
  L: "\\p{Ll}",
  N: "\\p{Nd}",
  P: "\\p{P}\\p{S}\\p{Zs}",
  U: "\\p{Lu}",
  W: "\\s",
};

/** `$zstrip(text,action+mask,remove,keep)`. */
function zstrip(args: FunctionArguments): string {
  const match = /^(\*|<=>|<>=|<>|<=|=>|<|>|=)([A-Z]*)$/i.exec(args.text(1));
  if (match === null) return fail("<SYNTAX>");
  const [, action = "", codes = ""] = match;
  const mask = codes
    .toUpperCase()
    .replaceAll(/./g, (code) => maskClasses[code] ?? fail("<SYNTAX>"));
  const keep = args.text(3);
  const removed = args.text(2);
  const set = new RegExp(`[${mask}${escapeClass(removed)}]`, "u");
  const isStripped = (character: string): boolean =>
    !keep.includes(character) && (mask !== "" || removed !== "") && set.test(character);
  return strip(args.text(0), action, isStripped);
}

function escapeClass(text: string): string {
  return text.replaceAll(/[\\\]^-]/g, "\\$&");
}

function strip(text: string, action: string, isStripped: (character: string) => boolean): string {
  const characters = Array.from(text);
  if (action === "*") return characters.filter((character) => !isStripped(character)).join("");
  let first = 0;
  let last = characters.length;
  if (action.includes("<")) while (first < last && isStripped(characters[first] ?? "")) first++;
  if (action.includes(">")) while (last > first && isStripped(characters[last - 1] ?? "")) last--;
  const rest = characters.slice(first, last);
  if (!action.includes("=")) return rest.join("");
  return rest
    .filter((character, index) => !isStripped(character) || character !== rest[index - 1])
    .join("");
}

/** A number becomes hexadecimal text; a text is read as hexadecimal. Source: RCOS, $ZHEX. */
function zhex(args: FunctionArguments): string | number {
  const value = args.value(0);
  if (typeof value !== "string") {
    const number = toInteger(value);
    if (number >= 0) return number.toString(16).toUpperCase();
    return BigInt.asUintN(64, BigInt(number)).toString(16).toUpperCase();
  }
  if (!/^[0-9A-Fa-f]+$/.test(toText(value))) return value === "" ? 0 : fail("<FUNCTION>");
  return Number.parseInt(value, 16);
}

/** `$zboolean(a,b,operation)`: the bits of the operation are the truth table.
 *  Source: RCOS, $ZBOOLEAN. */
function zboolean(args: FunctionArguments): number {
  const a = BigInt(args.integer(0));
  const b = BigInt(args.integer(1));
  const table = args.integer(2);
  const terms = [a & b, a & ~b, ~a & b, ~(a | b)];
  const bits = [1, 2, 4, 8];
  const result = terms.reduce(
    (sum, term, index) => ((table & (bits[index] ?? 0)) === 0 ? sum : sum | term),
    0n,
  );
  return Number(BigInt.asIntN(64, result));
}

/** Conversions, by canonical name. */
export const convertFunctions: Readonly<Record<string, FunctionCompiler>> = {
  zconvert: plain(2, 4, zconvert),
  zstrip: plain(2, 4, zstrip),
  zhex: plain(1, 1, zhex),
  zboolean: plain(3, 3, zboolean),
};
