/** Removes a container of our own that is in the way of a new one: created by a run that was
 *  killed before it could remember it. It is stopped in its own time first. */

import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, labels } from "../contract/common.ts";
import { dockerFailure, findContainer, type Container } from "../docker.ts";
import { MirrorError } from "../mirror-error.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"clear-stale">;

export async function run(input: Input, world: World): Promise<VerbOutput<"clear-stale">> {
  const container = await findContainer(world, input.container);
  if (container === undefined) {
    return { version: contractVersion, removed: false };
  }
  refuseForeign(input, container);
  world.say(`${input.container}: stopping and removing a container left by an unfinished run`);
  const grace = String(input.graceSeconds);
  const timeoutMs = input.graceSeconds * 1000 + world.budget("docker");
  await docker(world, ["stop", "--time", grace, container.id], timeoutMs);
  await docker(world, ["rm", container.id], world.budget("docker"));
  return { version: contractVersion, removed: true };
}

/** @throws MirrorError for a container that is another's, or nobody's we know. */
function refuseForeign(input: Input, container: Container): void {
  const stack = container.labels[labels.stack];
  const member = container.labels[labels.member];
  if (stack === input.stack && member === input.member) {
    return;
  }
  const owner =
    stack === undefined
      ? "a container without our labels"
      : `member ${String(member)} of stack ${stack}`;
  throw new MirrorError({
    code: "foreign-container",
    subject: input.container,
    seen: `the name is taken by ${owner}`,
    remedy: "Choose other names in the topology, or remove that container yourself.",
  });
}

async function docker(world: World, argv: readonly string[], timeoutMs: number): Promise<void> {
  const answer = await world.docker(argv, { timeoutMs });
  if (answer.code !== 0 && !/no such container/i.test(answer.stderr)) {
    throw dockerFailure(`docker ${argv.join(" ")}`, answer);
  }
}
