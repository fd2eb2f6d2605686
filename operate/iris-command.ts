/** Stopping and starting an instance inside its container, which goes on running.
 *  Source: GSA, the iris command; `quietly` asks no questions. */

import { lookAgainMs } from "./budgets.ts";
import type { MemberAddress } from "./contract/common.ts";
import { dockerFailure } from "./docker.ts";
import { stateOf, withSession, type InstanceState } from "./instance.ts";
import { MirrorError } from "./mirror-error.ts";
import { waitUntil } from "./wait.ts";
import type { World } from "./world.ts";

/** @throws MirrorError when the command fails */
export async function iris(
  member: MemberAddress,
  world: World,
  verb: "start" | "stop",
): Promise<void> {
  const argv = ["exec", member.container, "iris", verb, member.instance, "quietly"];
  const answer = await world.docker(argv, {
    timeoutMs: world.budget(verb === "stop" ? "instanceStop" : "instanceStart"),
  });
  if (answer.code !== 0) {
    throw dockerFailure(`docker ${argv.join(" ")}`, answer);
  }
}

/** The state, once the instance can be asked. One that an interrupted call left stopped is started:
 *  it could not say what it is. */
export function stateOfStarted(member: MemberAddress, world: World): Promise<InstanceState> {
  return waitUntil(world, {
    subject: member.container,
    until: "the instance can be asked",
    budgetMs: world.budget("instanceStart"),
    everyMs: lookAgainMs,
    remedy: `Look into the messages.log of ${member.container}.`,
    probe: async () => {
      try {
        return { done: await withSession(world, member, stateOf) };
      } catch (problem) {
        if (problem instanceof MirrorError && problem.code === "instance-down") {
          await iris(member, world, "start");
          return { still: "the instance was down and has been started" };
        }
        if (problem instanceof MirrorError && problem.code === "instance-starting") {
          return { still: problem.seen };
        }
        throw problem;
      }
    },
  });
}
