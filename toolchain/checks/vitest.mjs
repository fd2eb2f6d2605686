/** Runs one project of vitest.config.ts. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { handOver } from "../cli/handover.mjs";
import { projectNode } from "../dependencies.mjs";
import { top } from "../ground/places.mjs";
import { fromVitest } from "./result.mjs";

/**
 * @param {string} project  of vitest.config.ts
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly string[]} filters  parts of file names; none for all
 */
export async function vitest(project, environment, filters = []) {
  const folder = mkdtempSync(join(tmpdir(), "iris-mirror-"));
  try {
    const report = join(folder, "report.json");
    const program = join(top, "node_modules/vitest/vitest.mjs");
    const output = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const some = filters.length === 0 ? [] : ["--passWithNoTests", ...filters];
    const args = [program, "run", "--root", top, "--project", project, ...output, ...some];
    const node = projectNode();
    const path = `${dirname(node)}${delimiter}${environment["PATH"] ?? ""}`;
    const code = await handOver(node, args, { ...environment, PATH: path });
    return fromVitest(project, code, textOf(report));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
