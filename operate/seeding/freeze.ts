/** The time in which the files of an instance stay as they are while its processes go on writing.
 *  It belongs to the session and ends by itself: whoever comes next lifts what a killed run left.
 *  Source: class reference Backup.General. Assumed: a backup may be frozen as a primary may. */

import { flag } from "../answers.ts";
import { lookAgainMs } from "../budgets.ts";
import { openObject, oneOf } from "../contract/shape.ts";
import { ask } from "../instance.ts";
import { MirrorError } from "../mirror-error.ts";
import type { Session } from "../session.ts";
import { waitUntil } from "../wait.ts";
import type { World } from "../world.ts";

const begun = openObject({ state: oneOf("frozen", "busy", "foreign") });
const ended = openObject({ held: flag });

/** What stands in the way, in words. */
const still = {
  busy: "another step copies from it",
  foreign: "somebody else has frozen it, perhaps a backup of the host",
} as const;

/** Runs while the instance of the session is frozen, and ends that whatever happens.
 *  @throws MirrorError `copy-failed` when the freeze had ended before the work did */
export async function whileFrozen<T>(
  world: World,
  { session, limitMs }: { readonly session: Session; readonly limitMs: number },
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = await begin(world, session, limitMs);
  let result: T;
  try {
    result = await work();
  } catch (problem) {
    await end(session);
    throw problem;
  }
  const isHeld = await end(session);
  const tookMs = world.clock.now() - startedAt;
  if (!isHeld || tookMs >= limitMs) {
    throw new MirrorError({
      code: "copy-failed",
      subject: session.member.container,
      seen: `its freeze ended before the copy did (limit ${limitMs / 1000} s)`,
      remedy:
        "Run the same command again; IRIS_MIRROR_PATIENCE=2 doubles the limit, but updates wait " +
        "after 600 s of a freeze.",
    });
  }
  world.say(`${session.member.name}: its files stood still for ${Math.round(tookMs)} ms`);
  return result;
}

/** Time of the last look before it was frozen. */
function begin(world: World, session: Session, limitMs: number): Promise<number> {
  return waitUntil(world, {
    subject: session.member.name,
    until: "its files may stand still for a copy",
    budgetMs: world.budget("frozen"),
    everyMs: lookAgainMs,
    remedy: "See who holds it: Backup.General IsWDSuspended; ExternalThaw ends a forgotten freeze.",
    probe: async () => {
      const now = world.clock.now();
      const argument = { seconds: Math.floor(limitMs / 1000) };
      const { state } = await ask(session, begun, "Freeze.Begin", argument);
      return state === "frozen" ? { done: now } : { still: still[state] };
    },
  });
}

const end = async (session: Session): Promise<boolean> =>
  (await ask(session, ended, "Freeze.End")).held;
