/** The example pipeline is YAML that a runner reads, and names only commands and options of this
 *  project that exist. Does not prove that a runner runs it: nothing here has one. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { top } from "../ground/places.mjs";

const pipeline = z
  .object({
    jobs: z.record(
      z.string(),
      z.object({
        steps: z.array(z.union([z.object({ run: z.string() }), z.object({ uses: z.string() })])),
      }),
    ),
  })
  .parse(parse(readFileSync(join(top, "examples/ci/github.yml"), "utf8")));
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(top, "package.json"), "utf8")));

const steps = Object.values(pipeline.jobs).flatMap((job) => job.steps);
const runs = steps.flatMap((step) => ("run" in step ? [step.run] : []));
const ours = runs.filter((run) => run.startsWith("npm "));

/** What a command says to `--help`. */
function helpOf(script: string): string {
  const [, ...program] = (scripts[script] ?? "").split(" ");
  const node = join(top, "node_modules/.bin/node");
  // The verbs behind `operate.mjs` start nothing to say what they know, but want an engine first.
  const words = program[0] === "toolchain/operate.mjs" ? ["operate/main.ts"] : program;
  return execFileSync(node, [...words, "--help"], { cwd: top, encoding: "utf8" });
}

describe("the example pipeline", () => {
  it("comments on a change, applies a saved plan, looks for drift by night", () => {
    expect(ours).toEqual([
      'npm run plan -- "$STACK" --markdown comment.md || test $? -eq 10',
      'npm run plan -- "$STACK" --save plan.json --markdown summary.md || test $? -eq 10',
      'npm run up -- "$STACK" --plan plan.json',
      'npm run status -- --stack "$STACK"',
      'npm run plan -- "$STACK" --markdown drift.md --json drift.json',
    ]);
  });

  it.for(ours)("%s: the command exists, and so do its options", (run) => {
    const [, script = "", rest = ""] = /^npm run (\S+) -- ([^|]*)/.exec(run) ?? [];
    const options = [...rest.matchAll(/--[a-z-]+/g)].map(([option]) => option);

    expect(Object.keys(scripts)).toContain(script);
    const help = helpOf(script);
    expect(options.filter((option) => !help.includes(`${option} `))).toEqual([]);
  });

  it("does nothing else than hand texts to the pipeline's own place", () => {
    const others = runs.filter((run) => !ours.includes(run));

    expect(others.filter((run) => !/^(cat \w+\.md >> |gh pr comment )/.test(run))).toEqual([]);
  });

  it("takes the actions of others only as they were when somebody looked at them", () => {
    const used = steps.flatMap((step) => ("uses" in step ? [step.uses] : []));

    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((use) => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(use))).toEqual([]);
  });
});
