/** What a primary may call safe: the backup that is active must have it on its disk.
 *  Source: GHA_mirror_set_sync (synchronous to the active backup). */

import { isPrimaryPhase } from "./phases.ts";
import { beforeHistory, reaches, type JournalPosition } from "./position.ts";
import { isBound, type MemberState, type Peer } from "./state.ts";

/** How far the journal on this primary's disk counts as acknowledged; `"all"`: nobody else needs
 *  to have it. */
export type SafeUntil = JournalPosition | "all";

/** The failover partner among the connected members. */
export function backupPeer(state: MemberState): Peer | undefined {
  const partner = state.configuration?.members.find(
    (entry) => entry.eligibility === "failover" && entry.name !== state.local?.name,
  );
  return partner === undefined ? undefined : state.peers[partner.name];
}

/** True when the primary must wait for this member. */
function isAwaited(peer: Peer | undefined): peer is Peer {
  return peer?.stage === "active" || peer?.stage === "activating";
}

/** Limit of what may be acknowledged now. Not primary, or in trouble: nothing at all. Nor when the
 *  backup of an epoch is gone while this primary stops: it may take over on the arbiter's word. */
export function safeUntil(state: MemberState): SafeUntil {
  const { phase } = state;
  if (!isPrimaryPhase(phase) || phase.name === "trouble") return beforeHistory;
  const backup = backupPeer(state);
  if (isAwaited(backup)) return backup.acknowledged;
  return isBound(state.control) ? beforeHistory : "all";
}

/** How far the member on this channel may get the journal on this primary's disk: the failover
 *  partner all of it, an async only what is safe without it. So an async is never ahead of whoever
 *  takes over. */
export function sentUntil(state: MemberState, link: string): SafeUntil {
  return backupPeer(state)?.link === link ? "all" : safeUntil(state);
}

/** True when a write that ends at `position`, durable here, is safe. */
export function isSafe(state: MemberState, position: JournalPosition): boolean {
  const limit = safeUntil(state);
  return limit === "all" || reaches(limit, position);
}
