/** Reads a page as a person does. */

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
};

/** What can be read of a piece of HTML, with single blanks. */
export function textOf(html: string): string {
  return html
    .replace(/<style>[^]*?<\/style>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(#?\w+);/g, (_, name: string) => entities[name] ?? "?")
    .replace(/\s+/g, " ")
    .trim();
}

/** Cells of the table under a heading, row by row. */
export function cellsOf(page: string, title: string): string[][] {
  const from = page.indexOf(`>${title}</h2>`);
  if (from === -1) throw new Error(`There is no panel ${title}`);
  const panel = page.slice(from, page.indexOf("</section>", from));
  const rows = [...panel.matchAll(/<tr>([^]*?)<\/tr>/g)].map(([, row = ""]) => row);
  return rows.map((row) =>
    [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, text = ""]) => textOf(text)),
  );
}
