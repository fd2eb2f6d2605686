/** Faults of a topology against a mirror that is formed already: what the product gives no program
 *  a way to change, and what must not happen in one step. */

import { changedByHand } from "./by-hand.ts";
import { type Fault, pathText } from "./fault.ts";
import { hasData } from "./directories.ts";
import { productTypes } from "./members.ts";
import type { RefusalWish } from "./refusals.ts";
import type { MirrorSeen, Seen } from "./seen.ts";

/** The mirrors that members hold, by member; failover members first. */
function heldMirrors(wish: RefusalWish, seen: Seen): { key: string; mirror: MirrorSeen }[] {
  return [...wish.failover, ...Object.keys(wish.asyncs)].flatMap((key) => {
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
  const [first] = named;
  const second = named.find(({ mirror }) => mirror.guid !== first?.mirror.guid);
  const apart =
    first !== undefined && second !== undefined
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

/** The pair has certainly lost the mirror and an async still holds it, or does not answer and may:
 *  to form it anew would make a second mirror of that name, empty, beside the one with the data. */
export function lostPair(wish: RefusalWish, seen: Seen): Fault[] {
  const isGone = wish.failover.every((key) => {
    const place = wish.data.find(({ member }) => member === key);
    const member = seen.members[key];
    const isOutside = member?.reachable === true && member.mirror === undefined;
    return isOutside || !hasData(place?.name ?? "", seen);
  });
  const holder = heldMirrors(wish, seen).find(({ key }) => !wish.failover.includes(key));
  if (!isGone) return [];
  if (holder === undefined) return silentAsyncs(wish, seen);
  const isPromoted = memberType(holder.key, seen) === "Failover";
  return [
    {
      path: "failover",
      given: `members without the mirror, while ${holder.key} still holds ${holder.mirror.name}`,
      allowed: "a failover member that holds the mirror",
      remedy: isPromoted
        ? `write ${holder.key}, which was promoted, under failover alone, run up, then add the others`
        : `bring back a volume of a failover member, or let a person promote ${holder.key} if it is ` +
          "a DR async; nothing here makes a second mirror of that name",
    },
  ];
}

/** Asyncs that have a volume and do not answer. On a first deploy that was interrupted they have
 *  nothing; once there was a mirror, or where the state does not know, theirs may be the last good
 *  copy. */
function silentAsyncs(wish: RefusalWish, seen: Seen): Fault[] {
  if (wish.past.formed === "no") return [];
  return wish.data
    .filter(({ member = "" }) => Object.hasOwn(wish.asyncs, member))
    .filter(({ name, member = "" }) => {
      return hasData(name, seen) && seen.members[member]?.reachable !== true;
    })
    .map(({ name, member = "" }) => ({
      path: "failover",
      given: `members without the mirror, while ${member} does not answer and may hold the last copy`,
      allowed: "a failover member that holds the mirror, or asyncs that all say they do not",
      remedy:
        `start ${member} (docker start) and run up again; if its data are of no use, remove its ` +
        `container and its volume ${name} yourself`,
    }));
}

function memberType(key: string, { members }: Pick<Seen, "members">): string {
  const member = members[key];
  return member?.reachable === true ? member.type : "";
}

/** Words of GetMemberType that say what a member is; the others say that it is not known now.
 *  Source: %SYSTEM.Mirror GetMemberType. */
const knownTypes: readonly string[] = ["Failover", ...Object.values(productTypes)];

/** A member that the mirror has as something else than the topology: the topology was changed where
 *  the product has no way. What a person did by hand is another matter. */
export function otherTypes(wish: RefusalWish, seen: Seen): Fault[] {
  const byHand = Object.values(changedByHand(wish, seen)).flat();
  const wanted = [
    ...wish.failover.map((key) => ({ key, path: ["failover", key], type: "Failover" })),
    ...Object.entries(wish.asyncs).map(([key, type]) => ({
      ...{ key, type },
      path: ["async", key, "type"],
    })),
  ];
  return wanted.flatMap(({ key, path, type }) => {
    if (byHand.includes(key)) return [];
    const member = seen.members[key];
    const isMember = member?.reachable === true && member.mirror !== undefined;
    if (!isMember || member.type === type || !knownTypes.includes(member.type)) return [];
    return [
      {
        path: pathText(path),
        given: `${type}, but in the mirror ${key} is ${member.type}`,
        allowed: "what the member is in the mirror",
        remedy:
          "write what it is, under failover or async; or take it out, run up, and put it in again " +
          "under another name",
      },
    ];
  });
}
