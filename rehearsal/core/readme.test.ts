/** README.md shows the table as it is. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagram, tableText } from "./diagram.ts";
import { transitions } from "./transitions.ts";

const readme = readFileSync(join(import.meta.dirname, "README.md"), "utf8");

function section(name: string): string {
  const start = `<!-- ${name} -->`;
  const from = readme.indexOf(start) + start.length;
  return readme.slice(from, readme.indexOf(`<!-- /${name} -->`)).trim();
}

describe("README.md", () => {
  it("has the diagram of the table", () => {
    expect(section("diagram")).toBe(`\`\`\`mermaid\n${diagram(transitions)}\n\`\`\``);
  });

  it("has every row of the table", () => {
    // Prettier aligns the cells.
    const plain = (text: string) => text.replace(/ +/g, " ").replace(/-+/g, "-");

    expect(plain(section("table"))).toBe(plain(tableText(transitions)));
  });
});
