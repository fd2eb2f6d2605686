/** What will happen to that which leaves, in words and before it happens. Pulumi shows it as a bare
 *  delete. */

import { leavingMembers, type Staying } from "./leaving.ts";
import type { StoredMarkers } from "./marker.ts";
import type { Seen } from "./seen.ts";

/** Notes and warnings of one run. */
export interface Told {
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** One sentence for each member and database that leaves. */
export function leavingTold(
  wish: Staying & { readonly databases: readonly { readonly name: string }[] },
  seen: Pick<Seen, "containers" | "members">,
  stored: StoredMarkers,
): Told {
  const leaving = leavingMembers(wish, seen, stored);
  const hasContainer = (key: string) =>
    Object.values(seen.containers).some(
      (one) => one.stack === wish.stack && one.member === key && one.state !== "absent",
    );
  const kept = new Set(wish.databases.map(({ name }) => name));
  // Only a database's step has a name without a small letter.
  const databases = Object.keys(stored).filter((step) => !/[a-z]/.test(step) && !kept.has(step));
  return {
    notes: [
      ...leaving.filter(hasContainer).map((key) => memberNote(key, wish, seen)),
      ...databases.map(
        (name) =>
          `${name} leaves the mirror, on the primary first; its files stay on every member as an ` +
          "ordinary database",
      ),
    ],
    warnings: leaving.filter((key) => !hasContainer(key)).map(withoutContainer),
  };
}

function memberNote(
  key: string,
  { failover }: Staying,
  { members }: Pick<Seen, "members">,
): string {
  const member = members[key];
  const [first = "", ...others] = failover;
  const isPrimary = member?.reachable === true && member.status === "PRIMARY";
  const isAsync = member?.reachable === true && member.type !== "Failover";
  return [
    `${key} leaves the mirror, and its volume stays`,
    ...(isPrimary ? [`it is primary, so ${failover.join(" or ")} takes over first`] : []),
    ...(isAsync || others.length > 0
      ? []
      : [`a failover is impossible then: ${first} is the only failover member`]),
  ].join("; ");
}

/** Source: GHA_mirror_set_member_change 6.1.1 (a primary that starts while its partner's agent is
 *  away); GHA_mirror_manage (Remove Other Mirror Member). */
function withoutContainer(key: string): string {
  return (
    `${key} has no container, so it cannot leave the mirror by itself: the others go on listing it, ` +
    "and if it was a failover member, its partner waits for it when it starts anew. Put it back, " +
    "run up, and take it out then; or, where its volume is lost, remove its entry on the primary " +
    "(Management Portal, Remove Other Mirror Member)"
  );
}
