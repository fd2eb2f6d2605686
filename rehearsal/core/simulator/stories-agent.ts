/** Agent controlled mode: no arbiter, the backup asks the primary's agent. The rows of
 *  GHA_mirror_set 3.3.5.1. */

import type { Scene } from "./scene.ts";
import type { Story } from "./story.ts";

const source = "GHA_mirror_set 3.3.5.1";
const agentControlled = { hasArbiter: false, source };

/** B is connected and not active: it lacks what was written while it was away. */
function makeBackupLate(scene: Scene): void {
  scene.crash("B");
  scene.soon({ A: "primary", serves: "A" }, "troubleOver");
  scene.start("B");
}

/** The stories of the agent controlled mode. */
export const agentStories: readonly Story[] = [
  {
    ...agentControlled,
    name: "active-backup-returns",
    row: "Primary loses active backup: trouble state until the backup acknowledges",
    told:
      "The backup's container dies. The primary acknowledges nothing, since the backup might take " +
      "over. The backup comes back before the trouble timeout and connects: it did not take over, " +
      "and the primary goes on.",
    play(scene) {
      scene.crash("B");
      scene.soon({ A: "limited trouble" }, "noticed");
      scene.start("B");
      scene.soon({ A: "primary", B: "backup", mode: "agent", serves: "A" }, "inTrouble");
      scene.went("A", "primary", "trouble", "primary");
      scene.never("B", "becoming");
    },
  },
  {
    ...agentControlled,
    name: "active-backup-is-lost",
    row: "Primary loses active backup: trouble state until the trouble timeout ends",
    told:
      "The backup's container dies and stays away. Until the trouble timeout (twice QoS) nothing " +
      "is acknowledged: the backup could be alive, and learn from the agent that this primary " +
      "lives. Then the primary goes on without it.",
    play(scene) {
      scene.crash("B");
      scene.soon({ A: "limited trouble" }, "noticed");
      scene.lasts({ A: "limited trouble", B: "down", serves: "nobody" }, "inTrouble");
      scene.soon({ A: "primary" }, "troubleOver");
      scene.lasts({ A: "primary", B: "down", mode: "agent", serves: "A" });
      scene.went("A", "primary", "trouble", "primary");
    },
  },
  {
    ...agentControlled,
    name: "inactive-backup-is-lost",
    row: "Primary loses inactive backup: continues, no trouble state",
    told:
      "A backup that was just taken in, and is not active yet, dies. It could never have taken " +
      "over, so the primary does not stop for a moment.",
    play(scene) {
      scene.stop("B");
      scene.soon({ A: "primary", B: "down", serves: "A" });
      scene.start("B");
      scene.until("A has greeted B", ({ state }) => state.peers["B"]?.stage === "greeted");
      scene.crash("B");
      scene.lasts({ A: "primary", B: "down", mode: "agent", serves: "A" });
      scene.went("A", "primary");
    },
  },
  {
    ...agentControlled,
    name: "primary-is-alive",
    row: "Backup loses primary, its agent says alive: reconnect",
    told:
      "The data channel breaks, nothing else. The backup asks the primary's agent, hears that the " +
      "primary lives, and connects again. Nobody takes over.",
    play(scene) {
      scene.reset("A", "B");
      scene.soon({ A: "limited trouble", B: "waiting" }, "noticed");
      scene.soon({ A: "primary", B: "backup", mode: "agent", serves: "A" }, "inTrouble");
      scene.went("A", "primary", "trouble", "primary");
      scene.went("B", "backup", "bereaved", "connecting", "synchronizing", "backup");
    },
  },
  {
    ...agentControlled,
    name: "primary-is-down",
    row: "Backup loses primary, its agent says down: the active backup takes over",
    told:
      "The primary's instance dies, its agent lives and says so. The active backup has everything " +
      "that was acknowledged and takes over, within the trouble timeout.",
    play(scene) {
      scene.kill("A");
      scene.soon({ A: "down", B: "primary", serves: "B" }, "takeover");
      scene.lasts({ A: "down", B: "primary", mode: "agent", serves: "B" });
      scene.went("B", "backup", "bereaved", "becoming", "primary");
    },
  },
  {
    ...agentControlled,
    name: "inactive-backup-fetches",
    row: "Inactive backup takes over only if it also gets the latest journal from the agent",
    told:
      "The primary's instance dies while its backup still catches up. The backup asks the agent " +
      "for the journal that it lacks, applies it, and only then becomes primary: nothing is lost.",
    play(scene) {
      makeBackupLate(scene);
      scene.soon({ A: "primary", B: "synchronizing" });
      scene.kill("A");
      scene.soon({ A: "down", B: "primary", serves: "B" });
      scene.passed("B", "bereaved", "retrieving", "becoming", "primary");
    },
  },
  {
    ...agentControlled,
    name: "inactive-backup-cannot-fetch",
    row: "Inactive backup that does not get the latest journal: no takeover",
    told:
      "The container of the primary dies, its agent with it, while the backup still catches up. " +
      "The backup knows that it lacks journal, or cannot know, and waits. When the agent can be " +
      "reached again, it fetches the journal and takes over; nothing is lost.",
    play(scene) {
      makeBackupLate(scene);
      scene.soon({ A: "primary", B: "synchronizing" });
      scene.crash("A");
      scene.soon({ B: "waiting" }, "noticed");
      scene.lasts({ A: "down", B: "waiting", serves: "nobody" });
      scene.never("B", "becoming");
      scene.startAgent("A");
      scene.soon({ A: "down", B: "primary", serves: "B" });
      scene.passed("B", "bereaved", "retrieving", "becoming", "primary");
    },
  },
  {
    ...agentControlled,
    name: "primary-is-unreachable",
    row: "Backup loses primary, its agent is not reachable: no automatic takeover",
    told:
      "The container of the primary dies, its agent with it. Without an arbiter the backup cannot " +
      "tell this from a broken network, and does not take over, however long it waits: a person " +
      "must start the primary, or decide.",
    play(scene) {
      scene.crash("A");
      scene.soon({ B: "waiting" }, "noticed");
      scene.lasts({ A: "down", B: "waiting", serves: "nobody" });
      scene.never("B", "becoming");
    },
  },
];
