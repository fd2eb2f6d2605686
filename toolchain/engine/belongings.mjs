/** What a stack has on the Docker engine, found by the labels everything of ours carries. */

import { lastLines, run } from "../ground/child.mjs";
import { Fault } from "../ground/fault.mjs";

/** Label with the stack's name on containers, volumes and networks; operate/contract.ts has the
 *  same, which a test holds. */
export const stackLabel = "io.iris-mirror.stack";

/** @typedef {"container" | "volume" | "network"} Kind */

/** In the order in which they can be removed. @type {readonly Kind[]} */
const kinds = ["container", "network", "volume"];

/** @type {Readonly<Record<Kind, readonly string[]>>} */
const listing = {
  container: ["container", "ls", "--all", "--format", "{{.Names}}"],
  network: ["network", "ls", "--format", "{{.Name}}"],
  volume: ["volume", "ls", "--format", "{{.Name}}"],
};

/**
 * Names of what there is.
 * @param {string | undefined} stack  of any stack when there is none
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Record<Kind, string[]>>}
 */
export async function belongings(stack, environment) {
  const label = stack === undefined ? stackLabel : `${stackLabel}=${stack}`;
  /** @param {Kind} kind */
  const list = async (kind) => {
    const args = [...listing[kind], "--filter", `label=${label}`];
    const ended = await run("docker", args, { env: environment });
    if (ended.code !== 0) {
      throw new Fault(`docker ${args.join(" ")} failed:\n${lastLines(ended.stderr, 3)}`);
    }
    return ended.stdout.split("\n").filter((name) => name !== "");
  };
  const [container, network, volume] = await Promise.all([
    list("container"),
    list("network"),
    list("volume"),
  ]);
  return { container, network, volume };
}

/**
 * Removes everything a stack has on the engine, its data included.
 * @param {string} stack
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<string[]>} what was removed, in words
 */
export async function removeBelongings(stack, environment) {
  const found = await belongings(stack, environment);
  /** @type {string[]} */
  const removed = [];
  for (const kind of kinds) {
    for (const name of found[kind]) {
      const force = kind === "container" ? ["--force", "--volumes"] : [];
      const ended = await run("docker", [kind, "rm", ...force, name], { env: environment });
      if (ended.code !== 0) {
        throw new Fault(`The ${kind} ${name} could not be removed:\n${lastLines(ended.stderr, 3)}`);
      }
      removed.push(`${kind} ${name}`);
    }
  }
  return removed;
}
