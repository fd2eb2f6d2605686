/** What leaves: members and databases that an earlier run made and the topology names no more. The
 *  state knows them; where it was lost, their containers do. */

import type { Fault } from "./fault.ts";
import { pathText } from "./fault.ts";
import type { StoredMarkers } from "./marker.ts";
import { arbiterKey } from "./names.ts";
import type { MemberSeen, ReachedMember, Seen } from "./seen.ts";
import { memberStep, mirrorStep } from "./step-names.ts";

/** What stays, by key and by name. */
export interface Staying {
  readonly stack: string;
  /** Name of the mirror, upper case. */
  readonly mirror: string;
  readonly failover: readonly string[];
  readonly asyncs: readonly string[];
}

/** Where it is read from. */
type LeavingSeen = Pick<Seen, "containers" | "members">;

/** Keys of the members that leave, in their order. */
export function leavingMembers(wish: Staying, seen: LeavingSeen, stored: StoredMarkers): string[] {
  const suffix = memberStep("", "join");
  const known = Object.keys(stored)
    .filter((step) => step.endsWith(suffix))
    .map((step) => step.slice(0, -suffix.length));
  const keys = new Set([...known, ...containerOwners(wish.stack, seen)]);
  const staying = [...wish.failover, ...wish.asyncs, arbiterKey];
  return [...keys].filter((key) => !staying.includes(key)).toSorted();
}

function containerOwners(stack: string, { containers }: LeavingSeen): string[] {
  return Object.values(containers)
    .filter((one) => one.stack === stack && one.state !== "absent")
    .flatMap(({ member }) => member ?? []);
}

function heldBy(wish: Staying, member: MemberSeen | undefined): ReachedMember | undefined {
  const holds = member?.reachable === true && member.mirror?.name.toUpperCase() === wish.mirror;
  return holds ? member : undefined;
}

/** A failover member goes and another comes in one step, be it a new name for the same machine: the
 *  new one would be empty, and the one that has the data would leave. */
export function exchanged(wish: Staying, seen: Seen, stored: StoredMarkers): Fault[] {
  const isKnown = Object.hasOwn(stored, mirrorStep("form"));
  const isFormed = isKnown || Object.values(seen.members).some((one) => heldBy(wish, one));
  const leaving = leavingMembers(wish, seen, stored);
  if (!isFormed || leaving.length === 0) return [];
  const coming = wish.failover.filter(
    (key) => !Object.hasOwn(stored, memberStep(key, "join")) && isNew(key, wish, seen, isKnown),
  );
  return coming.map((key) => ({
    path: pathText(["failover", key]),
    given: `${key} in place of ${leaving.join(", ")}`,
    allowed: "one change at a time: a member leaves, or a member comes",
    remedy:
      `take ${key} out (a mirror may have one failover member meanwhile), run up, put it in, and ` +
      "run up again: it gets everything from the mirror",
  }));
}

/** Certainly not in the mirror: it says so, or nothing of it is there. */
function isNew(key: string, wish: Staying, seen: Seen, isKnown: boolean): boolean {
  const member = seen.members[key];
  if (member?.reachable === true) return heldBy(wish, member) === undefined;
  const isHere = containerOwners(wish.stack, seen).includes(key);
  return isKnown || !isHere;
}

/** The primary leaves, and the member that stays says that it could not take over. One that does
 *  not answer may be able to when its turn comes; the step looks again. */
export function withoutHeir(wish: Staying, seen: Seen, stored: StoredMarkers): Fault[] {
  const primary = leavingMembers(wish, seen, stored).find(
    (key) => heldBy(wish, seen.members[key])?.status === "PRIMARY",
  );
  const heirs = wish.failover.map((key) => seen.members[key]);
  const mayTakeOver = heirs.some((one) => one?.reachable !== true || one.status === "BACKUP");
  if (primary === undefined || mayTakeOver) return [];
  const states = wish.failover.map((key) => {
    const member = seen.members[key];
    return `${key} is ${member?.reachable === true ? member.status : "silent"}`;
  });
  return [
    {
      path: "failover",
      given: `no ${primary}, which is the primary, while ${states.join(", ")}`,
      allowed: "taking out the primary when an active backup can take over",
      remedy: `put ${primary} back, run up until npm run status shows both sound, take it out then`,
    },
  ];
}
