/** Makes sure that the mirror exists, once. Never a second mirror of the same name: that is what a
 *  member on an empty volume would make while the mirror lives elsewhere. So it
 *  decides only when every failover member has said what it holds. */

import { askAgainMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, type MemberAddress, type MirrorSettings } from "../contract/common.ts";
import type { MirrorSeen } from "../contract/look.ts";
import { relieveLeaving } from "../hand-over.ts";
import {
  inWords,
  isPrimaryOf,
  isReached,
  lookAgain,
  withMembers,
  type Asked,
  type Reached,
} from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import { waitUntil } from "../wait.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"form">;

export function run(input: Input, world: World): Promise<VerbOutput<"form">> {
  const wanted = input.mirror;
  return withMembers(world, input.failover, async (asked) => {
    const decision = decide(wanted, asked);
    await (decision.act === "create"
      ? create(decision.on, wanted)
      : relieveLeaving(world, wanted.name, asked.filter(isReached)));
    const guid = await awaitPrimary(wanted, asked.filter(isReached), world);
    return {
      version: contractVersion,
      mirror: wanted.name,
      guid,
      changed: decision.act === "create",
    };
  });
}

type Decision =
  | { readonly act: "exists"; readonly mirror: MirrorSeen }
  | { readonly act: "create"; readonly on: Reached };

/** Whether the mirror exists, or where it is created. @throws MirrorError when that is a guess. */
function decide(wanted: MirrorSettings, asked: readonly Asked[]): Decision {
  const reached = asked.map((one) => {
    if (!isReached(one)) {
      throw cannotSee(wanted, one.member, one.problem);
    }
    return one;
  });
  const holders = reached.filter((one) => one.state.mirror !== undefined);
  const [first] = reached;
  const [holder, second] = holders;
  if (holder?.state.mirror === undefined) {
    if (first === undefined) {
      throw new RangeError("a mirror needs a failover member");
    }
    return { act: "create", on: first };
  }
  for (const one of holders) {
    refuseOtherName(wanted, one);
  }
  if (second?.state.mirror !== undefined && second.state.mirror.guid !== holder.state.mirror.guid) {
    throw new MirrorError({
      code: "two-mirrors",
      subject: wanted.name,
      seen:
        `${holder.member.name} holds ${holder.state.mirror.guid}, ` +
        `${second.member.name} holds ${second.state.mirror.guid}`,
      remedy: "Decide which holds the data you want; take the other one out with `^MIRROR`.",
    });
  }
  refuseOtherSettings(wanted, holder.state.mirror);
  return { act: "exists", mirror: holder.state.mirror };
}

function cannotSee(wanted: MirrorSettings, member: MemberAddress, cause: MirrorError): MirrorError {
  return new MirrorError({
    code: "cannot-see-all",
    subject: wanted.name,
    seen: `${member.name} cannot be asked whether it holds the mirror: ${cause.seen}`,
    remedy: cause.remedy,
    cause,
  });
}

function refuseOtherName(wanted: MirrorSettings, holder: Reached): void {
  const held = holder.state.mirror?.name ?? "";
  if (held.toUpperCase() !== wanted.name.toUpperCase()) {
    throw new MirrorError({
      code: "other-mirror",
      subject: holder.member.name,
      seen: `it belongs to the mirror ${held}, wanted: ${wanted.name}`,
      remedy: `Name the mirror ${held} in the topology, or give the member another volume.`,
    });
  }
}

function refuseOtherSettings(wanted: MirrorSettings, held: MirrorSeen): void {
  const differences = [
    ...(held.arbiter === wanted.arbiter
      ? []
      : [`arbiter ${held.arbiter ?? "none"}, wanted: ${wanted.arbiter ?? "none"}`]),
    ...(held.qosTimeoutMs === wanted.qosTimeoutMs
      ? []
      : [`QoS timeout ${held.qosTimeoutMs} ms, wanted: ${wanted.qosTimeoutMs} ms`]),
  ];
  if (differences.length > 0) {
    throw new MirrorError({
      code: "settings-differ",
      subject: wanted.name,
      seen: `the mirror exists with ${differences.join("; ")}`,
      remedy:
        "The product changes this only by hand (Management Portal, Edit Mirror, on the primary): " +
        "do so, or put the topology back.",
    });
  }
}

async function create(on: Reached, wanted: MirrorSettings): Promise<void> {
  const { memberName, superserverAddress, mirrorAddress, agentAddress, agentPort } = on.member;
  await on.session.call("Mirror.Create", {
    mirror: wanted.name,
    arbiter: wanted.arbiter ?? "",
    qosTimeoutMs: wanted.qosTimeoutMs,
    ...{ memberName, superserverAddress, mirrorAddress, agentAddress, agentPort },
  });
}

/** The identity of the mirror, once one of its members is primary. */
function awaitPrimary(
  wanted: MirrorSettings,
  members: readonly Reached[],
  world: World,
): Promise<string> {
  return waitUntil(world, {
    subject: wanted.name,
    until: "a failover member is primary",
    budgetMs: world.budget("primary"),
    everyMs: askAgainMs,
    remedy: "Look into the messages.log of the members for the reason.",
    probe: async () => {
      const now = await Promise.all(members.map((one) => lookAgain(one)));
      const primary = now.find((one) => isPrimaryOf(one.state, wanted.name));
      return primary?.state.mirror === undefined
        ? { still: inWords(now) }
        : { done: primary.state.mirror.guid };
    },
  });
}
