import { describe, expect, it } from "vitest";
import { readTopology } from "../topology.ts";
import { changedByHand, promotionNotes, startFaults } from "./by-hand.ts";
import { chooseImages } from "./image.ts";
import { noPast, type Past } from "./past.ts";
import { planMirror } from "./plan.ts";
import { refusals } from "./refusals.ts";
import type { MemberSeen, Seen } from "./seen.ts";
import { memberships, refusalWish } from "./survey.ts";
import { asyncTopology, healthyAsyncs } from "./testing/engines.ts";

const { draft } = readTopology(asyncTopology);
const past: Past = {
  formed: "yes",
  joinedAs: { mirrorA: "failover", mirrorB: "failover", dr1: "dr", report1: "reportingReadOnly" },
};
const nobody = { demoted: [], promoted: [], replaced: [] };

function seenWith(changes: Readonly<Record<string, object>>): Seen {
  const members = Object.entries(healthyAsyncs.members).map(([key, member]) => [
    key,
    { ...member, ...changes[key] },
  ]);
  return { ...healthyAsyncs, members: Object.fromEntries(members) as Seen["members"] };
}

const asDr = { type: "Disaster Recovery", status: "CONNECTED" };
const asFailover = { type: "Failover", status: "BACKUP" };
const away = { reachable: false, why: "stopped" };

function found(seen: Seen, remembered = past) {
  return changedByHand({ ...memberships(draft), past: remembered }, seen);
}

function planned(seen: Seen) {
  const stored = Object.fromEntries(
    ["mirrorB-join", "dr1-join", "mirror-verify"].map((step) => [step, "none"]),
  );
  return planMirror(draft, { stack: "dev", seen, stored, past, resolve: (path) => path });
}

function met(seen: Seen, remembered = past) {
  const images = chooseImages(draft, seen.rehearsal);
  return refusals(refusalWish(draft, "dev", images, remembered), seen, {});
}

describe("what a person did to a member", () => {
  it("is nothing in a mirror that is as it was, nor after a failover", () => {
    expect(found(healthyAsyncs)).toEqual(nobody);
    const swapped = { mirrorA: { status: "BACKUP" }, mirrorB: { status: "PRIMARY" } };
    expect(found(seenWith(swapped))).toEqual(nobody);
  });

  it("is drift of a backup that was demoted, in words and as that one step", () => {
    const seen = seenWith({ mirrorB: asDr });

    expect(found(seen)).toEqual({ ...nobody, demoted: ["mirrorB"] });
    expect(met(seen)).toEqual([]);
    expect(planned(seen).markers).toMatchObject({
      "mirrorB-join": "mirrorB was demoted to DR async and is promoted again (repair 1)",
      "mirrorA-join": null,
      "dr1-join": null,
      "mirror-verify": "to be verified after 1 repair (repair 1)",
    });
    expect(planned(seen).notes).toEqual([]);
  });

  it("is no drift of a DR that was promoted: a note says what would make it permanent", () => {
    const seen = seenWith({ mirrorB: asDr, dr1: asFailover });

    expect(found(seen)).toEqual({ demoted: [], promoted: ["dr1"], replaced: ["mirrorB"] });
    expect(met(seen)).toEqual([]);
    const { markers, notes } = planned(seen);
    expect(Object.values(markers).filter((marker) => marker !== null)).toEqual([]);
    expect(notes).toEqual([
      "dr1 was promoted to failover member by hand, and mirrorB is Disaster Recovery since. This is " +
        "left as it is. To make it permanent write dr1 under failover and mirrorB under async " +
        "(type: dr); to undo it promote the former failover member again (SYS.Mirror.Promote on it).",
    ]);
  });

  it("is told without a name where nobody was demoted for it", () => {
    const [note] = promotionNotes({ demoted: [], promoted: ["dr1"], replaced: [] });

    expect(note).toContain("write dr1 under failover and take out the member that is gone");
  });

  it("is not guessed where the topology was changed, or the state does not know", () => {
    const seen = seenWith({ mirrorB: asDr, dr1: asFailover });

    expect(found(seen, noPast)).toEqual(nobody);
    const other = { ...past, joinedAs: { mirrorB: "dr", dr1: "failover" } };
    expect(found(seen, other)).toEqual(nobody);
    expect(met(seen, noPast).map(({ path }) => path)).toEqual([
      ...["failover.mirrorB", "async.dr1.type"],
    ]);
  });

  it("keeps a failover member down that may not know of the promotion", () => {
    const stopped = (state: string): Seen => ({
      ...seenWith({ mirrorA: away, mirrorB: asDr, dr1: { ...asFailover, status: "PRIMARY" } }),
      containers: {
        ...healthyAsyncs.containers,
        mirrorA: { state, stack: "dev", member: "mirrorA" },
      },
    });
    const paths = (seen: Seen) =>
      startFaults(refusalWish(draft, "dev", chooseImages(draft, seen.rehearsal), past), seen).map(
        ({ path, given }) => `${path}: ${given}`,
      );

    for (const state of ["exited", "absent"]) {
      expect(paths(stopped(state))).toEqual([
        "failover.mirrorA: mirrorA, which does not run, while dr1 was promoted by hand",
      ]);
      expect(met(stopped(state)).map(({ path }) => path)).toEqual(["failover.mirrorA"]);
    }
    expect(paths(stopped("running"))).toEqual([]);
    expect(paths({ ...stopped("exited"), members: seenWith({ mirrorA: away }).members })).toEqual(
      [],
    );
  });
});

describe("the last good copy", () => {
  const lost = { ...healthyAsyncs.volumes };
  delete (lost as Record<string, unknown>)["dev-mirrorA-data"];
  delete (lost as Record<string, unknown>)["dev-mirrorB-data"];
  const silent = (key: string) => ({
    ...seenWith({ mirrorA: away, mirrorB: away, [key]: away }),
    volumes: lost,
  });
  const given = (seen: Seen, formed: Past["formed"]) =>
    met(seen, { ...past, formed }).map((fault) => fault.given);

  it("may be with an async that does not answer: no second mirror is formed", () => {
    const seen = {
      ...silent("dr1"),
      members: { ...silent("dr1").members, report1: away as MemberSeen },
    };

    for (const formed of ["yes", "unknown"] as const) {
      expect(given(seen, formed)).toEqual([
        "members without the mirror, while dr1 does not answer and may hold the last copy",
        "members without the mirror, while report1 does not answer and may hold the last copy",
      ]);
    }
    expect(given(seen, "no")).toEqual([]);
  });

  it("is not with an async that has no volume either", () => {
    const seen = { ...silent("dr1"), volumes: {} };

    expect(
      given({ ...seen, members: { ...seen.members, report1: away as MemberSeen } }, "yes"),
    ).toEqual([]);
  });

  it("of a promoted DR is found by writing it under failover", () => {
    const members = {
      ...silent("mirrorA").members,
      dr1: { ...seenWith({ dr1: asFailover }).members["dr1"] } as MemberSeen,
    };
    const [fault] = met({ ...silent("mirrorA"), members });

    expect(fault).toMatchObject({
      path: "failover",
      remedy: "write dr1, which was promoted, under failover alone, run up, then add the others",
    });
  });
});
