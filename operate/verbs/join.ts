/** Makes an instance a member of a mirror that exists, through the agent of a failover member: as
 *  the second failover member, or as an async. For the member that formed the mirror there is
 *  nothing to do. A member that somebody stopped is started, one that was demoted is made the
 *  primary's partner again, and one that lost its volume joins anew under its name. */

import { askAgainMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { failoverMembersOf, statusOf } from "../instance.ts";
import { decide, otherType, type Decision } from "../joining/decide.ts";
import { removeStaleEntry } from "../joining/stale-entry.ts";
import { asyncTypeNumbers, productTypes } from "../member-types.ts";
import { withMembers } from "../members.ts";
import type { Session } from "../session.ts";
import { waitUntil } from "../wait.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"join">;

export function run(input: Input, world: World): Promise<VerbOutput<"join">> {
  const partners = input.failover.filter((one) => one.name !== input.member.name);
  return withMembers(world, [input.member, ...partners], async (asked) => {
    const decision = decide(input, asked);
    const { session } = decision.member;
    const changed =
      decision.act === "join"
        ? await joinAnew(input, decision, world)
        : await putRight(input, decision, world);
    const wanted = input.eligibility === "failover" ? ["BACKUP", "PRIMARY"] : ["CONNECTED"];
    await awaitStatus(input, wanted, session, world);
    return { version: contractVersion, mirror: input.mirror, changed };
  });
}

async function joinAnew(
  input: Input,
  decision: Decision & { act: "join" },
  world: World,
): Promise<true> {
  await removeStaleEntry(input, decision.through.session, world);
  await join(input, decision);
  return true;
}

/** Undoes what a person did to a member that is in the mirror. Source: SYS.Mirror StartMirror,
 *  Promote; GHA_mirror_manage 5.8, GHA_mirror_set_member_change 6.1.1.
 *  @returns whether there was anything */
async function putRight(
  input: Input,
  { member, start, promoteBeside }: Decision & { act: "stay" },
  world: World,
): Promise<boolean> {
  const { session } = member;
  if (promoteBeside !== undefined) {
    // Another one in its place was put there by a person, who alone may take it away again.
    const pair = await failoverMembersOf(promoteBeside.session);
    if (pair.length > 1) {
      throw otherType(input, member.state.type);
    }
  }
  if (start) {
    await session.call("Mirror.Start", { mirror: input.mirror });
  }
  if (promoteBeside !== undefined) {
    await awaitStatus(input, ["CONNECTED"], session, world);
    await session.call("Mirror.Promote");
    world.say(`${input.member.name}: was ${productTypes.dr}, is failover member again`);
  }
  return start || promoteBeside !== undefined;
}

async function join(input: Input, decision: Decision & { act: "join" }): Promise<void> {
  const { memberName, superserverAddress, mirrorAddress, agentAddress, agentPort } = input.member;
  const partner = decision.through.member;
  const argument = {
    mirror: input.mirror,
    partnerInstance: partner.instance,
    partnerAgentAddress: partner.agentAddress,
    partnerAgentPort: partner.agentPort,
    ...{ memberName, superserverAddress, mirrorAddress, agentAddress, agentPort },
  };
  const { session } = decision.member;
  await (input.eligibility === "failover"
    ? session.call("Mirror.Join", argument)
    : session.call("Mirror.JoinAsync", { ...argument, type: asyncTypeNumbers[input.eligibility] }));
}

/** Primary or caught up as backup; an async: connected. WAITING is not enough: such a member
 *  "retries for ever". Source: %SYSTEM.Mirror GetStatus. */
function awaitStatus(
  input: Input,
  wanted: readonly string[],
  session: Session,
  world: World,
): Promise<string> {
  return waitUntil(world, {
    subject: input.member.name,
    until: `it is ${wanted.join(" or ")}`,
    budgetMs: world.budget("backup"),
    everyMs: askAgainMs,
    remedy:
      `Look into the messages.log of ${input.member.container}. A name or an address the mirror ` +
      "knows otherwise, a partner whose agent is not reachable, or a disabled service keep it out.",
    probe: async () => {
      const status = await statusOf(session);
      return wanted.includes(status) ? { done: status } : { still: `it is ${status}` };
    },
  });
}
