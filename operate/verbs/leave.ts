/** Takes a member out of its mirror: removes the mirror configuration and restarts the instance. A
 *  primary hands over first. Source: SYS.Mirror RemoveMirrorConfiguration;
 *  GHA_mirror_set_config 4.10.3. */

import { lookAgainMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, type MemberAddress } from "../contract/common.ts";
import { findContainer } from "../docker.ts";
import { handOver } from "../hand-over.ts";
import {
  failoverMembersOf,
  memberNamesOf,
  statusOf,
  withSession,
  type InstanceState,
} from "../instance.ts";
import { iris, stateOfStarted } from "../iris-command.ts";
import { holds, isPrimaryOf, isReached, withMembers, withPrimary } from "../members.ts";
import { isAsync } from "../member-types.ts";
import { MirrorError } from "../mirror-error.ts";
import { waitUntil } from "../wait.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"leave">;

export async function run(input: Input, world: World): Promise<VerbOutput<"leave">> {
  const partners = input.failover.filter((one) => one.name !== input.member.name);
  const container = await findContainer(world, input.member.container);
  const left = container !== undefined && (await leave(input, partners, world));
  const why =
    container === undefined
      ? "the container is gone"
      : left
        ? "it was taken out and restarted"
        : "it is in no mirror";
  const lister = await whoLists(input, partners, world);
  if (lister !== undefined) {
    world.say(`${input.member.name}: ${why}, and ${lister} still lists it. ${entryRemedy(lister)}`);
  }
  const rest = lister === undefined ? "" : `; ${lister} still lists it`;
  return { version: contractVersion, left, why: `${why}${rest}` };
}

/** @returns false when there was nothing to leave */
async function leave(
  input: Input,
  partners: readonly MemberAddress[],
  world: World,
): Promise<boolean> {
  const before = await stateOfStarted(input.member, world);
  if (!belongs(input, before)) {
    return false;
  }
  if (!isFollower(input, before)) {
    await letPartnerLead(input, partners, world);
  }
  await awaitConnected(input, world);
  await withSession(world, input.member, (session) => session.call("Mirror.Leave"));
  await iris(input.member, world, "stop");
  await iris(input.member, world, "start");
  const after = await stateOfStarted(input.member, world);
  if (after.mirror !== undefined) {
    throw new MirrorError({
      code: "instance-refused",
      subject: input.member.name,
      seen: `after its restart it still belongs to ${after.mirror.name}, status ${after.status}`,
      remedy: "Run the same command again; then look into its messages.log.",
    });
  }
  return true;
}

/** Whether it is in the mirror. @throws MirrorError for a member of another one. */
export function belongs(input: Input, state: InstanceState): boolean {
  if (state.mirror === undefined || holds(state, input.mirror)) {
    return state.mirror !== undefined;
  }
  throw new MirrorError({
    code: "other-mirror",
    subject: input.member.name,
    seen: `it belongs to the mirror ${state.mirror.name}, not to ${input.mirror}`,
    remedy: "Take it out of that mirror by hand if that is wanted.",
  });
}

/** A mirror does without any of its asyncs. What the instance is now counts: a DR that was promoted
 *  is a failover member, whatever the input of old says. */
function isFollower(input: Input, { type }: InstanceState): boolean {
  return isAsync(type) || (type !== "Failover" && input.eligibility !== "failover");
}

/** A failover member goes when another one is primary. */
async function letPartnerLead(
  input: Input,
  partners: readonly MemberAddress[],
  world: World,
): Promise<void> {
  const { mirror } = input;
  await withMembers(world, [input.member, ...partners], async ([member, ...others]) => {
    if (member === undefined || !isReached(member)) {
      return;
    }
    refuseLast(input, (await failoverMembersOf(member.session)).length);
    if (!isPrimaryOf(member.state, mirror)) {
      return;
    }
    const to = others.filter(isReached).find((one) => holds(one.state, mirror));
    if (to === undefined) {
      throw primaryStays(input);
    }
    await handOver(world, { mirror, from: member, to });
  });
  await stateOfStarted(input.member, world);
  await withPrimary(world, { mirror, failover: partners }, () => Promise.resolve());
}

function primaryStays({ member: { name, container, instance } }: Input): MirrorError {
  return new MirrorError({
    code: "is-primary",
    subject: name,
    seen: "it is the primary, and no other failover member that it knew can be asked",
    remedy:
      `Let it hand over first: \`docker exec ${container} iris stop ${instance} quietly\`, wait ` +
      `until the other member is primary, \`docker exec ${container} iris start ${instance} ` +
      "quietly`; then run the same command again.",
  });
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

/** Statuses that last: where a member belongs, or where nobody but a person moves it.
 *  Source: %SYSTEM.Mirror GetStatus. */
const lasting: readonly string[] = ["BACKUP", "CONNECTED", "STOPPED", "CRASHED", "NOTINIT"];

/** The primary takes a member off its list that tells it so. Assumed: neither page says how it
 *  learns it. So one that is coming back is waited for; one that does not come leaves all the same,
 *  and what is left of it is said. */
async function awaitConnected({ member }: Input, world: World): Promise<void> {
  try {
    await waitUntil(world, {
      subject: member.name,
      until: "it is connected, so that the primary learns that it leaves",
      budgetMs: world.budget("backup"),
      everyMs: lookAgainMs,
      remedy: `Look into the messages.log of ${member.container}.`,
      probe: async () => {
        const status = await withSession(world, member, statusOf);
        return lasting.includes(status) ? { done: status } : { still: `it is ${status}` };
      },
    });
  } catch (problem) {
    if (!(problem instanceof MirrorError) || problem.code !== "time-over") {
      throw problem;
    }
    world.say(`${problem.subject}: ${problem.seen}; it leaves without`);
  }
}

/** The failover member that still has it in its list, or `undefined`. */
function whoLists(
  { mirror, member }: Input,
  partners: readonly MemberAddress[],
  world: World,
): Promise<string | undefined> {
  return withMembers(world, partners, async (asked) => {
    const partner = asked.filter(isReached).find((one) => holds(one.state, mirror));
    // Classes of before that question may be there: then nobody knows.
    if (partner === undefined || partner.state.code === "") return undefined;
    const names = await memberNamesOf(partner.session);
    return names.includes(member.memberName.toUpperCase()) ? partner.member.name : undefined;
  });
}

/** No public class removes another member's entry. Source: GHA_mirror_manage;
 *  GHA_mirror_set_member_change 6.1.1 for the start. */
function entryRemedy(lister: string): string {
  return (
    "While its volume is there: put it back into the topology, run `npx pulumi up`, and take it " +
    "out again. Otherwise remove that entry on the primary (Management Portal, Remove Other Mirror " +
    `Member). Until then ${lister}, started anew, does not become primary: it waits for that member.`
  );
}
