/** What a random run does to a mirror. */

import type { Random } from "./random.ts";
import { cutBoth, healNetwork, hosts, members, startAll } from "./pair.ts";
import type { World } from "./world.ts";

/** One thing that goes wrong, or is mended, with what the picture says of it. */
export interface Disturbance {
  readonly text: string;
  readonly happen: () => void;
}

/** Mostly short pauses, so that faults meet the mirror in the middle of something. */
export function quietMs(random: Random): number {
  return random.oneIn(4) ? random.between(1000, 20_000) : random.between(1, 600);
}

/** Draws the next one. */
export function draw(world: World): Disturbance {
  const { random } = world;
  const name = random.pick(members);
  const from = random.pick(hosts);
  const to = random.pick(hosts.filter((host) => host !== from));
  const [text, happen] = random.pick<readonly [string, () => void]>([
    [`kill instance ${name}`, () => world.killInstance(name)],
    [`kill host ${name}`, () => world.killHost(name, true)],
    [`power off ${name}`, () => world.killHost(name, false)],
    [`stop ${name}`, () => world.stop(name, true)],
    [`start ${name}`, () => world.startHost(name)],
    [`start ${name}`, () => world.startHost(name)],
    [`start both`, () => members.forEach((member) => world.startHost(member))],
    [`cut ${from} from ${to}`, () => cutBoth(world, from, to)],
    [`cut ${from} > ${to}`, () => world.network.cut(from, to)],
    [`heal all`, () => healNetwork(world)],
    [`heal all`, () => healNetwork(world)],
    [`kill arbiter`, () => world.arbiter.kill()],
    [`start arbiter`, () => (world.arbiter.isUp = true)],
    [`start arbiter`, () => (world.arbiter.isUp = true)],
    [`start all`, () => startAll(world)],
  ]);
  return { text, happen };
}
