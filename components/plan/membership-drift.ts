/** What differs between what a member is and what it is to be: its membership, our code. */

import type { ReachedMember } from "./seen.ts";

/** How a member that lost its volume comes back while the mirror lives elsewhere. */
export const joinsAnew =
  "it joins anew under its name, its old entry on the primary removed first (assumed: the product " +
  "documents no call for that)";

/** Words for the step that makes it a member. */
export function joinDrift(
  key: string,
  { mirror, status }: ReachedMember,
  wish: { readonly mirror: string; readonly demoted?: readonly string[] },
): string[] {
  if (mirror === undefined) return [`${key} is not a member of ${wish.mirror}`];
  const isDemoted = wish.demoted?.includes(key) === true;
  return [
    // Source: %SYSTEM.Mirror GetStatus (it does not start by itself).
    ...(status === "STOPPED" ? [`mirroring is stopped on ${key}`] : []),
    ...(isDemoted ? [`${key} was demoted to DR async and is promoted again`] : []),
  ];
}

/** Words for the step that puts our classes into it. */
export function codeDrift(key: string, { code, altered = "" }: ReachedMember, wanted: string) {
  if (altered !== "") return [`${altered.replaceAll(" ", ", ")} altered or missing on ${key}`];
  return code === wanted ? [] : [`code of install/cls differs on ${key}`];
}

/** A member without our classes does not tell what it holds, which is not the same as nothing: the
 *  steps look. Words for them; `undefined` for one that has told. */
export function unseen(key: string, member: ReachedMember): string[] | undefined {
  if (member.code !== "" || member.mirror === undefined) return undefined;
  return [`what ${key} holds is not known without install/cls`];
}
