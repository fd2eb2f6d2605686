/** Parts of texts: pieces and characters, to read and to set. */

import { joined, limited, limitedLength } from "../operators.ts";

/** The pieces `from` to `to` of a text, from 1. Source: RCOS, $PIECE. */
export function pieceOf(text: string, delimiter: string, from: number, to: number): string {
  if (delimiter === "" || to < from || to < 1) return "";
  const first = Math.max(from, 1);
  if (first === to) return singlePiece(text, delimiter, first);
  return text
    .split(delimiter)
    .slice(first - 1, to)
    .join(delimiter);
}

function singlePiece(text: string, delimiter: string, wanted: number): string {
  let start = 0;
  for (let number = 1; ; number++) {
    const end = text.indexOf(delimiter, start);
    if (number === wanted) return end === -1 ? text.slice(start) : text.slice(start, end);
    if (end === -1) return "";
    start = end + delimiter.length;
  }
}

/** Number of pieces; 1 for a text without the delimiter, 0 for an empty delimiter. */
export function countPieces(text: string, delimiter: string): number {
  return delimiter === "" ? 0 : text.split(delimiter).length;
}

/** The text with the pieces `from` to `to` replaced; missing ones are created as delimiters.
 *  Source: RCOS, SET $PIECE. */
export function withPiece(
  text: string,
  delimiter: string,
  range: { readonly from: number; readonly to: number },
  value: string,
): string {
  const { from, to } = range;
  if (delimiter === "") return text === "" ? value : text;
  if (to < from || to < 1) return text;
  const pieces = text.split(delimiter);
  const first = limitedLength(Math.max(from, 1));
  while (pieces.length < first) pieces.push("");
  pieces.splice(first - 1, to - first + 1, value);
  return joined(pieces, delimiter);
}

/** The characters `from` to `to` of a text, from 1. Source: RCOS, $EXTRACT. */
export function extractOf(text: string, from: number, to: number): string {
  return to < from ? "" : text.slice(Math.max(from, 1) - 1, Math.max(to, 0));
}

/** The text with the characters `from` to `to` replaced; blanks fill up to `from`.
 *  Source: RCOS, SET $EXTRACT. */
export function withExtract(text: string, from: number, to: number, value: string): string {
  if (to < from || to < 1) return text;
  const first = limitedLength(Math.max(from, 1));
  const padded = text.padEnd(first - 1, " ");
  return limited(padded.slice(0, first - 1) + value + padded.slice(to));
}
