/** What a running instance tells `iris list` and `iris qlist` about itself. */

import type { MirrorView } from "../mirror/view.ts";

/** The daemon's answer to the question for its status. */
export interface ToldStatus {
  /** `running`, or that people cannot log on yet. */
  readonly state: string;
  /** `ok` or `alert`; the product also has `warn` and `hung`. */
  readonly health: string;
  /** Empty outside of a mirror, like the status. */
  readonly memberType: string;
  readonly memberStatus: string;
}

/** The status at this moment; `undefined`: the instance is not there yet.
 *  Source: GSA (fields), samples of public scripts for the deciding state. */
export function toldStatus(view: MirrorView | undefined, health: string): ToldStatus {
  if (view === undefined) {
    return { state: "sign-on inhibited", health, memberType: "", memberStatus: "" };
  }
  const isMember = view.isMember !== 0;
  return {
    state: view.isDeciding ? "sign-on inhibited:primary transition" : "running",
    health,
    memberType: isMember ? view.memberType : "",
    memberStatus: isMember ? view.qlistStatus : "",
  };
}
