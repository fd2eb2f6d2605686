/** Members that are in the mirror as something else than the topology says, because a person made
 *  them that and not because the topology was changed. A demoted backup is drift: there is one way
 *  back. A DR that was promoted is none: somebody needed a primary, and only he knows for how long.
 *  Source: GHA_mirror_set_member_change (6.1.1, 6.3). */

import { type Fault, pathText } from "./fault.ts";
import { productTypes } from "./members.ts";
import type { Past } from "./past.ts";
import type { Seen } from "./seen.ts";

/** What the members are to be, and what they were when they joined. */
export interface Memberships {
  readonly failover: readonly string[];
  /** The asyncs, each with the product's word for what it is to be. */
  readonly asyncs: Readonly<Record<string, string>>;
  readonly past: Past;
}

/** Keys of members. */
export interface ByHand {
  /** Failover members that are DR asyncs now, while nobody has their place. */
  readonly demoted: readonly string[];
  /** DR asyncs that are failover members now. */
  readonly promoted: readonly string[];
  /** Failover members that are DR asyncs now because of a promotion. */
  readonly replaced: readonly string[];
}

/** What persons changed. Nothing where the state does not say that the member joined as what it is
 *  to be: then the topology was changed, or nobody knows. */
export function changedByHand(
  { failover, asyncs, past }: Memberships,
  { members }: Pick<Seen, "members">,
): ByHand {
  const isNow = (key: string, type: string) => {
    const member = members[key];
    return member?.reachable === true && member.mirror !== undefined && member.type === type;
  };
  const promoted = Object.keys(asyncs).filter(
    (key) =>
      asyncs[key] === productTypes.dr && past.joinedAs[key] === "dr" && isNow(key, "Failover"),
  );
  const asDr = failover.filter(
    (key) => past.joinedAs[key] === "failover" && isNow(key, productTypes.dr),
  );
  return promoted.length === 0
    ? { promoted, demoted: asDr, replaced: [] }
    : { promoted, demoted: [], replaced: asDr };
}

/** What a promotion by hand means, and which change of the topology makes it permanent. */
export function promotionNotes({ promoted, replaced }: ByHand): string[] {
  const demoted =
    replaced.length === 0 ? "" : `, and ${replaced.join(", ")} is ${productTypes.dr} since`;
  return promoted.map(
    (key) =>
      `${key} was promoted to failover member by hand${demoted}. This is left as it is. To make it ` +
      `permanent write ${key} under failover` +
      (replaced.length === 0
        ? " and take out the member that is gone"
        : ` and ${replaced.join(", ")} under async (type: dr)`) +
      `; to undo it promote the former failover member again (SYS.Mirror.Promote on it).`,
  );
}

/** A failover member that does not run while a DR was promoted may not know of it: started, it may
 *  become a second primary. Source: SYS.Mirror.PromoteWithPartner (ValidatedMember). */
export function startFaults(
  wish: Memberships & {
    readonly containers: readonly { readonly name: string; readonly member?: string }[];
  },
  seen: Pick<Seen, "members" | "containers">,
): Fault[] {
  const [promoted] = changedByHand(wish, seen).promoted;
  if (promoted === undefined) return [];
  const wouldStart = ({ name }: { readonly name: string }) =>
    seen.containers[name]?.state !== "running";
  return wish.containers
    .filter(({ member = "" }) => wish.failover.includes(member))
    .filter(wouldStart)
    .map(({ member = "" }) => ({
      path: pathText(["failover", member]),
      given: `${member}, which does not run, while ${promoted} was promoted by hand`,
      allowed: "no start before a person has looked: it may believe to be primary still",
      remedy:
        "set ValidatedMember=0 in [MirrorMember] of the iris.cpf on its volume, start its container " +
        "by hand, then write in the topology what each member is",
    }));
}
