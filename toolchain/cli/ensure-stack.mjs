/** The stack a command is about: it has a topology here, and Pulumi knows it. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { lastLines, run } from "../ground/child.mjs";
import { Fault } from "../ground/fault.mjs";
import { top } from "../ground/places.mjs";
import { devStack } from "./environment.mjs";
import { plainName } from "./stack.mjs";
import { hasStack } from "./stack-files.mjs";

/**
 * @param {string} stack
 * @throws {Fault} when it has no topology here
 */
export function requireTopology(stack) {
  if (!existsSync(join(top, `Pulumi.${plainName(stack)}.yaml`))) {
    throw new Fault(
      `Stack ${stack} has no topology: there is no Pulumi.${plainName(stack)}.yaml here.`,
      `Write one, for instance from Pulumi.${devStack}.yaml, or name a stack that has one.`,
      2,
    );
  }
}

/**
 * Creates the stack when it does not exist, and selects it for `npx pulumi`.
 * @param {import("../prepare.mjs").Prepared} prepared
 * @param {string} stack
 */
export async function ensureStack({ cli, environment }, stack) {
  if (hasStack(environment, stack)) {
    return;
  }
  const args = ["stack", "select", "--create", "--stack", stack];
  const ended = await run(cli, args, { env: environment });
  if (ended.code !== 0) {
    throw new Fault(`Stack ${stack} could not be created:\n${lastLines(ended.stderr, 5)}`);
  }
}
