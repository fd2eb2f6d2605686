/** The tests of the Go programs: the command plugin's life cycle, the docker plugin's map. */

import { existsSync } from "node:fs";
import { go } from "../cli/go.mjs";
import { buildOf, programs, sourceFolder } from "../cli/programs.mjs";
import { lastLines } from "../ground/child.mjs";
import { phase } from "../ground/progress.mjs";
import { fromGo, notRun } from "./result.mjs";

const name = "plugins (Go)";

/** Where Pulumi was built here, so is what the tests need. */
export async function pluginTests() {
  const plugins = programs.filter(({ plugin }) => plugin !== undefined);
  if (!plugins.every((program) => existsSync(buildOf(program)))) {
    return notRun(name, "Pulumi was not built here");
  }
  let code = 0;
  let events = "";
  for (const program of plugins) {
    // With the flags of the build, so that nothing is compiled twice.
    const args = ["test", "-json", "-vet=off", "-trimpath", "-tags", program.tags, "./..."];
    const ended = await phase(`Testing ${program.name}`, () => go(sourceFolder(program), args, {}));
    code = Math.max(code, ended.code);
    events += ended.stdout;
    if (ended.code !== 0) {
      process.stderr.write(`${output(ended.stdout)}\n${lastLines(ended.stderr, 20)}\n`);
    }
  }
  return fromGo(name, code, events);
}

/**
 * What the tests printed, out of the events.
 * @param {string} events
 */
function output(events) {
  return events
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => /** @type {{ Output?: string }} */ (JSON.parse(line)).Output ?? "")
    .join("");
}
