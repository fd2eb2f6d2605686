/** Code in other languages inside ObjectScript: `&sql(…)`, `&html<…>`, `&js<…>`. It is not
 *  simulated; where it ends has to be known, so that what stands behind it can be read.
 *  Source: GCOS, embedded code (an HTML text ends at the `>` that closes the first `<`).
 *  Assumed: of the text only quotes, inside of `&sql`, and its own brackets count. */

const begin = /&(sql|html|js|javascript|jscript|python)\s*([(<])/iy;

/** What stands at a place of a text: the name of the language, and where it ends.
 *  @returns `undefined` where nothing of the kind begins */
export function embeddedAt(
  text: string,
  at: number,
): { readonly name: string; readonly end: number } | undefined {
  begin.lastIndex = at;
  const match = begin.exec(text);
  if (match === null) return undefined;
  const marks = match[2] === "(" ? /"(?:[^"]|"")*"|'(?:[^']|'')*'|[()]/g : /[<>]/g;
  marks.lastIndex = at + match[0].length;
  for (let depth = 1; ;) {
    const mark = marks.exec(text);
    if (mark === null) return { name: match[1] ?? "", end: text.length };
    if (mark[0] === "(" || mark[0] === "<") depth += 1;
    else if (mark[0] === ")" || mark[0] === ">") depth -= 1;
    if (depth === 0) return { name: match[1] ?? "", end: marks.lastIndex };
  }
}
