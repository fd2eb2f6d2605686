/** What a person overrides, and what becomes of whoever comes back. */

import { forceWaitMs } from "../timing.ts";
import { force, promoteAlone } from "./overriding.ts";
import type { Story } from "./story.ts";

/** The stories of overrides. */
export const overrideStories: readonly Story[] = [
  {
    name: "force-while-primary-lives",
    row: "Force while the old primary lives on unseen: it goes down when they meet, and must be rebuilt",
    source: "GHA_mirror_set_member_change 6.2.3, GHA_mirror_set 3.3.2.2",
    hasArbiter: false,
    told:
      "Primary and backup lose each other, and nobody else can tell the backup what became of the " +
      "primary: it waits. The primary goes on alone after the trouble timeout. A person believes " +
      "that it is down and forces the backup, which first says what that may cost and looks for " +
      "its partner for a minute. Now there are two primaries. When they see each other again the " +
      "older one goes down by force; started by a person, it finds that its databases hold what " +
      "the mirror does not have, says so, and dejournals no more.",
    play(scene) {
      scene.cut("A", "B");
      scene.soon({ A: "primary", B: "waiting", serves: "A" }, "troubleOver");
      scene.do("force on B", () => force(scene.world, "B", forceWaitMs));
      scene.lasts({ A: "primary", B: "waiting", serves: "A" }, "troubleOver");
      scene.soon({ A: "primary", B: "primary", serves: "B" }, "ever");
      scene.heal();
      scene.soon({ A: "down", B: "primary", serves: "B" });
      scene.passed("A", "primary", "forcedDown");
      scene.start("A");
      scene.soon({ A: "inconsistent", B: "primary", serves: "B" });
      scene.lasts({ A: "inconsistent", B: "primary", serves: "B" });
    },
  },
  {
    name: "promote-without-primary",
    row: "PromoteWithNoPartner: a former primary with journal nobody has must be rebuilt, others follow",
    source: "SYS.Mirror.PromoteWithNoPartner, GHA_mirror_manage 5.5",
    hasArbiter: true,
    asyncs: ["disasterRecovery"],
    told:
      "The backup's host is lost, then the DR async is cut off, and the primary goes on alone until " +
      "its host is lost too: what it acknowledged last nobody else has. A person makes the DR async " +
      "primary, whose log names the loss and those who were not reached. The former backup comes " +
      "back, finds the new primary and follows it as a DR async. The former primary finds that its " +
      "databases hold what the mirror does not have, says so, and dejournals no more.",
    play(scene) {
      scene.crash("B");
      scene.soon({ A: "primary", C: "connected", serves: "A" }, "troubleOver");
      scene.cut("A", "C");
      scene.soon({ C: "waiting", serves: "A" });
      scene.crash("A");
      scene.heal();
      scene.lasts({ A: "down", B: "down", C: "waiting", serves: "nobody" });
      scene.do("promoteWithNoPartner on C", () => promoteAlone(scene.world, "C"));
      scene.soon({ C: "primary", serves: "C" });
      scene.start("B");
      scene.soon({ B: "connected", C: "primary", serves: "C" });
      scene.start("A");
      scene.soon({ A: "inconsistent", B: "connected", C: "primary", serves: "C" });
      scene.lasts({ A: "inconsistent", C: "primary", serves: "C" });
    },
  },
];
