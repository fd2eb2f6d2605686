/** The product's words for each moment. */

import { describe, expect, it } from "vitest";
import { everyPhase } from "./testing/row-cases.ts";
import { entry, memberIn, mirrorOf, peerB } from "./testing/scenes.ts";
import * as views from "./views.ts";

const primary = { name: "primary", lineage: "A1" } as const;
const epoch = { lineage: "A1", number: 7 };

describe("the status of a member", () => {
  it("has one of the product's words in every phase", () => {
    const shown = everyPhase.map((phase) => {
      const state = memberIn(phase);
      return `${phase.name} ${views.statusWord(state)} ${views.memberStatus(state).join("/")}`;
    });

    expect(shown).toEqual([
      "off NOTINIT Not Initialized",
      "notMember NOTINIT Not Initialized",
      "stopped STOPPED Stopped",
      "validating WAITING Waiting",
      "deciding TRANSITION Transition",
      "retrieving TRANSITION Transition",
      "becoming TRANSITION Transition",
      "connecting SYNCHRONIZING Synchronizing",
      "synchronizing SYNCHRONIZING Synchronizing",
      "backup BACKUP Backup",
      "seeking SYNCHRONIZING Synchronizing",
      "connected CONNECTED Connected",
      "bereaved WAITING Waiting",
      "primary PRIMARY Primary",
      "trouble PRIMARY Primary/Trouble",
      "trouble PRIMARY Primary/Trouble",
      "handingOver PRIMARY Primary",
      "yielding PRIMARY Primary",
      "inconsistent WAITING Waiting",
      "forcedDown STOPPED Stopped",
    ]);
  });

  it("is WAITING once an attempt to decide came to nothing", () => {
    const state = memberIn({ name: "deciding", question: undefined, isWaiting: true });

    expect(views.statusWord(state)).toBe("WAITING");
  });
});

describe("the type of a member", () => {
  it.for([
    ["failover", "Failover"],
    ["disasterRecovery", "Disaster Recovery"],
    ["readOnlyReporting", "Read-Only Reporting"],
    ["readWriteReporting", "Read-Write Reporting"],
  ] as const)("%s is called %s", ([eligibility, word]) => {
    const configuration = mirrorOf([], { members: [entry("A", { eligibility })] });

    expect(views.memberType(memberIn(primary, { configuration }))).toBe(word);
  });

  it("is Not Member without a configuration", () => {
    const state = memberIn({ name: "notMember" }, { configuration: undefined });

    expect(views.memberType(state)).toBe("Not Member");
  });
});

describe("readiness for a failover", () => {
  const ready = memberIn(primary, {
    peers: { B: peerB("active") },
    control: { kind: "arbiter", epoch, isShared: true },
  });

  it("needs an active backup and, where there is an arbiter, its control", () => {
    expect(views.failoverReady(ready)).toEqual({ ready: true, reason: "" });
    expect(views.failoverReady({ ...ready, control: { kind: "agent" } }).reason).toMatch(/arbiter/);
    expect(views.failoverReady({ ...ready, peers: {} }).reason).toMatch(/not active/);
  });

  it("needs no arbiter where none is configured", () => {
    const configuration = mirrorOf(["A", "B"], { arbiter: undefined });
    const state = { ...ready, configuration, control: { kind: "agent" } } as const;

    expect(views.failoverReady(state).ready).toBe(true);
  });

  it("fails alone, on other phases, and while no failover is set", () => {
    const reasons = [
      { ...ready, configuration: mirrorOf(["A"]) },
      {
        ...ready,
        phase: {
          name: "bereaved" as const,
          primary: "B",
          question: 1,
          isExplained: true,
          wasActive: true,
        },
      },
      { ...ready, configuration: mirrorOf(["A", "B"], { definedPrimary: "A" }) },
      { ...ready, configuration: undefined },
    ].map((state) => views.failoverReady(state).reason);

    expect(reasons).toEqual([
      "There is no other failover member",
      "This member is not connected as primary or backup: Waiting",
      "No failover is set",
      "Not a mirror member",
    ]);
  });
});

describe("the lists of members", () => {
  it("show a healthy pair as Primary Active and Backup Active", () => {
    const state = memberIn(primary, {
      peers: { B: peerB("active") },
      reports: [
        { name: "A", isConnected: true, isActive: false, isCaughtUp: true },
        { name: "B", isConnected: true, isActive: true, isCaughtUp: true },
      ],
    });

    const { self, other } = views.failoverMemberRows(state);
    expect([self?.role, self?.status]).toEqual(["Primary", "Active"]);
    expect([other?.role, other?.status]).toEqual(["Backup", "Active"]);
    expect(
      views.memberRows(state).map((row) => [row.name, row.status, row.journalTransfer]),
    ).toEqual([
      ["A", "Primary", "N/A"],
      ["B", "Backup", "Active"],
    ]);
  });

  it("show a member that nobody is connected to as Down", () => {
    const state = memberIn(primary);

    expect(views.failoverMemberRows(state).other?.status).toBe("Down");
    expect(views.memberRows(state)[1]).toMatchObject({ name: "B", status: "Down" });
  });
});

describe("the arbiter's sentences", () => {
  it.for([
    [false, false, "This member is not connected to the arbiter"],
    [true, false, "Only this member is connected to the arbiter"],
    [true, true, "Both failover members are connected to the arbiter"],
  ] as const)("connected %s, sees the partner %s: %s", ([isConnected, seesPartner, sentence]) => {
    const state = memberIn(primary, { arbiter: { isConnected, seesPartner } });

    expect(views.arbiterConnection(state)).toBe(sentence);
  });
});
