/** The table as pictures for README.md; a test holds them equal. */

import type { Row } from "./machine.ts";

/** Phases and the rows between them, in Mermaid's language. */
export function diagram(rows: readonly Row[]): string {
  const edges = new Map<string, string[]>();
  for (const { id, from, to } of rows) {
    for (const phase of from) {
      const edge = `${phase} --> ${to}`;
      edges.set(edge, [...(edges.get(edge) ?? []), id]);
    }
  }
  const lines = [...edges].map(([edge, ids]) => `    ${edge}: ${ids.join(", ")}`);
  return ["stateDiagram-v2", "    [*] --> off", ...lines].join("\n");
}

/** The rows as a table of Markdown. */
export function tableText(rows: readonly Row[]): string {
  const cells = rows.map(({ id, from, event, to, when, why, source }) =>
    [id, from.join(", "), event, to, when ?? "always", why, source].join(" | "),
  );
  return [
    "| row | from | event | to | guard | why | source |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...cells.map((line) => `| ${line} |`),
  ].join("\n");
}
