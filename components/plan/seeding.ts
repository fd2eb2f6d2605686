/** What will happen to databases that hold data already, in the mirror's words and before it
 *  happens: which member's goes into the mirror, who gets a copy, and what is set aside. */

import type { DriftMember, DriftSeen, DriftWish } from "./drift.ts";
import type { ReachedMember } from "./seen.ts";
import type { DatabaseWish } from "./wishes.ts";

/** A member that holds the database, and what was seen of it; undefined when it did not answer. */
interface Holder {
  readonly key: string;
  readonly seen: ReachedMember | undefined;
}

/** One sentence for each database and member. Nothing for databases that grow up in the mirror, and
 *  nothing while it is not known who is primary. */
export function seedingNotes(wish: DriftWish, seen: DriftSeen): string[] {
  const primary = primaryOf(wish, seen);
  if (primary === undefined) return [];
  return wish.databases.flatMap((database) => {
    const others = Object.entries({ ...wish.failover, ...wish.async })
      .filter(([key, member]) => key !== primary.key && isHeld(member, database))
      .map(([key]) => ({ key, seen: reached(key, seen) }));
    return notesOf(database, primary, others);
  });
}

/** The primary; before there is a mirror the first failover member, which will form it. */
function primaryOf(wish: DriftWish, seen: DriftSeen): Holder | undefined {
  const pair = Object.keys(wish.failover).map((key) => ({ key, seen: reached(key, seen) }));
  const isFormed = pair.some((one) => one.seen?.mirror !== undefined);
  return isFormed ? pair.find((one) => one.seen?.status === "PRIMARY") : pair[0];
}

function reached(key: string, { members }: DriftSeen): ReachedMember | undefined {
  const member = members[key];
  return member?.reachable === true ? member : undefined;
}

function isHeld({ databases }: DriftMember, { name }: DatabaseWish): boolean {
  return databases.some((database) => database.name === name);
}

function notesOf({ name }: DatabaseWish, primary: Holder, others: readonly Holder[]): string[] {
  const added = primary.seen?.ordinary[name];
  const isMirrored = primary.seen?.databases[name] !== undefined;
  const copies = others.flatMap(({ key, seen }) => {
    const old = seen?.ordinary[name];
    // One that is new, or that journals may bring, is no matter of a copy yet. A copy of one that
    // is added anew is of no use: it becomes Obsolete.
    if (added === undefined && !(isMirrored && old !== undefined)) return [];
    return [`${name} on ${key}: gets a copy from a member that has it${asideText(old)}`];
  });
  return added === undefined
    ? copies
    : [
        `${name}: the ordinary database on ${primary.key} (${size(added)}) goes into the mirror ` +
          "with its data",
        ...copies,
      ];
}

function asideText(old: number | undefined): string {
  return old === undefined
    ? ""
    : `; the ordinary database there (${size(old)}) is set aside beside its directory, not deleted`;
}

/** Millions of bytes, as disks count. */
function size(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}
