/** Whoever asks, and however, hears the same of a member: page, `iris list`, `iris qlist`, metrics,
 *  mirror_status.cxw, $SYSTEM.Mirror and SYS.Mirror, in every state the core can be brought to by
 *  one step from any of its cases. Not proven here: that the words are the product's; views.test.ts
 *  and the README say where they come from. */

import { describe, expect, it } from "vitest";
import type { MemberState } from "../core/state.ts";
import { isPrimaryPhase } from "../core/phases.ts";
import { memberReports } from "../core/reports.ts";
import { step } from "../core/step.ts";
import { asDr, everyPhase, rowCases } from "../core/testing/row-cases.ts";
import { memberIn, mirrorOf, peerB } from "../core/testing/scenes.ts";
import { heardOf, type Heard } from "./testing/heard.ts";

const epoch = { lineage: "A1", number: 7 };

/** The same member under other circumstances. */
const circumstances: Readonly<Record<string, Partial<MemberState>>> = {
  "with no failover set": { configuration: mirrorOf(["A", "B"], { definedPrimary: "B" }) },
  alone: { configuration: mirrorOf(["A"], { arbiter: undefined }) },
};

/** Only a primary has members connected to it. */
const circumstancesOfPrimary: typeof circumstances = {
  "with a backup it just welcomed": { peers: { B: peerB("greeted") } },
  "with a backup that catches up": { peers: { B: peerB("catchingUp") } },
  "with a backup that becomes active": { peers: { B: peerB("activating") } },
  "with an active backup": { peers: { B: peerB("active") } },
  "arbiter controlled": {
    peers: { B: peerB("active") },
    arbiter: { isConnected: true, seesPartner: true },
    control: { kind: "arbiter", epoch, isShared: true },
  },
};

/** What a primary, or who follows it, was last told of the members. */
function withReports(state: MemberState): MemberState {
  if (isPrimaryPhase(state.phase)) return { ...state, reports: memberReports(state) };
  const told = { isConnected: true, isActive: false, isCaughtUp: true };
  return { ...state, reports: ["A", "B"].map((name) => ({ name, ...told })) };
}

const outside = { configuration: undefined, local: undefined };

const states: readonly (readonly [string, MemberState])[] = [
  ...everyPhase.flatMap((phase) => {
    if (phase.name === "notMember") return [[phase.name, memberIn(phase, outside)] as const];
    if (phase.name === "connected") {
      return [[phase.name, withReports(memberIn(phase, asDr))] as const];
    }
    const ofPrimary = isPrimaryPhase(phase) ? circumstancesOfPrimary : {};
    const all = { "": {}, ...circumstances, ...ofPrimary };
    return Object.entries(all).map(
      ([name, more]) =>
        [`${phase.name} ${name}`.trim(), withReports(memberIn(phase, more))] as const,
    );
  }),
  ...Object.entries(rowCases).map(([id, { state, event }]): [string, MemberState] => [
    `behind ${id}`,
    step(state, event).state,
  ]),
];

const statusInOrder = [
  "NOTINIT",
  "PRIMARY",
  "BACKUP",
  "CONNECTED",
  "TRANSITION",
  "SYNCHRONIZING",
  "WAITING",
  "STOPPED",
  "CRASHED",
];

const typesInOrder = [
  "Indeterminate",
  "Not Member",
  "Failover",
  "Async",
  "Disaster Recovery",
  "Read-Only Reporting",
  "Read-Write Reporting",
];

/** The word for programs, as people read it. */
function spoken(status: string): string {
  if (status === "NOTINIT") return "Not Initialized";
  return status.charAt(0) + status.slice(1).toLowerCase();
}

const agrees = (heard: Heard, isMember: boolean): void => {
  const { status } = heard;
  const word = spoken(status);
  expect(heard.memberStatus[0]).toBe(word);
  expect(heard.qlist).toEqual(isMember ? [heard.memberType, word] : ["", ""]);
  expect(heard.list).toEqual(isMember ? [heard.memberType, word] : []);
  expect(heard.metrics["iris_mirror_member_type"]).toBe(typesInOrder.indexOf(heard.memberType) + 1);
  const number = isMember ? statusInOrder.indexOf(status) + 1 : undefined;
  expect(heard.metrics["iris_mirror_status"]).toBe(number);
  expect([heard.isPrimary, heard.isBackup]).toEqual([status === "PRIMARY", status === "BACKUP"]);
  expect(heard.balancer).toBe(status === "PRIMARY" ? "200 SUCCESS" : "503 FAILED");
  expect(heard.isStarted).toBe(status !== "NOTINIT" && status !== "STOPPED");
};

const isShownAlike = (heard: Heard): void => {
  const inTrouble = heard.memberStatus[1] === "Trouble";
  const shown = inTrouble ? "In Trouble" : spoken(heard.status);
  const own = heard.pageMembers.find(([name]) => name === "A");
  expect(own?.slice(0, 3)).toEqual(["A", heard.memberType, shown]);
  expect(heard.pageOwn).toEqual([heard.memberType, shown]);
  expect([...heard.pageMembers].sort()).toEqual([...heard.listedMembers].sort());
  const isReady = heard.metrics["iris_mirror_failover_ready"] === 1;
  expect(heard.isReady).toBe(isReady);
  // An async is never asked whether it is ready to take over.
  const isFailover = heard.memberType === "Failover";
  const saysNotReady = heard.pageConcerns.some((text) => text.includes("Not ready"));
  expect(saysNotReady).toBe(isFailover && !isReady);
  const well = isFailover ? ["PRIMARY", "BACKUP"] : ["CONNECTED"];
  if (heard.pageConcerns.length === 0) expect(well).toContain(heard.status);
};

const pairAgrees = (heard: Heard): void => {
  const [own, other] = heard.failoverMembers;
  expect(own?.role === "Primary").toBe(heard.status === "PRIMARY");
  const isWell = heard.memberStatus.length === 1 && ["PRIMARY", "BACKUP"].includes(heard.status);
  if (own?.status === "Active") expect(isWell).toBe(true);
  for (const member of [own, other]) {
    if (member === undefined) continue;
    const listed = heard.listedRoles.find(([name]) => name === member.name);
    expect(listed?.[1], `role of ${member.name}`).toBe(member.role);
  }
  const shownOther = heard.pageMembers.find(([name]) => name === other?.name)?.[2];
  if (other !== undefined) expect(shownOther === "Down").toBe(other.status === "Down");
};

describe("all who tell what a member is say the same", () => {
  it.for(states)("%s", ([, state]) => {
    const heard = heardOf(state);
    const isMember = heard.memberType !== "Not Member";

    agrees(heard, isMember);
    if (isMember) {
      isShownAlike(heard);
      pairAgrees(heard);
    }
  });

  it("in every status a member can have", () => {
    const seen = new Set(states.map(([, state]) => heardOf(state).status));

    // CRASHED means that a process is gone.
    expect([...seen].sort()).toEqual(statusInOrder.filter((one) => one !== "CRASHED").sort());
  });
});
