/** What a primary tells its members about each other. */

import type { MemberReport } from "./messages.ts";
import type { MemberState } from "./state.ts";

/** One report for each member of the mirror, this primary included. */
export function memberReports(state: MemberState): readonly MemberReport[] {
  return (state.configuration?.members ?? []).map(({ name }) => {
    const peer = state.peers[name];
    const isSelf = name === state.local?.name;
    const { stage } = peer ?? {};
    const isThere = stage === "active" || stage === "activating" || stage === "caughtUp";
    return {
      name,
      isConnected: isSelf || (peer !== undefined && peer.stage !== "greeted"),
      isActive: stage === "active",
      isCaughtUp: isSelf || isThere,
    };
  });
}
