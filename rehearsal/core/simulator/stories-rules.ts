/** Rules beside the two tables: forced down, restarts, planned stops, no failover. */

import type { MemberDisk } from "./disk.ts";
import type { Scene } from "./scene.ts";
import type { Story } from "./story.ts";

/** What is wrong with the disk of B from now on. */
function spoil({ world }: Scene, fault: MemberDisk["fault"]): void {
  world.machine("B").disk.fault = fault;
}

/** The stories of these rules. */
export const ruleStories: readonly Story[] = [
  {
    name: "forced-down-stays-down",
    row: "A primary that was forced down stays down until a person restarts it",
    source: "GHA_mirror_set 3.3.2.2",
    hasArbiter: true,
    told:
      "A cut off primary meets its successor and goes down. Even when the successor dies too, it " +
      "does not come back by itself.",
    play(scene) {
      scene.cut("A", "B");
      scene.cut("A", "arbiter");
      scene.soon({ A: "unlimited trouble", B: "primary" }, "takeover");
      scene.heal();
      scene.soon({ A: "down" });
      scene.crash("B");
      scene.lasts({ A: "down", B: "down", serves: "nobody" });
      scene.start("B");
      scene.soon({ A: "down", B: "primary", serves: "B" });
      scene.went("A", "primary", "trouble", "forcedDown");
    },
  },
  {
    name: "primary-restarts-alone",
    row: "Primary restarted while the backup's host and agent are unreachable: not primary",
    source: "GHA_mirror_set_member_change 6.1.1",
    hasArbiter: true,
    told:
      "Both containers are stopped and only the former primary is started. It cannot know whether " +
      "the other one was primary after it, and waits. The other one's agent is enough to tell.",
    play(scene) {
      scene.crash("B");
      scene.crash("A");
      scene.start("A");
      scene.soon({ A: "waiting" });
      scene.lasts({ A: "waiting", B: "down", serves: "nobody" });
      scene.startAgent("B");
      scene.soon({ A: "primary", B: "down", serves: "A" });
    },
  },
  {
    name: "backup-and-arbiter-at-once",
    row: "Simultaneous loss of backup and arbiter: unlimited trouble until the backup returns",
    source: "GHA_mirror_set 3.3.3.5",
    hasArbiter: true,
    told:
      "Backup and arbiter die together. To the primary this looks as if it were cut off itself, so " +
      "it serves nobody until the backup is back.",
    play(scene) {
      scene.crash("B");
      scene.crash("arbiter");
      scene.soon({ A: "unlimited trouble" }, "noticed");
      scene.lasts({ A: "unlimited trouble", B: "down", serves: "nobody" });
      scene.start("B");
      scene.soon({ A: "primary", B: "backup", mode: "agent", serves: "A" });
      scene.went("A", "primary", "trouble", "primary");
    },
  },
  {
    name: "arbiter-then-backup",
    row: "Loss of arbiter and backup one after the other: the primary goes on",
    source: "GHA_mirror_set 3.3.3.5",
    hasArbiter: true,
    told:
      "The arbiter dies first: both agree on agent controlled mode. When the backup dies later, " +
      "the primary is in trouble for the trouble timeout only.",
    play(scene) {
      scene.crash("arbiter");
      scene.soon({ mode: "agent" }, "noticed");
      scene.lasts({ A: "primary", B: "backup" }, "settled");
      scene.crash("B");
      scene.soon({ A: "limited trouble" }, "noticed");
      scene.soon({ A: "primary", serves: "A" }, "troubleOver");
      scene.lasts({ A: "primary", B: "down", mode: "agent", serves: "A" });
    },
  },
  {
    name: "backup-then-arbiter",
    row: "Loss of backup and arbiter one after the other: the primary goes on",
    source: "GHA_mirror_set 3.3.3.5",
    hasArbiter: true,
    told:
      "The backup dies first: the arbiter lets the primary go on in agent controlled mode. The " +
      "arbiter is not needed after that.",
    play(scene) {
      scene.crash("B");
      scene.soon({ A: "primary", mode: "agent", serves: "A" }, "troubleOver");
      scene.crash("arbiter");
      scene.lasts({ A: "primary", B: "down", mode: "agent", serves: "A" });
    },
  },
  {
    name: "planned-stop",
    row: "Planned stop of the primary tells an active backup to take over",
    source: "GHA_mirror_set 3.3.3.1, GHA_mirror_set_member_change 6.1.2",
    hasArbiter: false,
    told:
      "The primary is stopped gracefully. It ends writing, hands over to the active backup, and " +
      "goes; no arbiter and no agent is needed. Started again, it comes back as backup.",
    play(scene) {
      scene.stop("A");
      scene.soon({ A: "down", B: "primary", serves: "B" }, "takeover");
      scene.went("A", "primary", "handingOver", "off");
      scene.went("B", "backup", "becoming", "primary");
      scene.start("A");
      scene.soon({ A: "backup", B: "primary", serves: "B" });
    },
  },
  {
    name: "required-database",
    row: "A backup does not take over without a database that must be mounted (MountRequired)",
    source: "GHA_mirror_set 3.3.2. Assumed: it goes on trying",
    hasArbiter: true,
    told:
      "The primary's instance dies while a required database of the backup cannot be mounted. " +
      "Nobody serves until a person has mounted it; then the backup takes over.",
    play(scene) {
      scene.do("a required database of B cannot be mounted", () => spoil(scene, "cannotMount"));
      scene.kill("A");
      scene.soon({ A: "down", B: "becoming" }, "takeover");
      scene.soon({ B: "waiting" });
      scene.do("it is mounted again", () => spoil(scene, undefined));
      scene.soon({ A: "down", B: "primary", serves: "B" }, "takeover");
    },
  },
  {
    name: "required-database-partner-back",
    row: "A member that lacks a required database lets its partner become primary",
    source: "Assumed: from GHA_mirror_set 3.3.2",
    hasArbiter: true,
    told:
      "Between two attempts the backup consents to its partner: it can be primary, so it is, and " +
      "the one with the spoilt database follows.",
    play(scene) {
      scene.do("a required database of B cannot be mounted", () => spoil(scene, "cannotMount"));
      scene.kill("A");
      scene.soon({ A: "down", B: "waiting" }, "takeover");
      scene.start("A");
      scene.soon({ A: "primary", B: "backup", serves: "A" });
    },
  },
  {
    name: "required-database-arbiter",
    row: "The arbiter's word is used up by an attempt that failed",
    source: "Assumed: the documentation does not say how long it counts",
    hasArbiter: true,
    told:
      "The primary's host dies and the arbiter decides for the backup, which lacks a required " +
      "database. Once that is mounted it must ask anew, and waits for the agent of the former " +
      "primary, or for a person who forces it.",
    play(scene) {
      scene.do("a required database of B cannot be mounted", () => spoil(scene, "cannotMount"));
      scene.crash("A");
      scene.soon({ A: "down", B: "becoming" }, "takeover");
      scene.soon({ B: "waiting" });
      scene.do("it is mounted again", () => spoil(scene, undefined));
      scene.lasts({ A: "down", B: "waiting", serves: "nobody" });
      scene.startAgent("A");
      scene.soon({ A: "down", B: "primary", serves: "B" });
    },
  },
  {
    name: "stop-nofailover",
    row: "iris stop IRIS nofailover: a short stop without a failover",
    source: "GHA_mirror_set_member_change 6.1.3",
    hasArbiter: true,
    told:
      "The primary stops and its backup is not to take over. It waits until the primary is " +
      "started again, which then is primary as before.",
    play(scene) {
      scene.stop("A", "nofailover");
      scene.soon({ A: "down", B: "waiting" }, "noticed");
      scene.lasts({ A: "down", B: "waiting", serves: "nobody" });
      scene.start("A");
      scene.soon({ A: "primary", B: "backup", serves: "A" });
      scene.never("B", "becoming");
    },
  },
  {
    name: "no-failover-is-set",
    row: "No failover is set: nobody takes over; cleared when the primary is restarted",
    source: "GHA_mirror_set_member_change 6.1.3",
    hasArbiter: true,
    told:
      "An operator sets no failover. The primary's instance dies, and its backup does not take " +
      "over although the agent says that it is down. The restart of the primary clears the state: " +
      "the next death is followed by a takeover.",
    play(scene) {
      scene.ask("A", "setNoFailover");
      scene.lasts({ A: "primary", B: "backup" }, "settled");
      scene.kill("A");
      scene.soon({ A: "down", B: "waiting" }, "noticed");
      scene.lasts({ A: "down", B: "waiting", serves: "nobody" });
      scene.start("A");
      scene.soon({ A: "primary", B: "backup", mode: "arbiter", serves: "A" });
      scene.kill("A");
      scene.soon({ A: "down", B: "primary", serves: "B" }, "takeover");
    },
  },
  {
    name: "no-failover-while-away",
    row: "No failover is set while the backup is away: it does not take over either",
    source:
      "Assumed: GHA_mirror_set_member_change 6.1.3 does not say how an absent member learns it",
    hasArbiter: true,
    told:
      "The backup is stopped while an operator sets no failover, so it never heard of it. When it " +
      "starts beside a dead primary, that one's agent does not consent.",
    play(scene) {
      scene.stop("B");
      scene.soon({ A: "primary", B: "down" });
      scene.ask("A", "setNoFailover");
      scene.kill("A");
      scene.start("B");
      scene.soon({ A: "down", B: "waiting" });
      scene.lasts({ A: "down", B: "waiting", serves: "nobody" });
      scene.start("A");
      scene.soon({ A: "primary", B: "backup", serves: "A" });
      scene.never("B", "becoming", "retrieving");
    },
  },
  {
    name: "no-failover-is-cleared",
    row: "ClearNoFailover undoes SetNoFailover",
    source: "GHA_mirror_set_member_change 6.1.3",
    hasArbiter: true,
    told: "Set on the primary, cleared on the backup, which passes it on: a takeover is possible.",
    play(scene) {
      scene.ask("A", "setNoFailover");
      scene.lasts({ A: "primary", B: "backup" }, "settled");
      scene.ask("B", "clearNoFailover");
      scene.lasts({ A: "primary", B: "backup" }, "settled");
      scene.kill("A");
      scene.soon({ A: "down", B: "primary", serves: "B" }, "takeover");
    },
  },
];
