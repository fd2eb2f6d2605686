/** Asyncs through a failover, promotion and demotion, and BecomePrimary by a person. */

import type { AsyncType } from "../configuration.ts";
import type { Story } from "./story.ts";

/** As many as a mirror may have. */
const fourteen: readonly AsyncType[] = [
  ...Array.from({ length: 6 }, () => "disasterRecovery" as const),
  ...Array.from({ length: 4 }, () => "readOnlyReporting" as const),
  ...Array.from({ length: 4 }, () => "readWriteReporting" as const),
];

const asyncStories: readonly Story[] = [
  {
    name: "asyncs-follow-failover",
    row: "Asyncs follow the new primary after a failover, and have no part in it",
    source: "GHA_mirror_set",
    hasArbiter: true,
    asyncs: ["disasterRecovery", "readOnlyReporting"],
    told:
      "The primary's container dies; arbiter and backup both lost it, so the backup takes over. The " +
      "two asyncs lose it too, ask one member after another who is primary, and follow that one. " +
      "They have nothing that it lacks: beside an active backup an async gets only what that one " +
      "has on disk.",
    play(scene) {
      scene.crash("A");
      scene.soon({ B: "primary", serves: "B" }, "takeover");
      scene.soon({ C: "connected", D: "connected" });
      scene.start("A");
      scene.soon({ A: "backup", B: "primary", asyncs: "connected", mode: "arbiter" });
      scene.never("C", "becoming", "bereaved", "inconsistent");
      scene.never("D", "becoming", "bereaved", "inconsistent");
    },
  },
  {
    name: "async-and-isolated-primary",
    row: "An async that followed the successor takes an isolated primary down",
    source: "Assumed: follows from GHA_mirror_set 3.3.2.2",
    hasArbiter: true,
    asyncs: ["disasterRecovery"],
    told:
      "The primary is cut off from its backup and the arbiter, and waits without limit; the backup " +
      "took over. The async follows the new one; when that one dies it sees the old one and asks " +
      "it, whose answer would be that it is primary. But the async's journal shows that there was " +
      "a later primary: the old one goes down.",
    play(scene) {
      scene.cut("A", "B");
      scene.cut("A", "arbiter");
      scene.cut("A", "C");
      scene.soon({ A: "unlimited trouble", B: "primary", serves: "B" }, "takeover");
      scene.kill("C");
      scene.start("C");
      scene.soon({ A: "unlimited trouble", B: "primary", C: "connected", serves: "B" });
      scene.do("A and C see each other again", () => {
        scene.world.network.heal("A", "C");
        scene.world.network.heal("C", "A");
      });
      scene.lasts({ A: "unlimited trouble", B: "primary", C: "connected" }, "noticed");
      scene.crash("B");
      scene.soon({ A: "down", C: "waiting" });
      scene.never("C", "inconsistent");
      scene.heal();
      scene.start("B");
      scene.soon({ A: "down", B: "primary", C: "connected", serves: "B" });
    },
  },
  {
    name: "sixteen-members",
    row: "A mirror has two failover members and at most 14 asyncs",
    source: "GHA_mirror_set",
    hasArbiter: true,
    asyncs: fourteen,
    told:
      "A planned stop of the primary in the largest mirror there is: the backup takes over, 14 " +
      "asyncs lose the one and follow the other. The primary waits for one member only, however " +
      "many there are.",
    play(scene) {
      scene.soon({ asyncs: "connected" });
      scene.stop("A");
      scene.soon({ A: "down", B: "primary", serves: "B" });
      scene.start("A");
      scene.soon({ A: "backup", B: "primary", asyncs: "connected", mode: "arbiter" });
    },
  },
];

const reassignmentStories: readonly Story[] = [
  {
    name: "promote-beside-primary",
    row: "Promote while the primary runs: the DR async becomes its backup, the former one a DR async",
    source: "SYS.Mirror.Promote, GHA_mirror_set_member_change",
    hasArbiter: true,
    asyncs: ["disasterRecovery"],
    told:
      "A person promotes the DR async C. The primary first ends arbiter control with its backup B, " +
      "so that B has nothing left by which it could take over; then C is its failover partner and " +
      "B a DR async. When the primary's container dies, C takes over, not B.",
    play(scene) {
      scene.ask("C", "promote");
      scene.soon({ A: "primary", B: "connected", C: "backup", mode: "arbiter", serves: "A" });
      scene.crash("A");
      scene.soon({ B: "connected", C: "primary", serves: "C" });
      scene.start("A");
      scene.soon({ A: "backup", B: "connected", C: "primary", mode: "arbiter" });
      scene.never("B", "becoming", "bereaved");
    },
  },
  {
    name: "demote-backup",
    row: "Demote of the backup: it becomes a DR async, and the primary restarts alone",
    source: "SYS.Mirror.Demote, GHA_mirror_set_member_change 6.1.1",
    hasArbiter: true,
    told:
      "Before the backup's host is taken away a person demotes it. It goes on as a DR async. The " +
      "primary is the only failover member now: it serves whether the other one is there or not, " +
      "and becomes primary again when both were down and only it is started.",
    play(scene) {
      scene.ask("B", "demote");
      scene.soon({ A: "primary", B: "connected", serves: "A" });
      scene.crash("B");
      scene.lasts({ A: "primary", B: "down", serves: "A" }, "troubleOver");
      scene.crash("A");
      scene.start("A");
      scene.soon({ A: "primary", B: "down", serves: "A" });
      scene.start("B");
      scene.soon({ A: "primary", B: "connected" });
      scene.ask("B", "promote");
      scene.soon({ A: "primary", B: "backup", mode: "arbiter", serves: "A" });
    },
  },
];

const byHandStories: readonly Story[] = [
  {
    name: "become-primary-from-running",
    row: "BecomePrimary on the backup while the primary runs: it takes the role",
    source: "SYS.Mirror.BecomePrimary, GHA_mirror_set_member_change 6.1.2",
    hasArbiter: true,
    told:
      "A person wants the backup to be primary. The primary ends its writing, says where its " +
      "journal ends, and goes down by force; the backup begins with everything up to there. The " +
      "old primary is started by a person.",
    play(scene) {
      scene.ask("B", "becomePrimary");
      scene.soon({ A: "down", B: "primary", serves: "B" });
      scene.went("A", "primary", "yielding", "forcedDown");
      scene.start("A");
      scene.soon({ A: "backup", B: "primary", mode: "arbiter" });
    },
  },
  {
    name: "become-primary-agent-silent",
    row: "BecomePrimary with the primary gone and its agent silent: the person's word counts",
    source: "SYS.Mirror.BecomePrimary, GHA_mirror_set_member_change 6.2.3",
    hasArbiter: false,
    told:
      "Without an arbiter nobody takes over when the primary's host dies with its agent: it might " +
      "live and only be cut off. A person who is sure that it is down, and keeps it down, asks for " +
      "BecomePrimary on the former active backup. A person who is wrong makes two primaries.",
    play(scene) {
      scene.crash("A");
      scene.soon({ A: "down", B: "waiting" }, "noticed");
      scene.lasts({ A: "down", B: "waiting", serves: "nobody" });
      scene.ask("B", "becomePrimary");
      scene.soon({ A: "down", B: "primary", serves: "B" });
      scene.lasts({ A: "down", B: "primary", serves: "B" });
      scene.start("A");
      scene.soon({ A: "backup", B: "primary", mode: "agent" });
    },
  },
];

/** The stories of more than two members, and of roles that persons change. */
export const roleStories: readonly Story[] = [
  ...asyncStories,
  ...reassignmentStories,
  ...byHandStories,
];
