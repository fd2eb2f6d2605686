/** What `npm run up` refuses before it installs, builds or starts anything.
 *  Does not prove that a deploy works: the scenarios do. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { top } from "./ground/places.mjs";

interface Refused {
  readonly code: number | string | null | undefined;
  readonly said: string;
}

/** Runs `up` without a usable HOME, so that nothing can be made by mistake. */
function up(...args: readonly string[]): Promise<Refused> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: "/dev/null/nowhere" };
  const program = join(top, "toolchain/up.mjs");
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, said: stdout + stderr });
    });
  });
}

it.for([
  ["a stack without a topology", ["devv"], "there is no Pulumi.devv.yaml here"],
  ["the same by option", ["--stack", "devv"], "there is no Pulumi.devv.yaml here"],
  ["two stacks at once", ["dev", "test"], "test"],
  ["an unknown option", ["--stak", "dev"], "--stak"],
] as const)("refuses %s", async ([, args, words]) => {
  const { code, said } = await up(...args);

  expect(code).toBe(2);
  expect(said).toContain(words);
});
