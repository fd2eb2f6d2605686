/** Every sequence is interrupted after each of its events: an instance is restarted there, and
 *  another time its host is. The invariants hold, and the mirror heals. */

import { describe, expect, it } from "vitest";
import { heal } from "./healing.ts";
import { Observer } from "./observer.ts";
import { addMachines, clientsWrite, cutBoth, form, pair } from "./mirror.ts";
import { drawn } from "./picture.ts";
import { arbiterHost, World } from "./world.ts";

/** What begins a change of roles. */
const beginnings: Readonly<Record<string, (world: World) => void>> = {
  "a planned stop": (world) => world.stop("A", true),
  "a stop without failover": (world) => world.stop("A", false),
  "the death of the primary's instance": (world) => world.killInstance("A"),
  "the death of the primary's host": (world) => world.killHost("A", true),
  "the loss of the backup": (world) => world.killHost("B", true),
  "a broken data channel": (world) => world.network.reset("A", "B"),
  "the isolation of the primary": (world) => {
    cutBoth(world, "A", "B");
    cutBoth(world, "A", arbiterHost);
  },
};

/** So many events after a beginning roles have changed and clients write again. */
const eventsMax = 50;

/** Longer nothing happens in no sequence: twice the longest trouble. */
const patienceMs = 20_000;

function interrupted(begin: (world: World) => void, after: number, who: "A" | "B") {
  const observer = new Observer();
  const world = new World(1, observer);
  addMachines(world, []);
  observer.watch(world);
  form(world, true);
  clientsWrite(world);
  world.pass(1000, () => false);
  begin(world);
  const until = observer.events + after;
  world.pass(patienceMs, () => observer.events >= until);
  observer.note(`-- restart ${who}`);
  if (after % 2 === 0) world.killHost(who, true);
  else world.killInstance(who);
  world.startHost(who);
  heal(world, observer, true);
  return { faults: observer.faults, picture: drawn(`after ${after}`, pair, observer.lines) };
}

describe("a restart after each event", () => {
  it.for(Object.keys(beginnings))("of %s", (name) => {
    for (let after = 0; after <= eventsMax; after++) {
      for (const who of pair) {
        const { faults, picture } = interrupted(beginnings[name]!, after, who);

        expect(faults, picture.join("\n")).toEqual([]);
      }
    }
  });
});
