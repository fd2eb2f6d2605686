/** What a failover member decides when it starts. No page of the documentation gives this as a
 *  table; the rows are put together from the pages named. */

import type { Scene } from "./scene.ts";
import type { MemberName } from "./mirror.ts";
import type { Story } from "./story.ts";

/** B stops for a while and A goes on. */
function stopBackup(scene: Scene): void {
  scene.stop("B");
  scene.soon({ A: "primary", B: "down" });
  scene.lasts({ A: "primary", B: "down", serves: "A" }, "noticed");
}

/** Both are down; B lacks journal of A. */
function stopBoth(scene: Scene): void {
  stopBackup(scene);
  scene.stop("A");
  scene.soon({ A: "down", B: "down" });
}

function obstacleStory(name: string, obstacle: "serviceDisabled" | "noLicense"): Story {
  const words = { serviceDisabled: "the mirror service is disabled", noLicense: "no licence" };
  return {
    name,
    row: `At start: ${words[obstacle]}: the mirror is not started`,
    source: "GHA_mirror_manage, %SYSTEM.Mirror (STOPPED)",
    hasArbiter: true,
    told: "The member stays STOPPED, whatever the others do. When the obstacle is gone, a restart helps.",
    play(scene) {
      stopBackup(scene);
      const machine = scene.world.machine("B");
      scene.do(`on B: ${words[obstacle]}`, () => (machine.obstacle = obstacle));
      scene.start("B");
      scene.soon({ B: "stopped" }, "noticed");
      scene.lasts({ A: "primary", B: "stopped", serves: "A" });
      scene.stop("B");
      scene.do("the obstacle is gone", () => (machine.obstacle = undefined));
      scene.start("B");
      scene.soon({ A: "primary", B: "backup" });
    },
  };
}

function addressStory(name: string, answers: "other" | "nobody"): Story {
  const words = { other: "another instance answers there", nobody: "nobody answers there" };
  return {
    name,
    row: `At start: its own configured address: ${words[answers]}: does not join, retries`,
    source: "GHA_mirror_manage 5.3",
    hasArbiter: true,
    told:
      "A member whose own address does not lead to itself could not be reached by the others, or " +
      "is a copy of somebody else. It does not join, says so, and tries again.",
    play(scene) {
      stopBackup(scene);
      const machine = scene.world.machine("B");
      scene.do(`B's address: ${words[answers]}`, () => (machine.addressAnswers = answers));
      scene.start("B");
      scene.soon({ B: "validating" }, "noticed");
      scene.lasts({ A: "primary", B: "validating", serves: "A" });
      scene.do("B's address is its own again", () => (machine.addressAnswers = "self"));
      scene.soon({ A: "primary", B: "backup" });
    },
  };
}

/** As if the file system of a dead primary held more than its backup ever got. */
function tamper(scene: Scene, who: MemberName): void {
  scene.do(`${who}'s database and journal hold more than its backup got`, () => {
    const { disk } = scene.world.machine(who);
    disk.journal.append(-1);
    disk.apply(disk.journal.flush());
  });
}

/** The stories of a start. */
export const startStories: readonly Story[] = [
  {
    name: "start-stopped",
    row: "At start: JoinMirror=0: the mirror is not started",
    source: "SYS.Mirror.StopMirror, GHA_mirror_manage 5.8",
    hasArbiter: true,
    told:
      "StopMirror on the backup holds over restarts. The primary goes on without trouble, since " +
      "the backup said goodbye. StartMirror brings it back.",
    play(scene) {
      scene.ask("B", "stopMirror");
      scene.soon({ A: "primary", B: "stopped", serves: "A" }, "noticed");
      scene.kill("B");
      scene.start("B");
      scene.lasts({ A: "primary", B: "stopped", mode: "agent", serves: "A" });
      scene.went("A", "primary");
      scene.ask("B", "startMirror");
      scene.soon({ A: "primary", B: "backup", mode: "arbiter" });
    },
  },
  obstacleStory("start-without-service", "serviceDisabled"),
  obstacleStory("start-without-licence", "noLicense"),
  addressStory("start-at-anothers-address", "other"),
  addressStory("start-at-nobodys-address", "nobody"),
  {
    name: "start-beside-primary",
    row: "At start: the partner is primary: reconnects, SYNCHRONIZING, then BACKUP",
    source: "GHA_mirror_set, %SYSTEM.Mirror",
    hasArbiter: true,
    told: "The member finds a primary, connects, catches up, and is active backup.",
    play(scene) {
      stopBackup(scene);
      scene.start("B");
      scene.soon({ A: "primary", B: "backup", mode: "arbiter", serves: "A" });
      scene.passed("B", "deciding", "connecting", "synchronizing", "backup");
      scene.went("A", "primary");
    },
  },
  {
    name: "start-with-other-data",
    row: "At start: the partner is primary and its data does not match the history: inconsistent",
    source: "GHA_mirror_manage (inconsistent member)",
    hasArbiter: true,
    ignores: ["every copy is a prefix of the history"],
    told:
      "A dead primary's database holds a write that its backup never got and that nobody was told " +
      "to be safe. The backup is primary since, so that write is not part of the history. The " +
      "member must be rebuilt; it says so and stays out.",
    play(scene) {
      scene.crash("A");
      scene.soon({ B: "primary", serves: "B" }, "takeover");
      tamper(scene, "A");
      scene.start("A");
      scene.soon({ A: "inconsistent", B: "primary" });
      scene.lasts({ A: "inconsistent", B: "primary", mode: "agent", serves: "B" });
    },
  },
  {
    name: "start-not-validated",
    row: "At start: ValidatedMember=0: asks the primary for its role, never becomes primary",
    source: "RACS_mirrormember",
    hasArbiter: true,
    told:
      "A person fenced the member. It holds everything and the partner's agent says that the " +
      "partner is down, and still it waits for a primary.",
    play(scene) {
      scene.kill("A");
      scene.kill("B");
      scene.do("ValidatedMember=0 on B", () => {
        const { disk } = scene.world.machine("B");
        if (disk.local !== undefined) disk.local = { ...disk.local, isValidated: false };
      });
      scene.start("B");
      scene.soon({ A: "down", B: "waiting" });
      scene.lasts({ A: "down", B: "waiting", serves: "nobody" });
      scene.start("A");
      scene.soon({ A: "primary", B: "backup", serves: "A" });
      scene.never("B", "becoming");
    },
  },
  {
    name: "start-with-newest-journal",
    row: "At start: the partner is down, its agent reachable: the newest journal becomes primary",
    source: "Assumed: GHA_mirror_set 3.3.5.1 says it for a takeover",
    hasArbiter: true,
    told:
      "Both are down and only the one with the newest journal starts. The agent of the other one " +
      "shows an older journal: it is primary.",
    play(scene) {
      stopBoth(scene);
      scene.start("A");
      scene.soon({ A: "primary", B: "down", serves: "A" });
      scene.passed("A", "validating", "deciding", "becoming", "primary");
    },
  },
  {
    name: "start-and-fetch",
    row: "At start: the partner is down, its agent reachable: fetches what it lacks (TRANSITION)",
    source: "Assumed: GHA_mirror_set 3.3.5.1 says it for a takeover",
    hasArbiter: true,
    told:
      "Both are down and only the one with the older journal starts. It fetches the rest from the " +
      "other one's agent before it becomes primary.",
    play(scene) {
      stopBoth(scene);
      scene.start("B");
      scene.soon({ A: "down", B: "primary", serves: "B" });
      scene.passed("B", "validating", "deciding", "retrieving", "becoming", "primary");
    },
  },
  {
    name: "start-without-partners-agent",
    row: "At start: the partner's agent is not reachable: not primary, whoever it was before",
    source: "GHA_mirror_set_member_change 6.1.1",
    hasArbiter: true,
    told:
      "The arbiter is there, but it is no vote: without the other member's agent nobody knows who " +
      "has the newest journal. The member waits until the agent answers.",
    play(scene) {
      scene.crash("A");
      scene.soon({ B: "primary", serves: "B" }, "takeover");
      scene.crash("B");
      scene.start("B");
      scene.soon({ B: "waiting" });
      scene.lasts({ A: "down", B: "waiting", serves: "nobody" });
      scene.startAgent("A");
      scene.soon({ A: "down", B: "primary", serves: "B" });
    },
  },
  {
    name: "start-both",
    row: "At start: both together, nobody primary: the former primary becomes primary",
    source: "Assumed: the product's order is not documented",
    hasArbiter: true,
    told: "They agree through their agents: with equal journals the former primary goes first.",
    play(scene) {
      scene.do("clients pause", () => (scene.world.arePaused = true));
      scene.lasts({ A: "primary", B: "backup" }, "settled");
      scene.crash("A");
      scene.crash("B");
      scene.do("clients go on", () => (scene.world.arePaused = false));
      scene.start("A", "B");
      scene.soon({ A: "primary", B: "backup", mode: "arbiter", serves: "A" });
      scene.never("B", "becoming");
    },
  },
  {
    name: "start-both-newer-wins",
    row: "At start: both together, nobody primary: the newer journal becomes primary",
    source: "Assumed: the product's order is not documented",
    hasArbiter: true,
    told:
      "B took over from A and served on. Both are stopped and started: B has the newer journal " +
      "and is primary, although A comes first by name.",
    play(scene) {
      scene.crash("A");
      scene.soon({ B: "primary", serves: "B" }, "takeover");
      scene.crash("B");
      scene.start("A", "B");
      scene.soon({ A: "backup", B: "primary", mode: "arbiter", serves: "B" });
      scene.never("A", "becoming");
    },
  },
  {
    name: "start-after-forced-down",
    row: "At start: it was forced down while primary: as if the partner is primary",
    source: "GHA_mirror_set 3.3.2.2",
    hasArbiter: true,
    told: "Started by a person, the member finds its successor and comes back as backup.",
    play(scene) {
      scene.cut("A", "B");
      scene.cut("A", "arbiter");
      scene.soon({ A: "unlimited trouble", B: "primary", serves: "B" }, "takeover");
      scene.heal();
      scene.soon({ A: "down" });
      scene.start("A");
      scene.soon({ A: "backup", B: "primary", mode: "arbiter", serves: "B" });
      scene.never("A", "becoming");
    },
  },
  {
    name: "start-alone",
    row: "At start: it is the only failover member configured: becomes primary",
    source: "Assumed: put together from GHA_mirror_set",
    hasArbiter: false,
    isAlone: true,
    told: "Nobody else could be primary.",
    play(scene) {
      scene.crash("A");
      scene.start("A");
      scene.soon({ A: "primary" });
      scene.passed("A", "validating", "becoming", "primary");
    },
  },
];
