/** What the system classes work on: the store, the mirror, the log. The daemon puts it together. */

import type { MirrorRuntime } from "../edge/mirror/runtime.ts";
import type { Profile } from "../profile.ts";
import type { InstanceStore } from "../storage/instance-store.ts";

/** The instance as the system classes see it. */
export interface Instance {
  readonly store: InstanceStore;
  readonly mirror: MirrorRuntime;
  readonly profile: Profile;
  /** Own ISCAgent. */
  readonly agentPort: number;
}
