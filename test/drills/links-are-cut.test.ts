/** What happens: links between the members and the arbiter lose every packet, in one direction or
 *  both, until they work again. Source of what must hold: GHA_mirror_set, Table 3-1, a drill a row.
 *  How it is measured: clients on both members, and what both say they are, throughout. */

import { drill, killGapMs, nobodyMs, type Stage } from "./drill.ts";
import type { Host } from "./faults.ts";

type Role = "primary" | "backup" | "arbiter";

/** A cut as the drill's title has it: `backup - arbiter`, or `primary > backup` for one way. */
type Cut = `${Role} ${"-" | ">"} ${Role}`;

async function cutAll({ primary, backup, faults }: Stage, cuts: readonly Cut[]): Promise<void> {
  const hosts: Readonly<Record<string, Host>> = { primary, backup, arbiter: "arbiter" };
  await Promise.all(
    cuts.map((cut) => {
      const [from = "", way, to = ""] = cut.split(" ");
      const [one, other] = [hosts[from], hosts[to]];
      if (one === undefined || other === undefined) throw new Error(`no such cut: ${cut}`);
      return way === ">" ? faults.cut(one, other) : faults.cutBoth(one, other);
    }),
  );
}

/** Rows in which the primary goes on, in agent controlled mode. */
const harmless: readonly (readonly Cut[])[] = [
  ["backup - arbiter"],
  ["primary - arbiter"],
  ["primary - arbiter", "backup - arbiter"],
  ["primary - backup"],
  ["primary - backup", "backup - arbiter"],
  ["primary > backup"],
  ["backup > primary"],
  ["primary > arbiter"],
  ["arbiter > backup"],
];

for (const cuts of harmless) {
  drill(
    `${cuts.join(", ")} lost: the primary goes on, agent controlled`,
    { on: "withArbiter", served: [["primary"]] },
    async (stage) => {
      const { primary, backup, faults, ready, writes } = stage;
      await cutAll(stage, cuts);
      await ready(primary, false);
      await writes(primary);
      await faults.heal(primary, backup, "arbiter");
      await ready(primary, true);
    },
  );
}

drill(
  "primary - backup, primary - arbiter lost: the backup takes over, the primary is forced down",
  { on: "withArbiter", served: [["primary", "backup"]], gapMs: killGapMs },
  async (stage) => {
    const { primary, backup, faults, writes, down } = stage;
    await cutAll(stage, ["primary - backup", "primary - arbiter"]);
    await writes(backup);
    await faults.heal(primary, backup, "arbiter");
    await down(primary);
    await faults.startInstance(primary);
  },
);

drill(
  "all three lost: nobody serves, and the primary resumes when its backup is back",
  { on: "withArbiter", served: [["primary"]] },
  async (stage) => {
    const { primary, backup, faults, watch, writes, agree } = stage;
    await cutAll(stage, ["primary - backup", "primary - arbiter", "backup - arbiter"]);
    await watch.nobodyServed(nobodyMs);
    await agree(primary, backup);
    await faults.heal(primary, backup, "arbiter");
    await writes(primary);
  },
);

drill(
  "without an arbiter: primary - backup lost: the primary goes on after the trouble timeout",
  { on: "withoutArbiter", served: [["primary"]] },
  async ({ primary, backup, faults, is, writes, watch }) => {
    await faults.cutBoth(primary, backup);
    await is(backup, "WAITING");
    await writes(primary);
    await watch.servedFor(primary, nobodyMs);
    await faults.heal(primary, backup);
  },
);
