/** The tables of claims in the README files say of each behaviour how sure it is, from where it is
 *  known, and which test shows it. This holds their form; whether a test shows what its row says,
 *  and whether the source says so, is for a reader. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const top = join(import.meta.dirname, "..");

/** What a mark must hold at least. `seen` and `captured`: in published outputs and scripts. */
const marks = /\b(documented|measured|assumed|not simulated|seen|captured)\b/;

/** Names the column of marks has in one table or another. */
const markNames = ["mark", "label", "how sure"];

const paths = ["rehearsal", "test"].flatMap((folder) =>
  readdirSync(join(top, folder), { recursive: true, encoding: "utf8" }).map((path) =>
    join(folder, path),
  ),
);

interface Claim {
  readonly at: string;
  readonly mark: string;
  readonly source: string;
  readonly test: string;
}

function cellsOf(line: string): string[] {
  return line
    .replaceAll("\\|", "¦")
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** Rows of every table that has columns for mark, source and test. */
function claimsOf(text: string, file: string): Claim[] {
  let head: string[] | undefined;
  return text.split("\n").flatMap((line, index) => {
    const cells = line.startsWith("|") ? cellsOf(line) : undefined;
    if (cells === undefined || head === undefined || /^-+$/.test(cells[0] ?? "")) {
      if (head === undefined || cells === undefined) head = cells;
      return [];
    }
    const columns = head;
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? "";
    const markName = markNames.find((name) => columns.includes(name));
    if (markName === undefined || !columns.includes("test")) return [];
    const at = `${file}:${String(index + 1)}`;
    return [{ at, mark: cell(markName), source: cell("source"), test: cell("test") }];
  });
}

/** A path in a row counts from its README, from a folder above it, or from the top.
 *  In brackets: which of its cases. */
function isThere(name: string, readme: string): boolean {
  const wanted = name
    .replaceAll(/[`\\]| \(.*\)$/g, "")
    .replace(/^(\.\.\/)+/, "")
    .replace(/^npm run rehearse\b.*/, "rehearse/main.ts");
  const pattern = wanted.replaceAll(".", "\\.").replaceAll(/[*_]/g, "[^/]*");
  return foldersAbove(readme).some((folder) => {
    const place = new RegExp(`^${join(folder, pattern)}(/|$)`);
    return paths.some((path) => place.test(path));
  });
}

/** The folder of a file and all above it, the last one the top. */
function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  return folder === "." ? [folder] : [folder, ...foldersAbove(folder)];
}

function faultsOf({ at, mark, source, test }: Claim): string[] {
  const hasReason = /\(\d+\)|not simulated/.test(mark);
  const missing = test
    .split(/, */)
    .filter((name) => name !== "" && !isThere(name, join("rehearsal", at.split(":")[0] ?? "")));
  return [
    ...(marks.test(mark) ? [] : [`${at}: "${mark}" is no mark`]),
    ...(source !== "" || hasReason ? [] : [`${at}: neither source nor reason`]),
    ...(test !== "" || mark.includes("not simulated") ? [] : [`${at}: no test, nor "not tested"`]),
    ...(test === "not tested" ? [] : missing.map((name) => `${at}: ${name} is not there`)),
  ];
}

const claims = paths
  .filter((path) => path.startsWith("rehearsal/") && path.endsWith("README.md"))
  .flatMap((path) => claimsOf(readFileSync(join(top, path), "utf8"), relative("rehearsal", path)));

describe("the tables of claims", () => {
  it("have a mark, a source and a test that is there in every row", () => {
    expect(claims.length).toBeGreaterThan(150);
    expect(claims.flatMap(faultsOf)).toEqual([]);
  });

  it("are objected to where a row has no mark, no source, or a test that is gone", () => {
    const rows = [
      "| behaviour | mark | source | test |",
      "| --- | --- | --- | --- |",
      "| a | documented | ERR | `claims.test.ts` |",
      "| b | surely | ERR | `claims.test.ts` |",
      "| c | assumed | | `claims.test.ts` |",
      "| d | documented | ERR | `gone.test.ts` |",
      "| e | documented | ERR | |",
    ];
    expect(claimsOf(rows.join("\n"), "x").flatMap(faultsOf)).toEqual([
      'x:4: "surely" is no mark',
      "x:5: neither source nor reason",
      "x:6: `gone.test.ts` is not there",
      'x:7: no test, nor "not tested"',
    ]);
  });
});
