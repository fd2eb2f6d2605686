/** Operations that a killed run began and did not record as finished. They stand in the state and
 *  are warned about for ever. The program looks at what is really there, so they are forgotten. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastLines, run } from "../ground/child.mjs";
import { Fault } from "../ground/fault.mjs";
import { say } from "../ground/progress.mjs";
import { checkpointOf } from "./stack-files.mjs";
import { plainName } from "./stack.mjs";

/** @typedef {{ type?: string, resource?: { urn?: string } }} PendingOperation */

/**
 * Forgets the unfinished operations of a stack, if it has any. Nobody may hold its lock.
 * @param {string} backend  folder of the local backend
 * @param {string} stack
 * @param {string} cli  program
 * @param {NodeJS.ProcessEnv} environment
 */
export async function forgetPending(backend, stack, cli, environment) {
  const pending = pendingIn(checkpointOf(backend, stack));
  if (pending.length === 0) {
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "iris-mirror-"));
  try {
    const file = join(folder, "state.json");
    /** @param {readonly string[]} args */
    const pulumi = async (...args) => {
      const ended = await run(cli, [...args, "--stack", stack, "--file", file], {
        env: environment,
      });
      if (ended.code !== 0) {
        throw new Fault(
          `Stack ${plainName(stack)} has unfinished operations of a killed run, and ` +
            `pulumi ${args.join(" ")} failed:\n${lastLines(ended.stderr, 5)}`,
        );
      }
    };
    await pulumi("stack", "export");
    writeFileSync(file, withoutPending(readFileSync(file, "utf8")));
    await pulumi("stack", "import");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(
    `Stack ${plainName(stack)}: a killed run did not finish ${pending.map(inWords).join(", ")}; ` +
      "what is really there decides now.",
  );
}

/** @param {PendingOperation} operation */
function inWords({ type, resource }) {
  return `${type ?? "working on"} ${resource?.urn?.split("::").slice(2).join(" ") ?? "a resource"}`;
}

/**
 * @param {string} exported
 * @returns {string}
 */
export function withoutPending(exported) {
  const state = JSON.parse(exported);
  delete state.deployment.pending_operations;
  return JSON.stringify(state);
}

/**
 * The unfinished operations in a checkpoint as the local backend keeps it.
 * @param {string | undefined} checkpoint
 * @returns {readonly PendingOperation[]}
 */
export function pendingIn(checkpoint) {
  if (checkpoint === undefined || !checkpoint.includes("pending_operations")) {
    return [];
  }
  return JSON.parse(checkpoint).checkpoint?.latest?.pending_operations ?? [];
}
