/** The failover members as the verbs see them: all at once, and the one that is primary. */

import type { MemberAddress } from "./contract/common.ts";
import { stateOf, type InstanceState } from "./instance.ts";
import { stateWithOrWithoutCode } from "./plain-state.ts";
import { MirrorError } from "./mirror-error.ts";
import type { Session } from "./session.ts";
import { waitUntil, type Seen } from "./wait.ts";
import { lookAgainMs } from "./budgets.ts";
import type { World } from "./world.ts";

/** A member that answered. */
export interface Reached {
  readonly member: MemberAddress;
  readonly session: Session;
  readonly state: InstanceState;
}

/** A member that did not, and why. */
interface Unreached {
  readonly member: MemberAddress;
  readonly problem: MirrorError;
}

export type Asked = Reached | Unreached;

export const isReached = (asked: Asked): asked is Reached => "session" in asked;

/** Opens a session in every member at once, runs, and closes them all. */
export async function withMembers<T>(
  world: World,
  members: readonly MemberAddress[],
  work: (asked: readonly Asked[]) => Promise<T>,
): Promise<T> {
  const opened = members.map((member) => ({ member, session: world.open(member) }));
  try {
    const asked = opened.map(({ member, session }) => askState(member, session));
    return await work(await Promise.all(asked));
  } finally {
    opened.forEach(({ session }) => {
      session.close();
    });
  }
}

async function askState(member: MemberAddress, session: Session): Promise<Asked> {
  try {
    return { member, session, state: await stateWithOrWithoutCode(session) };
  } catch (problem) {
    if (problem instanceof MirrorError) {
      return { member, problem };
    }
    throw problem;
  }
}

/** The state again, for a look that must be fresh. */
export async function lookAgain(reached: Reached): Promise<Reached> {
  return { ...reached, state: await stateOf(reached.session) };
}

/** What each member is, for a person: `mirrorA BACKUP, mirrorB: the container is exited`. */
export function inWords(asked: readonly Asked[]): string {
  return asked
    .map((one) =>
      isReached(one)
        ? `${one.member.name} is ${one.state.status}`
        : `${one.member.name} cannot be asked (${one.problem.seen})`,
    )
    .join(", ");
}

/** Runs with the member that is primary of the mirror now. Members are asked in the given order,
 *  one after another, because the first is primary nearly always; while a role is being decided it
 *  waits. @throws MirrorError `no-primary` when none becomes primary in time, `mirror-absent` when
 *  all can be asked and none holds the mirror. */
export async function withPrimary<T>(
  world: World,
  place: Place,
  work: (primary: Reached) => Promise<T>,
): Promise<T> {
  const sessions = new Map<string, Session>();
  try {
    const primary = await waitUntil(world, {
      subject: place.mirror,
      until: "a failover member is primary",
      code: "no-primary",
      budgetMs: world.budget("primary"),
      everyMs: lookAgainMs,
      remedy:
        "Look with `npm run status`; start the members, both if both were down. Where a member that " +
        "is being taken out is the primary, let it hand over first (`iris stop`).",
      probe: () => searchPrimary(world, place, sessions),
    });
    return await work(primary);
  } finally {
    sessions.forEach((session) => {
      session.close();
    });
  }
}

/** Where a mirror is looked for. */
export interface Place {
  readonly mirror: string;
  readonly failover: readonly MemberAddress[];
}

async function searchPrimary(
  world: World,
  place: Place,
  sessions: Map<string, Session>,
): Promise<Seen<Reached>> {
  const asked: Asked[] = [];
  for (const member of place.failover) {
    const session = sessions.get(member.name) ?? world.open(member);
    sessions.set(member.name, session);
    const one = await askState(member, session);
    if (isReached(one) && isPrimaryOf(one.state, place.mirror)) {
      return { done: one };
    }
    if (!isReached(one)) {
      // Its session is lost; the next look opens a new one.
      sessions.delete(member.name);
      giveUpOn(one.problem);
    }
    asked.push(one);
  }
  if (asked.every((one) => isReached(one) && !holds(one.state, place.mirror))) {
    throw new MirrorError({
      code: "mirror-absent",
      subject: place.mirror,
      seen: `no failover member holds the mirror: ${inWords(asked)}`,
      remedy: "Run `npx pulumi up`: its step form creates it.",
    });
  }
  return { still: inWords(asked) };
}

/** Waiting brings back a member that starts, not a Docker engine. */
function giveUpOn(problem: MirrorError): void {
  if (problem.code === "docker-unreachable") {
    throw problem;
  }
}

/** Belongs to the mirror of that name. */
export function holds(state: InstanceState, mirror: string): boolean {
  return state.mirror?.name.toUpperCase() === mirror.toUpperCase();
}

/** Primary of this mirror, not of another one. */
export function isPrimaryOf(state: InstanceState, mirror: string): boolean {
  return state.status === "PRIMARY" && holds(state, mirror);
}
