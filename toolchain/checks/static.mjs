/** Checks that read the sources: format, lint, types, unused code. */

import { join } from "node:path";
import { projectNode } from "../dependencies.mjs";
import { run } from "../ground/child.mjs";
import { top } from "../ground/places.mjs";
import { single } from "./result.mjs";

/** The scripts of package.json that hold the commands: whoever works on a part runs them alone. */
const scripts = ["check:format", "check:lint", "check:types", "check:unused"];

/** All of them, side by side; their output is shown when they find something. */
export function staticChecks() {
  return scripts.map((script) => ({
    name: script.replace("check:", ""),
    run: () => check(script),
  }));
}

/** @param {string} script */
async function check(script) {
  const ended = await run("npm", ["run", "--silent", script], { cwd: top, env: toolEnvironment() });
  const output = `${ended.stdout}${ended.stderr}`.trim();
  return single(script.replace("check:", ""), ended.code === 0, ended.code === 0 ? "" : output);
}

/** The tools run on the project's own Node.js. */
function toolEnvironment() {
  const bin = join(projectNode(), "..");
  return { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}` };
}
