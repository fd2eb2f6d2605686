/** In which order containers that must change go, when a formed mirror has something to lose. */

import type { Seen } from "./seen.ts";

/** A container that exists, and what it should have been created from. */
export interface RollWish {
  readonly container: string;
  readonly specification: string;
}

/** The members by key. */
export interface RollMembers {
  readonly failover: Readonly<Record<string, RollWish>>;
  readonly async: Readonly<Record<string, RollWish>>;
}

/** For each member the member whose new container must be ready first: asyncs before the pair, on
 *  which no failover depends, the current primary last. Empty for a first deploy and wherever no
 *  more than one container changes: those run in parallel. */
export function rollOrder(
  wish: RollMembers,
  seen: Pick<Seen, "containers" | "members">,
): Readonly<Record<string, string>> {
  if (!isFormed(seen)) return {};
  const changing = (members: RollMembers["failover"]) =>
    Object.keys(members).filter((key) => mustChange(members[key], seen));
  const pair = changing(wish.failover);
  const order = [
    ...changing(wish.async),
    ...pair.toSorted((one, other) => lateness(one, seen) - lateness(other, seen)),
  ];
  return Object.fromEntries(
    order.slice(1).map((key, index) => [key, order[index] ?? key] as const),
  );
}

/** Whether the arbiter changes together with a member: then it goes first, so that backup and
 *  arbiter are never away at once. Source: GHA_mirror_set (both lost at once: total outage). */
export function arbiterGoesFirst(
  arbiter: RollWish | undefined,
  { failover, async: asyncs }: RollMembers,
  seen: Pick<Seen, "containers" | "members">,
): boolean {
  const members = [...Object.values(asyncs), ...Object.values(failover)];
  const changes = members.some((wish) => mustChange(wish, seen));
  return isFormed(seen) && mustChange(arbiter, seen) && changes;
}

/** Whether any member that answers is in a mirror. */
function isFormed({ members }: Pick<Seen, "members">): boolean {
  return Object.values(members).some((member) => member.reachable && member.mirror !== undefined);
}

/** Whether a container exists that was created from something else. */
function mustChange(wish: RollWish | undefined, seen: Pick<Seen, "containers">): boolean {
  if (wish === undefined) return false;
  const container = seen.containers[wish.container];
  if (container === undefined || container.state === "absent") return false;
  return container.specification !== wish.specification;
}

/** The current primary goes last: its change moves the role, and once is enough. */
function lateness(key: string, seen: Pick<Seen, "members">): number {
  const member = seen.members[key];
  return member?.reachable === true && member.status === "PRIMARY" ? 1 : 0;
}
