/** Whether the mirror can do without a member's container now: the last guard before Pulumi
 *  removes one. Never both failover members at once, and the primary only where an active backup
 *  takes over on its graceful stop. Source: GHA_mirror_set 3.3.3.1. */

import { lookAtPartnerMs } from "../budgets.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { anyText, openObject } from "../contract/shape.ts";
import { findContainers } from "../docker.ts";
import { ask, failoverReadyOf } from "../instance.ts";
import { holds, isReached, withMembers, type Asked, type Reached } from "../members.ts";
import { isAsync } from "../member-types.ts";
import type { MirrorError } from "../mirror-error.ts";
import { waitUntil, type Seen } from "../wait.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"may-go">;

export async function run(input: Input, world: World): Promise<VerbOutput<"may-go">> {
  const why = input.everyoneGoes
    ? "the whole stack goes"
    : await waitUntil(world, {
        subject: input.member.name,
        until: "the mirror can do without it",
        code: "may-not-go",
        budgetMs: world.budget("partnerBack"),
        everyMs: lookAtPartnerMs,
        remedy:
          "Look with `npm run status`. Bring the other member back first; a primary goes only " +
          "while its backup is ready to take over.",
        probe: () => probe(input, world),
      });
  return { version: contractVersion, mayGo: true, why };
}

async function probe(input: Input, world: World): Promise<Seen<string>> {
  const unsettled = await previousUnsettled(input, world);
  return unsettled === undefined ? probePair(input, world) : { still: unsettled };
}

/** Why the member that was replaced just before is not back yet; `undefined` when it is, or when
 *  there is none. In a roll each is back before the next goes. */
function previousUnsettled({ mirror, previous }: Input, world: World): Promise<string | undefined> {
  return withMembers(world, previous === undefined ? [] : [previous], ([one]) => {
    const status = one === undefined ? undefined : seenOf(one);
    const isBack =
      one === undefined ||
      (isReached(one) && (!holds(one.state, mirror) || settled.includes(one.state.status)));
    return Promise.resolve(isBack ? undefined : `${one.member.name} is not back: ${status ?? ""}`);
  });
}

/** Statuses in which a member is where it belongs. Source: %SYSTEM.Mirror GetStatus. */
const settled: readonly string[] = ["PRIMARY", "BACKUP", "CONNECTED"];

function probePair(input: Input, world: World): Promise<Seen<string>> {
  const partners = input.failover.filter((one) => one.name !== input.member.name);
  return withMembers(world, [input.member, ...partners], async ([member, ...others]) => {
    if (member === undefined) {
      throw new RangeError("nobody was asked");
    }
    const decision = decide(input.mirror, member, others);
    if (!("primary" in decision)) {
      return decision;
    }
    const { ready, reason } = await failoverReadyOf(decision.primary.session);
    if (member === decision.primary && !ready) {
      return { still: `its backup is not ready to take over: ${reason}` };
    }
    return mark(input, decision.primary, world);
  });
}

/** The answer, or the primary on which the answer still depends. */
export function decide(
  mirror: string,
  member: Asked,
  others: readonly Asked[],
): Seen<string> | { readonly primary: Reached } {
  if (!isReached(member)) {
    return withoutAnswer(member.problem);
  }
  if (!holds(member.state, mirror)) {
    return { done: "it is not in the mirror" };
  }
  if (isAsync(member.state.type)) {
    return { done: "it is an async: no failover depends on it" };
  }
  if (others.length === 0) {
    return { done: "it is the only failover member: the mirror is down while it is away" };
  }
  const [silent] = others.filter((one) => !isReached(one));
  if (silent !== undefined) {
    return { still: `${silent.member.name} cannot be asked: ${seenOf(silent)}` };
  }
  const all = [member, ...others.filter(isReached)];
  const primary = all.find((one) => one.state.status === "PRIMARY");
  const unready = all.find(
    (one) => one !== primary && one !== member && one.state.status !== "BACKUP",
  );
  if (primary === undefined || unready !== undefined) {
    return { still: all.map((one) => `${one.member.name} is ${one.state.status}`).join(", ") };
  }
  return { primary };
}

function seenOf(asked: Asked): string {
  return isReached(asked) ? asked.state.status : asked.problem.seen;
}

/** A member that serves nothing can go; one that is silent may be serving. */
function withoutAnswer(problem: MirrorError): Seen<string> {
  switch (problem.code) {
    case "container-absent":
    case "container-stopped":
    case "instance-down":
      return { done: `it serves nothing: ${problem.seen}` };
    default:
      return { still: `it cannot be asked: ${problem.seen}` };
  }
}

/** Only one member goes at a time: the primary remembers which, until its container is another. */
async function mark(input: Input, primary: Reached, world: World): Promise<Seen<string>> {
  // The member itself is not among the failover members when it is being taken out.
  const names = [input.member, ...input.failover].map((one) => one.container);
  const containers = await findContainers(world, [...new Set(names)]);
  const own = containers.find((one) => one.name === input.member.container);
  const { member } = await ask(primary.session, openObject({ member: anyText }), "Going.Mark", {
    member: input.member.name,
    container: own?.id ?? "",
    containers: `,${containers.map((one) => one.id).join(",")},`,
    now: Math.floor(Date.now() / 1000),
    seconds: Math.ceil(world.budget("memberGoes") / 1000),
  });
  return member === input.member.name
    ? { done: `${primary.member.name} is primary and the backup is active` }
    : { still: `${member} is about to go` };
}
