/** Makes an instance a member of a mirror that exists, through the agent of a failover member: as
 *  the second failover member, or as an async. For the member that formed the mirror there is
 *  nothing to do. */

import { askAgainMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { memberNamesOf, statusOf } from "../instance.ts";
import { asyncTypeNumbers, isOtherType, productTypes } from "../member-types.ts";
import { holds, inWords, isReached, withMembers, type Asked, type Reached } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import type { Session } from "../session.ts";
import { waitUntil } from "../wait.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"join">;

export function run(input: Input, world: World): Promise<VerbOutput<"join">> {
  const partners = input.failover.filter((one) => one.name !== input.member.name);
  return withMembers(world, [input.member, ...partners], async (asked) => {
    const decision = decide(input, asked);
    if (decision.act === "join") {
      refuseStale(input, await memberNamesOf(decision.through.session));
      await join(input, decision);
    }
    await awaitMember(input, decision.member.session, world);
    return {
      version: contractVersion,
      mirror: input.mirror,
      changed: decision.act === "join",
    };
  });
}

type Decision =
  | { readonly act: "none"; readonly member: Reached }
  | { readonly act: "join"; readonly member: Reached; readonly through: Reached };

/** `asked` holds the member itself first, then its partners. */
function decide(input: Input, asked: readonly Asked[]): Decision {
  const [member, ...partners] = asked;
  if (member === undefined) {
    throw new RangeError("nobody was asked");
  }
  if (!isReached(member)) {
    throw member.problem;
  }
  const through = partners.filter(isReached).find((one) => holds(one.state, input.mirror));
  if (member.state.mirror === undefined) {
    if (through === undefined) {
      throw mirrorAbsent(input, partners);
    }
    return { act: "join", member, through };
  }
  if (!holds(member.state, input.mirror)) {
    throw new MirrorError({
      code: "other-mirror",
      subject: input.member.name,
      seen: `it belongs to the mirror ${member.state.mirror.name}, wanted: ${input.mirror}`,
      remedy: "Take it out of that mirror, or give it another volume.",
    });
  }
  if (isOtherType(member.state.type, input.eligibility)) {
    throw otherType(input, member.state.type);
  }
  const other = through?.state.mirror;
  if (other !== undefined && other.guid !== member.state.mirror.guid) {
    throw new MirrorError({
      code: "two-mirrors",
      subject: input.mirror,
      seen: `${input.member.name} holds ${member.state.mirror.guid}, its partner ${other.guid}`,
      remedy: "Decide which holds the data you want; take the other one out with `^MIRROR`.",
    });
  }
  return { act: "none", member };
}

function otherType(input: Input, type: string): MirrorError {
  return new MirrorError({
    code: "other-type",
    subject: input.member.name,
    seen: `it is in the mirror as ${type}, wanted: ${productTypes[input.eligibility]}`,
    remedy: "Write in the topology what it is, or take it out and put it in under another name.",
  });
}

function mirrorAbsent(input: Input, partners: readonly Asked[]): MirrorError {
  const unseen = partners.find((one) => !isReached(one));
  return new MirrorError({
    code: "mirror-absent",
    subject: input.member.name,
    seen: `no partner shows the mirror ${input.mirror}: ${inWords(partners) || "there is none"}`,
    remedy:
      unseen === undefined
        ? "Run `npx pulumi up`: its step form creates the mirror."
        : `Start ${unseen.member.container}, then run the same command again.`,
  });
}

/** A member that has lost its volume is still in the configuration of the others, and a second one
 *  of its name is refused (ERROR #2033). The entry is removed only by hand.
 *  Source: ERR, GHA_mirror_manage. */
function refuseStale(input: Input, listed: readonly string[]): void {
  const name = input.member.memberName.toUpperCase();
  if (listed.includes(name)) {
    throw new MirrorError({
      code: "stale-entry",
      subject: input.member.name,
      seen: `it is in no mirror, and ${input.mirror} still lists a member ${name}: its volume was lost`,
      remedy:
        "Remove that entry on the primary (Management Portal, Remove Other Mirror Member), then run " +
        "`npx pulumi up`.",
    });
  }
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
function awaitMember(input: Input, session: Session, world: World): Promise<string> {
  const wanted = input.eligibility === "failover" ? ["BACKUP", "PRIMARY"] : ["CONNECTED"];
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
