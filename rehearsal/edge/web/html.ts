/** HTML as a tagged text: everything put into it is escaped, but what is HTML already. */

/** A piece of HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can be put into HTML. */
export type Content = Html | string | number | readonly Html[];

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(content: Content): string {
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map(({ text }) => text).join("");
  return String(content).replace(/[&<>"']/g, (character) => escapes[character] ?? "");
}

/** `html\`<td>${name}</td>\``. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const texts = parts.map((part, index) => {
    const content = contents[index];
    return content === undefined ? part : part + escaped(content);
  });
  return new Html(texts.join(""));
}

/** Nothing. */
export const nothing = new Html("");
