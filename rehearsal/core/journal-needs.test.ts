import { describe, expect, it } from "vitest";
import { absentAsyncMs, neededByOthers, type Absence } from "./journal-needs.ts";
import { beforeHistory, type JournalPosition } from "./position.ts";
import { switchedOff, type MemberState } from "./state.ts";

const at = (file: number): JournalPosition => ({ file, offset: 100 });
const now = 10 * absentAsyncMs;

/** Primary A with its partner B and the DR async C; the connected ones have this much. */
function primary(connected: Readonly<Record<string, JournalPosition>>): MemberState {
  const members = (["A", "B", "C"] as const).map((name) => ({
    name,
    eligibility: name === "C" ? "disasterRecovery" : "failover",
  }));
  const peers = Object.fromEntries(
    Object.entries(connected).map(([member, acknowledged]) => [member, { member, acknowledged }]),
  );
  // Only names, eligibility and positions matter here.
  return { ...switchedOff, configuration: { members }, local: { name: "A" }, peers } as never;
}

function needed(
  connected: Readonly<Record<string, JournalPosition>>,
  absences: Readonly<Record<string, Absence>> = {},
  leadingSinceEpochMs = now,
): JournalPosition | undefined {
  const times = { nowEpochMs: now, leadingSinceEpochMs };
  return neededByOthers(primary(connected), new Map(Object.entries(absences)), times);
}

const away = (file: number, ms: number): Absence => ({
  acknowledged: at(file),
  sinceEpochMs: now - ms,
});

describe("journal that other members need", () => {
  it("is what the member furthest behind does not have", () => {
    expect(needed({ B: at(5), C: at(3) })).toEqual(at(3));
    expect(needed({ B: at(4), C: at(6) })).toEqual(at(4));
  });

  it("is kept for an async that is away, for 14 days", () => {
    expect(needed({ B: at(5) }, { C: away(2, absentAsyncMs) })).toEqual(at(2));
    expect(needed({ B: at(5) }, { C: away(2, absentAsyncMs + 1) })).toEqual(at(5));
  });

  it("is kept for the failover partner however long it is away", () => {
    expect(needed({ C: at(5) }, { B: away(2, 2 * absentAsyncMs) })).toEqual(at(2));
  });

  it("is everything while a member was not seen since this one is primary", () => {
    expect(needed({ B: at(5) })).toEqual(beforeHistory);
    expect(needed({ B: at(5) }, {}, now - absentAsyncMs - 1)).toEqual(at(5));
  });

  it("counts a member that came back by what it has now", () => {
    expect(needed({ B: at(5), C: at(4) }, { C: away(2, 0) })).toEqual(at(4));
  });
});
