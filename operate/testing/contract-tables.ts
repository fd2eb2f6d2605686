/** The contract as the tables of operate/README.md; a test holds the two together. */

import { errors, verbs } from "../contract.ts";

/** One row per verb. */
export function verbTable(): string {
  const rows = Object.entries(verbs).map(([name, row]) => [
    `\`${name}\``,
    row.per,
    row.does,
    row.again,
    row.errors.map((code) => `\`${code}\``).join(", "),
  ]);
  return table(["verb", "per", "afterwards", "a second call", "failures of its own"], rows);
}

/** One row per failure. */
export function errorTable(): string {
  const rows = Object.entries(errors).map(([code, { means, definite }]) => [
    `\`${code}\``,
    means,
    definite ? "certainly not" : "perhaps",
  ]);
  return table(["failure", "meaning", "was anything changed?"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(...all.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}
