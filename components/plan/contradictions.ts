/** Faults of a topology against a mirror that is formed already: what the product gives no program
 *  a way to change, and what must not happen in one step. */

import { type Fault, pathText } from "./fault.ts";
import type { RefusalWish } from "./refusals.ts";
import type { MirrorSeen, Seen } from "./seen.ts";

/** The mirrors that failover members hold, by member. */
function heldMirrors({ failover }: RefusalWish, seen: Seen): { key: string; mirror: MirrorSeen }[] {
  return failover.flatMap((key) => {
    const member = seen.members[key];
    return member?.reachable && member.mirror ? [{ key, mirror: member.mirror }] : [];
  });
}

/** What a formed mirror has and a program cannot change. Source: GHA_mirror_set_config (edit
 *  mirror): name never; arbiter and QoS timeout by a person, in the portal or ^MIRROR. */
export function contradictions(wish: RefusalWish, seen: Seen): Fault[] {
  const held = heldMirrors(wish, seen);
  const named = held.filter(({ mirror }) => mirror.name.toUpperCase() === wish.mirror.name);
  const others = held
    .filter(({ mirror }) => mirror.name.toUpperCase() !== wish.mirror.name)
    .map(({ key, mirror }) => ({
      path: "name",
      given: `${wish.mirror.name}, but ${key} is in the mirror ${mirror.name}`,
      allowed: "the name of the mirror that runs: it can never be changed",
      remedy: `write ${mirror.name}, or take the member out of that mirror first`,
    }));
  const [first, second] = named;
  const apart =
    first !== undefined && second !== undefined && first.mirror.guid !== second.mirror.guid
      ? [
          {
            path: "failover",
            given: `two mirrors named ${wish.mirror.name}, on ${first.key} and ${second.key}`,
            allowed: "one mirror",
            remedy: "decide whose data is right; nothing here may choose for you",
          },
        ]
      : [];
  return [...others, ...apart, ...(first === undefined ? [] : settings(wish, first))];
}

function settings(wish: RefusalWish, { key, mirror }: { key: string; mirror: MirrorSeen }) {
  const none = "no arbiter";
  const pairs = [
    { path: "arbiter", wanted: wish.mirror.arbiter ?? none, held: mirror.arbiter ?? none },
    {
      path: "qosTimeoutMs",
      wanted: String(wish.mirror.qosTimeoutMs),
      held: String(mirror.qosTimeoutMs),
    },
  ];
  return pairs
    .filter(({ wanted, held }) => wanted !== held)
    .map(({ path, wanted, held }) => ({
      path,
      given: `${wanted}, but the mirror on ${key} has ${held}`,
      allowed: "what the formed mirror has: the product changes it by a person only",
      remedy: `write it back, or change it on the primary (do ^MIRROR, or the portal) first`,
    }));
}

/** A failover member goes and another comes in one step: the new one could not join before the old
 *  one has left, and for that time nothing would be proven. */
export function exchange(wish: RefusalWish, seen: Seen): Fault[] {
  const held = heldMirrors(wish, seen);
  const leaving = Object.values(seen.containers)
    .filter(({ stack, member, state }) => stack === wish.stack && member && state !== "absent")
    .map(({ member }) => member ?? "")
    .filter((member) => !wish.containers.some((named) => named.member === member));
  const coming = wish.failover.filter((key) => {
    const named = wish.volumes.find(({ member }) => member === key);
    return named !== undefined && seen.volumes[named.name]?.exists !== true;
  });
  if (held.length === 0 || leaving.length === 0 || coming.length === 0) return [];
  return coming.map((key) => ({
    path: pathText(["failover", key]),
    given: `${key} in place of ${leaving.join(", ")}`,
    allowed: "one change at a time: a member leaves, or a member comes",
    remedy: `take ${key} out, run up, and put it in again then`,
  }));
}
