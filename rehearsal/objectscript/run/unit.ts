/** Where compiled code comes from, so that an error can say its place and show its line. */

/** A piece of source text whose statements know their offset in it. */
export interface CodeUnit {
  /** A typed line, text run by `xecute`, or stored code. */
  readonly kind: "typed" | "xecute" | "code";
  readonly text: string;
  /** `label+n^routine` of an offset; `""` for a typed line. */
  placeOf(at: number): string;
}

/** The line of the text around an offset, and the column of the offset in it. */
export function lineAround(
  text: string,
  at: number,
): { readonly line: string; readonly column: number; readonly start: number } {
  const start = Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
  const rest = text.slice(start);
  const end = rest.search(/[\r\n]/);
  const line = end === -1 ? rest : rest.slice(0, end);
  return { line, column: at - start, start };
}

/** Number of line ends before an offset. */
export function lineNumber(text: string, at: number): number {
  let count = 0;
  for (let index = text.indexOf("\n"); index !== -1 && index < at; count++) {
    index = text.indexOf("\n", index + 1);
  }
  return count;
}

/** A line typed at the prompt: errors in it have no place. */
export function typedUnit(text: string): CodeUnit {
  return { kind: "typed", text, placeOf: () => "" };
}

/** Text run by `xecute`: errors in it happen where the `xecute` stands. */
export function xecuteUnit(text: string, place: string): CodeUnit {
  return { kind: "xecute", text, placeOf: () => place };
}
