/** A routine of the site, `^ZMIRROR`, is asked before a member becomes primary. */

import { forceWaitMs } from "../timing.ts";
import type { MemberDisk } from "./disk.ts";
import { force } from "./overriding.ts";
import type { Scene } from "./scene.ts";
import type { Story } from "./story.ts";

const source = "GHA_mirror_set_config (^ZMIRROR)";

/** What the routine of B answers from now on. */
function answers({ world }: Scene, fault: MemberDisk["fault"]): void {
  world.machine("B").disk.fault = fault;
}

/** B shall take over and its routine says no. */
function holdBack(scene: Scene): void {
  scene.do("the routine of B says no", () => answers(scene, "siteSaysNo"));
  scene.crash("A");
  scene.soon({ A: "down", B: "becoming" }, "takeover");
}

/** The stories of this routine. */
export const siteStories: readonly Story[] = [
  {
    name: "site-holds-back",
    row: "^ZMIRROR says 0: it is asked again every 30 seconds, and nobody else takes over",
    source,
    hasArbiter: true,
    told:
      "The primary's host dies and the arbiter decides for the backup, whose routine ^ZMIRROR says " +
      "no. What entitles the backup stays good: the former primary comes back and waits. When the " +
      "routine says yes the backup takes over, half a minute later at most.",
    play(scene) {
      holdBack(scene);
      scene.lasts({ A: "down", B: "becoming", serves: "nobody" }, "ever");
      scene.start("A");
      scene.soon({ A: "waiting" });
      scene.lasts({ A: "waiting", B: "becoming", serves: "nobody" }, "ever");
      scene.do("the routine of B says yes", () => answers(scene, undefined));
      scene.soon({ A: "backup", B: "primary", serves: "B" }, "askedAgain");
      scene.never("A", "becoming");
    },
  },
  {
    name: "site-partner-is-forced",
    row: "A member that is held back becomes backup when a person made its partner primary",
    source,
    hasArbiter: true,
    told:
      "While the routine of the backup says no, the former primary comes back, cut off from " +
      "everybody, and a person forces it. The one that is held back finds it when they see each " +
      "other again, and follows.",
    play(scene) {
      holdBack(scene);
      scene.cut("A", "B");
      scene.cut("A", "arbiter");
      scene.start("A");
      scene.soon({ A: "waiting", B: "becoming" });
      scene.do("force on A", () => force(scene.world, "A", forceWaitMs));
      scene.soon({ A: "primary", B: "becoming", serves: "A" }, "ever");
      scene.heal();
      scene.soon({ A: "primary", B: "backup", serves: "A" }, "askedAgain");
    },
  },
];
