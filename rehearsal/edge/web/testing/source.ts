/** Pages of a member in any state, without an instance around it. */

import type { MemberState } from "../../../core/state.ts";
import { profileOf } from "../../../profile.ts";
import { Alerts } from "../../alerts.ts";
import { viewOf } from "../../mirror/view.ts";
import type { PageSource } from "../page.ts";

/** What the pages of this member show. */
export function sourceOf(state: MemberState, more: Partial<PageSource> = {}): PageSource {
  return {
    profile: profileOf("2022.1"),
    alerts: new Alerts(),
    mirror: () => viewOf(state),
    databases: () => [],
    missingDatabases: () => [],
    ...more,
  };
}
