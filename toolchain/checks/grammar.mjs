/** The vendor's published grammar of ObjectScript over everything the project sends to an instance:
 *  an opinion that does not come from the rehearsal engine's own parser. */

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { projectNode } from "../dependencies.mjs";
import { lastLines, run } from "../ground/child.mjs";
import { cacheFolder, top } from "../ground/places.mjs";
import { phase, say } from "../ground/progress.mjs";
import { notRun } from "./result.mjs";

const name = "grammar";

/** Exactly these, so that a new version of the grammar is a change of its own. */
const packages = ["tree-sitter==0.26.1", "tree-sitter-objectscript==1.11.0"];

/** Not run where Python, its module venv, or its package index is missing. */
export async function grammarTest() {
  const python = await pythonWithGrammar();
  if ("missing" in python) {
    return notRun(name, python.missing);
  }
  const sent = await run(projectNode(), [join(top, "test/grammar/main.ts")], {});
  const stdin = sent.stdout;
  const parsed = await run(python.program, [join(top, "test/grammar/parse.py")], { stdin });
  if (sent.code !== 0 || parsed.code !== 0) {
    const why = lastLines(sent.code === 0 ? parsed.stderr : sent.stderr, 8);
    return { name, passed: 0, failed: 1, skipped: 0, remark: why };
  }
  /** @type {{ read: number, faults: string[] }} */
  const { read, faults } = JSON.parse(parsed.stdout);
  const failed = read === 0 ? 1 : faults.length;
  return { name, passed: read - failed, failed, skipped: 0, remark: faults.join("\n") };
}

/**
 * A Python of our own in the cache folder, made once per version of the packages.
 * @returns {Promise<{ program: string } | { missing: string }>}
 */
async function pythonWithGrammar() {
  const folder = join(cacheFolder(), `grammar-${packages.join("-").replaceAll(/[^\w.-]/g, "")}`);
  const program = join(folder, "bin/python");
  const imports = ["-c", "import tree_sitter, tree_sitter_objectscript"];
  if (existsSync(program) && (await run(program, imports)).code === 0) {
    return { program };
  }
  rmSync(folder, { recursive: true, force: true });
  const made = await run("python3", ["-m", "venv", folder]);
  if (made.code !== 0) {
    return { missing: `no Python with its module venv: ${lastLines(made.stderr, 1)}` };
  }
  const install = ["-m", "pip", "install", "--quiet", ...packages];
  const ended = await phase("Installing the grammar", () => run(program, install));
  if (ended.code === 0) {
    say(`The grammar lies in ${folder}.`);
    return { program };
  }
  rmSync(folder, { recursive: true, force: true });
  return { missing: `pip could not install ${packages.join(", ")}: ${lastLines(ended.stderr, 1)}` };
}
