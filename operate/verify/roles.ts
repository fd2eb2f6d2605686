/** Who is what in a mirror that is to be whole. Pure: a verb asks, this judges. */

import type { AsyncToVerify } from "../contract/common.ts";
import type { FailoverMember } from "../instance.ts";
import type { Reached } from "../members.ts";
import { isOtherType, productTypes } from "../member-types.ts";

/** What is wrong with the pair's roles, or `undefined`. `views` are the failover members as each
 *  member sees them, in the order of `members`. */
export function rolesFault(
  members: readonly Reached[],
  views: readonly (readonly FailoverMember[])[],
): string | undefined {
  const roles = members.map((one) => ({
    name: one.member.memberName.toUpperCase(),
    role: one.state.status === "PRIMARY" ? "Primary" : "Backup",
    status: one.state.status,
  }));
  const primaries = roles.filter((one) => one.status === "PRIMARY").length;
  const settled = roles.every((one) => one.status === "PRIMARY" || one.status === "BACKUP");
  if (primaries !== 1 || !settled) {
    return roles.map((one) => `${one.name} is ${one.status}`).join(", ");
  }
  const wanted = viewOf(roles);
  // A member that is about to be taken out is still in the mirror and not in the input.
  const names = new Set(roles.map((one) => one.name));
  const seen = views.map((view) => viewOf(view.filter((one) => names.has(one.name.toUpperCase()))));
  const differing = seen.findIndex((view) => view !== wanted);
  return differing < 0
    ? undefined
    : `${String(members[differing]?.member.name)} sees ${String(seen[differing])}, wanted: ${wanted}`;
}

/** Members with their roles, in an order that does not depend on who looks. */
function viewOf(view: readonly { readonly name: string; readonly role: string }[]): string {
  return view
    .map((one) => `${one.name.toUpperCase()} ${one.role}`)
    .toSorted()
    .join(", ");
}

/** An async as it was asked for and as it is. */
export interface AsyncSeen {
  readonly wanted: AsyncToVerify;
  readonly seen: Reached;
}

/** What is wrong with the asyncs: not connected, or not what they are to be. */
export function asyncFaults(asyncs: readonly AsyncSeen[]): string[] {
  return asyncs.flatMap(({ wanted, seen }) => {
    const { status, type } = seen.state;
    const { name } = wanted.member;
    return [
      ...(status === "CONNECTED" ? [] : [`${name} is ${status}`]),
      ...(isOtherType(type, wanted.type)
        ? [`${name} is ${type}, wanted: ${productTypes[wanted.type]}`]
        : []),
    ];
  });
}
