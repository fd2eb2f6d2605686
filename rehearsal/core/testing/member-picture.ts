/** A member as the invariants see it. */

import type { MemberPicture } from "../invariants.ts";

/** A primary with one record on disk and in its database, but for what is given. */
export function memberPicture(
  at: { readonly file: number; readonly offset: number },
  more: Partial<MemberPicture> = {},
): MemberPicture {
  return {
    name: "A",
    isRunning: true,
    phase: { name: "primary", lineage: `A${at.file}` },
    isOpenForWrites: true,
    copy: { position: at, hash: 1 },
    asyncEnd: undefined,
    journalEnd: at,
    hashAt: () => 1,
    hasFollower: () => true,
    ...more,
  };
}
