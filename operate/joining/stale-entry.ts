/** The entry of a member that has lost its volume. It is still in the configuration of the others,
 *  and a second member of its name is refused (ERROR #2033). Source: ERR; GHA_mirror_manage.
 *  Assumed: that `Config.MapMirrors.Delete` on the primary removes it. Documented is only the
 *  portal's Remove Other Mirror Member; a product that refuses the call changes nothing, and a
 *  person does it. */

import { askAgainMs } from "../budgets.ts";
import type { MemberAddress } from "../contract/common.ts";
import { actInRole, entryOf, memberNamesOf } from "../instance.ts";
import { withPrimary } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import type { Session } from "../session.ts";
import { waitUntil } from "../wait.ts";
import type { World } from "../world.ts";
import type { Joining } from "./decide.ts";

/** Removes the entry when there is one: this instance is in no mirror, and the entry leads to its
 *  own address, so nobody else answers under that name. */
export async function removeStaleEntry(
  input: Joining & { readonly failover: readonly MemberAddress[] },
  through: Session,
  world: World,
): Promise<void> {
  if (!(await isListed(input, through))) {
    return;
  }
  const failover = input.failover.filter(({ name }) => name !== input.member.name);
  await withPrimary(world, { mirror: input.mirror, failover }, async ({ member, session }) => {
    if (!(await isListed(input, session))) {
      return;
    }
    await refuseElsewhere(input, session);
    world.say(
      `${input.member.name}: removing the entry of the lost member on ${member.name} ` +
        "(assumed to be accepted: the product documents only Remove Other Mirror Member)",
    );
    await forget(input, session);
    await awaitForgotten(input, session, world);
  });
}

async function isListed({ member }: Joining, session: Session): Promise<boolean> {
  return (await memberNamesOf(session)).includes(member.memberName.toUpperCase());
}

async function refuseElsewhere(input: Joining, session: Session): Promise<void> {
  const { memberName, mirrorAddress, agentAddress } = input.member;
  const entry = await entryOf(session, { mirror: input.mirror, memberName });
  if (entry.mirrorAddress !== mirrorAddress || entry.agentAddress !== agentAddress) {
    const places = `${entry.mirrorAddress}, its agent at ${entry.agentAddress}`;
    throw staleEntry(input, `that one is at ${places}, which is not this instance`);
  }
}

async function forget(input: Joining, session: Session): Promise<void> {
  const argument = {
    ...{ mirror: input.mirror, memberName: input.member.memberName },
    primary: true,
  };
  try {
    if (await actInRole(session, "Mirror.Forget", argument)) {
      return;
    }
  } catch (problem) {
    if (problem instanceof MirrorError && problem.code === "instance-refused") {
      throw staleEntry(input, problem.seen);
    }
    throw problem;
  }
  throw staleEntry(input, "the primary changed just now");
}

function staleEntry(input: Joining, why: string): MirrorError {
  const name = input.member.memberName.toUpperCase();
  return new MirrorError({
    code: "stale-entry",
    subject: input.member.name,
    seen: `it is in no mirror, and ${input.mirror} still lists a member ${name}; ${why}`,
    remedy:
      "Remove that entry on the primary (Management Portal, Remove Other Mirror Member), then run " +
      "`npx pulumi up`.",
  });
}

function awaitForgotten(input: Joining, session: Session, world: World): Promise<true> {
  return waitUntil(world, {
    subject: input.mirror,
    until: `${input.member.memberName.toUpperCase()} is listed no more`,
    budgetMs: world.budget("record"),
    everyMs: askAgainMs,
    remedy: "Look at the Mirror Monitor of the primary, then run the same command again.",
    probe: async () =>
      (await isListed(input, session)) ? { still: "it is listed" } : { done: true },
  });
}
