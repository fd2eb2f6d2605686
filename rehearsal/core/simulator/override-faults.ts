/** What persons do in a run in which they may override the mirror: often on a bad day, with whoever
 *  led it out of sight, and now and then at any moment. */

import type { Fault } from "./faults.ts";
import { cutBoth, membersThatAre } from "./mirror.ts";
import { becomePrimaryRashly, force, promoteAlone, trust } from "./overriding.ts";
import { arbiterHost, type World } from "./world.ts";

/** How long a person looks for the partner before it is forced: the documented minute, or less. */
const forceWaitsMs = [60_000, 5000, 500] as const;

/** How long a person watches a mirror without a primary, in milliseconds, least and most. */
const patienceMs = [1000, 20_000] as const;

/** An override, wherever the mirror stands. */
export function anOverride(world: World, name: string): Fault {
  const { random } = world;
  const one = (eligibility: string): string =>
    random.oneIn(4) ? name : random.pick(membersThatAre(world, eligibility));
  const heir = one("failover");
  const async = one("disasterRecovery");
  const partner = one("failover");
  const waitMs = random.pick(forceWaitsMs);
  return random.pick<Fault>([
    [`force on ${heir}, after ${waitMs} ms`, () => force(world, heir, waitMs)],
    [`becomePrimary on ${heir}, rashly`, () => becomePrimaryRashly(world, heir)],
    [`promoteWithNoPartner on ${async}`, () => promoteAlone(world, async)],
    [`promoteWithNoPartner on ${async}`, () => promoteAlone(world, async)],
    [
      `promoteWithSelectedPartner ${partner} on ${async}`,
      () => promoteAlone(world, async, partner),
    ],
    [`ValidatedMember=1 on ${name}, where it is down`, () => trust(world, name)],
  ]);
}

/** Failover members are lost from sight, dead or alive, and somebody overrides what is left. */
export function aBadDay(world: World, name: string): Fault {
  const { random, agenda, names } = world;
  const failover = membersThatAre(world, "failover");
  const lost = random.oneIn(3) ? [random.pick(failover)] : failover;
  const loses = lost.map((who) =>
    random.oneIn(2)
      ? () => [...names, arbiterHost].forEach((host) => cutBoth(world, who, host))
      : () => world.killHost(who, random.oneIn(2)),
  );
  const laterMs = random.between(...patienceMs);
  const [text, override] = anOverride(world, name);
  return [
    `lose ${lost.join(" and ")}, and ${laterMs} ms later: ${text}`,
    () => {
      for (const lose of loses) lose();
      agenda.after(laterMs, override);
    },
  ];
}
