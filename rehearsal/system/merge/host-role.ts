/** What a host is in a mirror by its name alone: `Member=auto`. Pure. Source: GCMF 5.6. */

import { Refusal } from "../support/refusal.ts";

/** Kinds of members that a name alone can make; reporting asyncs it cannot.
 *  Source: GCMF 5.6. */
type MemberWord = "primary" | "backup" | "drasync";

/** The host's place. */
export interface HostRole {
  readonly member: MemberWord;
  /** Host of the primary of this mirror. */
  readonly primary: string;
  /** First index of a name that has two. */
  readonly group: string | undefined;
}

/** Most members beside the primary and the backup. Source: GCMF, Map. */
const asyncsMax = 14;

/** The roles in the order of the hosts; the default is a pair.
 *  @throws Refusal 407 for what is no such list */
function rolesFromMap(map: string): readonly MemberWord[] {
  const roles = (map === "" ? "primary,backup" : map).split(",").map((word) => word.trim());
  const [first, second, ...asyncs] = roles;
  const isPair = first === "primary" && (second === undefined || second === "backup");
  if (!isPair || asyncs.length > asyncsMax || asyncs.some((word) => word !== "drasync")) {
    throw new Refusal(407, "Map");
  }
  return roles as MemberWord[];
}

/** Finds the place of a host whose name ends in `-<n>` or `-<m>-<n>`.
 *  @param map as it is given; empty for the default
 *  @param ordinal number of the first host
 *  @throws Refusal 407 for map or ordinal; 5001 for a name without a place. Assumed: their texts */
export function hostRole(hostName: string, map: string, ordinal: string): HostRole {
  const roles = rolesFromMap(map);
  if (!/^\d{0,9}$/.test(ordinal)) throw new Refusal(407, "Ordinal");
  const first = Number(ordinal);
  const match = /^(.*?)(?:-(\d+))?-(\d+)$/.exec(hostName);
  const digits = match?.[3];
  if (match === null || digits === undefined) {
    throw new Refusal(5001, `Host name '${hostName}' does not end in -<number>`);
  }
  const [, base = "", group] = match;
  const index = Number(digits) - first;
  const isBeyond = index < 0 || (group !== undefined && index >= roles.length);
  const member = isBeyond ? undefined : roles[index % roles.length];
  if (member === undefined) throw new Refusal(5001, `Host name '${hostName}' has no place in Map`);
  const stem = group === undefined ? base : `${base}-${group}`;
  const primary = numberLike(digits, first + index - (index % roles.length));
  return { member, primary: `${stem}-${primary}`, group };
}

/** Written with leading zeros where the own number has them. */
function numberLike(digits: string, value: number): string {
  return digits.startsWith("0") ? String(value).padStart(digits.length, "0") : String(value);
}
