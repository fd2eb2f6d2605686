/** A primary that is to leave hands its role to the other failover member first: its instance is
 *  stopped, which tells an active backup to take over, and started again, which makes it the
 *  backup. Source: GHA_mirror_set_member_change 6.1.2. */

import { lookAgainMs, lookAtPartnerMs } from "./budgets.ts";
import { failoverReadyOf } from "./instance.ts";
import { iris } from "./iris-command.ts";
import { holds, isPrimaryOf, isReached, lookAgain, withMembers, type Reached } from "./members.ts";
import { otherMembers } from "./stack-members.ts";
import { waitUntil } from "./wait.ts";
import type { World } from "./world.ts";

/** Who hands over to whom, in which mirror. */
interface Handing {
  readonly mirror: string;
  readonly from: Reached;
  readonly to: Reached;
}

/** Moves the role. @throws MirrorError `may-not-go` while the other one is not an active backup
 *  that is caught up: nothing is stopped then */
export async function handOver(world: World, handing: Handing): Promise<void> {
  const { from, to } = handing;
  await awaitReady(world, handing);
  world.say(`${from.member.name}: it is primary and leaves; ${to.member.name} takes over first`);
  await iris(from.member, world, "stop");
  try {
    await awaitPrimary(world, handing);
  } finally {
    await iris(from.member, world, "start");
  }
}

/** Where no listed member is primary: the primary is one that was taken out of the topology, and
 *  hands over to the listed one. Nothing where there is no such member. */
export async function relieveLeaving(
  world: World,
  mirror: string,
  listed: readonly Reached[],
): Promise<void> {
  const heir = listed.find((one) => holds(one.state, mirror));
  if (heir === undefined || listed.some((one) => isPrimaryOf(one.state, mirror))) {
    return;
  }
  const others = await otherMembers(
    world,
    listed.map(({ member }) => member),
  );
  await withMembers(world, others, async (asked) => {
    const from = asked.filter(isReached).find((one) => isPrimaryOf(one.state, mirror));
    if (from !== undefined && from.state.mirror?.guid === heir.state.mirror?.guid) {
      await handOver(world, { mirror, from, to: heir });
    }
  });
}

/** `IsFailoverReady` demands an active backup whose databases are caught up, and arbiter controlled
 *  mode where an arbiter is configured. Source: SYS.Mirror IsFailoverReady. */
function awaitReady(world: World, { from, to }: Handing): Promise<undefined> {
  return waitUntil(world, {
    subject: from.member.name,
    until: `${to.member.name} can take over`,
    code: "may-not-go",
    budgetMs: world.budget("failoverReady"),
    everyMs: lookAtPartnerMs,
    remedy:
      `Put ${from.member.name} back into the topology, run \`npx pulumi up\` until ` +
      "`npm run status` shows both members sound, and take it out then.",
    probe: async () => {
      const { status } = (await lookAgain(to)).state;
      const { ready, reason } = await failoverReadyOf(from.session);
      return status === "BACKUP" && ready
        ? { done: undefined }
        : { still: `it is primary, and ${to.member.name} is ${status}: ${reason}` };
    },
  });
}

function awaitPrimary(world: World, { mirror, from, to }: Handing): Promise<undefined> {
  return waitUntil(world, {
    subject: to.member.name,
    until: "it is primary",
    budgetMs: world.budget("primary"),
    everyMs: lookAgainMs,
    remedy:
      `${from.member.name} was stopped and is started again, which lets it go on. Look into the ` +
      `messages.log of ${to.member.container}, then run the same command again.`,
    probe: async () => {
      const now = await lookAgain(to);
      return isPrimaryOf(now.state, mirror)
        ? { done: undefined }
        : { still: `it is ${now.state.status}` };
    },
  });
}
