/** The repository holds its own style. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { rules, type SourceFile } from "./tidy/rules.ts";

const top = join(import.meta.dirname, "..");

const trackedFiles: SourceFile[] = execFileSync(
  "git",
  ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
  { cwd: top, encoding: "utf8" },
)
  .split("\0")
  // The rules hold samples of everything they forbid.
  .filter((path) => path !== "" && path !== "test/tidy/rules.ts" && existsSync(join(top, path)))
  .filter((path) => statSync(join(top, path)).size < 400_000)
  .map((path) => ({ path, text: readFileSync(join(top, path), "utf8") }));

describe("the repository is tidy", () => {
  it.for(rules)("$name", (rule) => {
    const faults = trackedFiles
      .filter(({ path }) => rule.appliesTo(path))
      .flatMap((file) => rule.check(file).map((fault) => `${file.path}:${fault}`));

    expect(faults, rule.why).toEqual([]);
  });

  it.for(rules)("the rule bites: $name", (rule) => {
    expect(rule.appliesTo(rule.bad.path)).toBe(true);
    expect(rule.check(rule.bad)).not.toEqual([]);
  });

  it("links between documents lead somewhere", () => {
    const broken = trackedFiles
      .filter(({ path }) => path.endsWith(".md"))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
          .map((match) => normalize(join(dirname(path), match[1] ?? "")))
          .filter((target) => !existsSync(join(top, target)))
          .map((target) => `${path} → ${target}`),
      );

    expect(broken).toEqual([]);
  });
});
