/** Takes a member out of its mirror: removes the mirror configuration and restarts the instance.
 *  Source: SYS.Mirror RemoveMirrorConfiguration; GHA_mirror_set_config 4.10.3. */

import { lookAgainMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, type MemberAddress } from "../contract/common.ts";
import { dockerFailure, findContainer } from "../docker.ts";
import { failoverMembersOf, stateOf, withSession, type InstanceState } from "../instance.ts";
import { isAsync } from "../member-types.ts";
import { MirrorError } from "../mirror-error.ts";
import { waitUntil } from "../wait.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"leave">;

export async function run(input: Input, world: World): Promise<VerbOutput<"leave">> {
  const result = { version: contractVersion } as const;
  if ((await findContainer(world, input.member.container)) === undefined) {
    world.say(
      `${input.member.name}: its container is gone, so nothing is left to do there. If another ` +
        "member still lists it, remove the entry there (Management Portal, Remove Other Mirror Member).",
    );
    return { ...result, left: false, why: "the container is gone" };
  }
  const before = await stateOfStarted(input.member, world);
  if (decide(input, before) === "none") {
    return { ...result, left: false, why: "it is in no mirror" };
  }
  await withSession(world, input.member, async (session) => {
    if (!isFollower(input, before)) {
      refuseLast(input, (await failoverMembersOf(session)).length);
    }
    await session.call("Mirror.Leave");
  });
  await restart(input.member, world);
  const after = await stateOfStarted(input.member, world);
  if (after.mirror !== undefined) {
    throw new MirrorError({
      code: "instance-refused",
      subject: input.member.name,
      seen: `after its restart it still belongs to ${after.mirror.name}, status ${after.status}`,
      remedy: "Run the same command again; then look into its messages.log.",
    });
  }
  return { ...result, left: true, why: "it was taken out and restarted" };
}

/** What has to be done. @throws MirrorError for the primary, and for a member of another mirror. */
export function decide(input: Input, state: InstanceState): "none" | "leave" {
  if (state.mirror === undefined) {
    return "none";
  }
  if (state.mirror.name.toUpperCase() !== input.mirror.toUpperCase()) {
    throw new MirrorError({
      code: "other-mirror",
      subject: input.member.name,
      seen: `it belongs to the mirror ${state.mirror.name}, not to ${input.mirror}`,
      remedy: "Take it out of that mirror by hand if that is wanted.",
    });
  }
  if (state.status === "PRIMARY") {
    const { container, instance } = input.member;
    throw new MirrorError({
      code: "is-primary",
      subject: input.member.name,
      seen: "it is the primary of the mirror",
      remedy:
        `Let it hand over first: \`docker exec ${container} iris stop ${instance} quietly\`, wait ` +
        `until the other member is primary, \`docker exec ${container} iris start ${instance} ` +
        "quietly`; then run the same command again.",
    });
  }
  return "leave";
}

/** A mirror does without any of its asyncs. What the instance is now counts: a DR that was promoted
 *  is a failover member, whatever the input of old says. */
function isFollower(input: Input, { type }: InstanceState): boolean {
  return isAsync(type) || (type !== "Failover" && input.eligibility !== "failover");
}

function refuseLast(input: Input, failoverMembers: number): void {
  if (failoverMembers < 2) {
    throw new MirrorError({
      code: "last-member",
      subject: input.member.name,
      seen: `it is the last failover member of ${input.mirror}`,
      remedy:
        "A mirror ends with its last member. If that is wanted, remove it by hand: JoinMirror=0 in " +
        "Config.MirrorMember, restart, RemoveMirrorConfiguration.",
    });
  }
}

/** An interrupted call may have left the instance stopped: it is started, because a stopped
 *  instance can neither leave nor say that it has left. */
async function stateOfStarted(member: MemberAddress, world: World): Promise<InstanceState> {
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

async function restart(member: MemberAddress, world: World): Promise<void> {
  await iris(member, world, "stop");
  await iris(member, world, "start");
}

/** Source: GSA, the iris command; `quietly` asks no questions. */
async function iris(member: MemberAddress, world: World, verb: "start" | "stop"): Promise<void> {
  const argv = ["exec", member.container, "iris", verb, member.instance, "quietly"];
  const answer = await world.docker(argv, {
    timeoutMs: world.budget(verb === "stop" ? "instanceStop" : "instanceStart"),
  });
  if (answer.code !== 0) {
    throw dockerFailure(`docker ${argv.join(" ")}`, answer);
  }
}
