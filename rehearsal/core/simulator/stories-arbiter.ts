/** Arbiter controlled mode: which connections are lost decides. The rows of GHA_mirror_set, Table
 *  3-1. */

import type { Story } from "./story.ts";

const source = "GHA_mirror_set Table 3-1";
const arbiterControlled = { hasArbiter: true, source };

/** The stories of the arbiter controlled mode. */
export const arbiterStories: readonly Story[] = [
  {
    ...arbiterControlled,
    name: "lost-none",
    row: "Lost connections: none",
    told:
      "Both failover members and the arbiter see each other and the backup is active: arbiter " +
      "controlled mode, for as long as it stays so.",
    play(scene) {
      scene.lasts({ A: "primary", B: "backup", mode: "arbiter", serves: "A" });
      scene.went("A", "primary");
      scene.went("B", "backup");
    },
  },
  {
    ...arbiterControlled,
    name: "lost-backup-arbiter",
    row: "Lost connections: backup - arbiter",
    told:
      "The backup loses the arbiter. Both switch to agent controlled mode together; the primary " +
      "goes on and the backup stays active. The connection comes back, and so does the mode.",
    play(scene) {
      scene.cut("B", "arbiter");
      scene.soon({ mode: "agent" }, "noticed");
      scene.lasts({ A: "primary", B: "backup", mode: "agent", serves: "A" });
      scene.heal();
      scene.soon({ A: "primary", B: "backup", mode: "arbiter" });
      scene.went("A", "primary");
      scene.went("B", "backup");
    },
  },
  {
    ...arbiterControlled,
    name: "lost-primary-arbiter",
    row: "Lost connections: primary - arbiter",
    told:
      "The primary loses the arbiter. Both switch to agent controlled mode together; the primary " +
      "goes on and the backup stays active. The connection comes back, and so does the mode.",
    play(scene) {
      scene.cut("A", "arbiter");
      scene.soon({ mode: "agent" }, "noticed");
      scene.lasts({ A: "primary", B: "backup", mode: "agent", serves: "A" });
      scene.heal();
      scene.soon({ A: "primary", B: "backup", mode: "arbiter" });
      scene.went("A", "primary");
      scene.went("B", "backup");
    },
  },
  {
    ...arbiterControlled,
    name: "lost-primary-backup",
    row: "Lost connections: primary - backup only",
    told:
      "The members lose each other, both see the arbiter. Through it they agree on agent " +
      "controlled mode: the primary goes on, the backup is not active any more and connects again " +
      "as soon as it can.",
    play(scene) {
      scene.cut("A", "B");
      scene.soon({ A: "primary", B: "waiting", mode: "agent", serves: "A" }, "troubleOver");
      scene.lasts({ A: "primary", B: "waiting", mode: "agent", serves: "A" });
      scene.heal();
      scene.soon({ A: "primary", B: "backup", mode: "arbiter", serves: "A" });
      scene.went("A", "primary", "trouble", "primary");
      scene.never("B", "becoming", "retrieving");
    },
  },
  {
    ...arbiterControlled,
    name: "lost-arbiter",
    row: "Lost connections: arbiter lost by both",
    told:
      "The arbiter dies. Primary and backup switch to agent controlled mode; nobody waits for " +
      "anything. A new arbiter brings the mode back.",
    play(scene) {
      scene.crash("arbiter");
      scene.soon({ mode: "agent" }, "noticed");
      scene.lasts({ A: "primary", B: "backup", mode: "agent", serves: "A" });
      scene.start("arbiter");
      scene.soon({ A: "primary", B: "backup", mode: "arbiter" });
      scene.went("A", "primary");
      scene.went("B", "backup");
    },
  },
  {
    ...arbiterControlled,
    name: "lost-backup",
    row: "Lost connections: backup lost by primary and arbiter",
    told:
      "The backup is cut off from both. The arbiter sees that the primary lives, withdraws the " +
      "backup's right to take over, and the primary goes on in agent controlled mode.",
    play(scene) {
      scene.cut("B", "A");
      scene.cut("B", "arbiter");
      scene.soon({ A: "primary", B: "waiting", mode: "agent", serves: "A" }, "troubleOver");
      scene.lasts({ A: "primary", B: "waiting", mode: "agent", serves: "A" });
      scene.heal();
      scene.soon({ A: "primary", B: "backup", mode: "arbiter", serves: "A" });
      scene.never("B", "becoming", "retrieving");
    },
  },
  {
    ...arbiterControlled,
    name: "lost-primary",
    row: "Lost connections: primary lost by backup and arbiter",
    told:
      "The primary is cut off from both. The arbiter lost it too and decides for the active " +
      "backup, which takes over. The isolated primary stays in trouble without limit, serves " +
      "nobody, and is forced down when contact returns. It stays down until a person starts it, " +
      "and comes back as backup.",
    play(scene) {
      scene.cut("A", "B");
      scene.cut("A", "arbiter");
      scene.soon({ A: "unlimited trouble", B: "primary", serves: "B" }, "takeover");
      scene.lasts({ A: "unlimited trouble", B: "primary", mode: "agent", serves: "B" });
      scene.heal();
      scene.soon({ A: "down", B: "primary" });
      scene.lasts({ A: "down", B: "primary", serves: "B" });
      scene.went("A", "primary", "trouble", "forcedDown");
      scene.start("A");
      scene.soon({ A: "backup", B: "primary", mode: "arbiter", serves: "B" });
      scene.went("B", "backup", "bereaved", "becoming", "primary");
    },
  },
  {
    ...arbiterControlled,
    name: "lost-primary-container",
    row: "Lost connections: primary lost by backup and arbiter, since its container died",
    told:
      "The container of the primary dies, its agent with it. Without an arbiter nobody could take " +
      "over; with one the active backup does.",
    play(scene) {
      scene.crash("A");
      scene.soon({ A: "down", B: "primary", serves: "B" }, "takeover");
      scene.lasts({ A: "down", B: "primary", mode: "agent", serves: "B" });
      scene.start("A");
      scene.soon({ A: "backup", B: "primary", mode: "arbiter", serves: "B" });
      scene.went("B", "backup", "bereaved", "becoming", "primary");
    },
  },
  {
    ...arbiterControlled,
    name: "lost-all",
    row: "Lost connections: all three",
    told:
      "Everybody loses everybody. The primary cannot exclude that the backup takes over and stays " +
      "in trouble without limit; the backup cannot exclude that the primary goes on. Nobody " +
      "serves. As soon as the backup reaches the primary again, it resumes.",
    play(scene) {
      scene.cut("A", "B");
      scene.cut("A", "arbiter");
      scene.cut("B", "arbiter");
      scene.soon({ A: "unlimited trouble", B: "waiting" }, "noticed");
      scene.lasts({ A: "unlimited trouble", B: "waiting", serves: "nobody" });
      scene.heal();
      scene.soon({ A: "primary", B: "backup", mode: "arbiter", serves: "A" });
      scene.went("A", "primary", "trouble", "primary");
      scene.never("B", "becoming", "retrieving");
    },
  },
];
