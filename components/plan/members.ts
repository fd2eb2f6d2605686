/** The members of a topology, failover members and asyncs alike. */

import type { AsyncWish, Draft, MemberWish } from "../topology/schema.ts";

/** A member and where the topology says so. */
export interface NamedMember {
  readonly key: string;
  readonly path: readonly string[];
  readonly member: MemberWish;
}

/** All members: failover members first, each group in the topology's order. */
export function membersOf(draft: Pick<Draft, "failover" | "async">): NamedMember[] {
  return (["failover", "async"] as const).flatMap((group) =>
    Object.entries(draft[group]).map(([key, member]) => ({ key, path: [group, key], member })),
  );
}

/** What an async is, in the topology's word. */
export type AsyncType = AsyncWish["type"];

/** What each kind is called by %SYSTEM.Mirror GetMemberType. */
export const productTypes: Readonly<Record<AsyncType, string>> = {
  dr: "Disaster Recovery",
  reportingReadOnly: "Read-Only Reporting",
  reportingReadWrite: "Read-Write Reporting",
};

/** Whether an async holds a database: a DR all of them, a reporting one those it names, or all
 *  when it names none. Source: GHA_mirror_set (async members). */
export function holdsDatabase({ databases }: AsyncWish, name: string): boolean {
  const wanted = databases?.map((one) => one.toUpperCase());
  return wanted === undefined || wanted.includes(name.toUpperCase());
}
