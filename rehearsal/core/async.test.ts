/** An async member decides nothing, and nobody waits for it. */

import { describe, expect, it } from "vitest";
import { agentAnswer } from "./agent.ts";
import { safeUntil } from "./acknowledgement.ts";
import type { MemberEvent } from "./events.ts";
import type { Phase } from "./phases.ts";
import { step } from "./step.ts";
import { rowCases } from "./testing/row-cases.ts";
import { entry, historyOf, memberIn, mirrorOf, peerB, questionOfB } from "./testing/scenes.ts";
import * as views from "./views.ts";

const own = historyOf(["A1"]);
const asDr = mirrorOf([], {
  members: [
    entry("A", { eligibility: "disasterRecovery" }),
    entry("B"),
    entry("C"),
    entry("D", { eligibility: "disasterRecovery" }),
    entry("E", { eligibility: "readOnlyReporting" }),
  ],
});
const connected: Phase = { name: "connected", primary: "B", link: "to-B" };

describe("an async that seeks the primary", () => {
  it("asks failover members, then DR asyncs, never reporting asyncs; then waits", () => {
    let state = memberIn({ name: "validating", hasFailed: false }, { configuration: asDr });
    const asked: string[] = [];
    let event: MemberEvent = { at: 1, type: "ownAddressChecked", found: "self" };
    for (let turn = 0; turn < 4; turn++) {
      const taken = step(state, event);
      state = taken.state;
      for (const effect of taken.effects) {
        if (effect.do === "askPartner") asked.push(`${effect.kind} ${effect.member}`);
      }
      const question = state.lastNumber;
      event = { at: 1, type: "partnerAnswered", question, answer: { kind: "unreachable" }, own };
    }

    expect(asked).toEqual(["look B", "look C", "look D"]);
    expect(state.phase).toMatchObject({ name: "seeking", question: undefined, isWaiting: true });
    expect(views.statusWord(state)).toBe("WAITING");
  });
});

describe("an async that is asked as a partner", () => {
  it("gives no consent, in no phase, nor does the agent for one who is an async", () => {
    for (const { phase } of Object.values(rowCases).map(({ state }) => state)) {
      if (["off", "notMember", "becoming", "retrieving"].includes(phase.name)) continue;
      const state = memberIn(phase, { configuration: asDr });
      const question = questionOfB("consent", own);
      const { effects } = step(state, { at: 1, type: "partnerAsked", token: 1, question, own });
      const answers = effects.filter((effect) => effect.do === "answerPartner");
      expect(answers.map(({ answer }) => answer.kind)).not.toContain("granted");
    }

    const question = { ...questionOfB("consent", own), member: "A", memberGuid: "guid-A" };
    const sight = { kind: "down", configuration: asDr, history: own } as const;
    expect(agentAnswer(sight, question)).toEqual({ kind: "no", why: "notPartner" });
  });

  it("may look itself: the primary says that it is primary", () => {
    const state = memberIn({ name: "primary", lineage: "A1" }, { configuration: mirrorOf(["A"]) });
    const configuration = mirrorOf([], {
      members: [entry("A"), entry("B", { eligibility: "disasterRecovery" })],
    });
    const question = questionOfB("look", own);
    const event = { at: 1, type: "partnerAsked", token: 1, question, own } as const;
    const { effects } = step({ ...state, configuration }, event);

    expect(effects).toContainEqual({
      do: "answerPartner",
      token: 1,
      answer: {
        kind: "primary",
        invitation: { lineage: "A1", number: expect.any(Number) as number },
      },
    });
  });
});

describe("a primary with an async", () => {
  const configuration = mirrorOf([], {
    members: [entry("A"), entry("B", { eligibility: "disasterRecovery" })],
  });
  const primary: Phase = { name: "primary", lineage: "A1" };

  it("takes in 14 asyncs and no more, beside two failover members", () => {
    const asyncs = Array.from({ length: 13 }, (_, index) =>
      entry(`X${index}`, { eligibility: "disasterRecovery" }),
    );
    let state = memberIn(primary, {
      configuration: mirrorOf([], { members: [entry("A"), entry("B"), ...asyncs] }),
    });
    const answers = ["C", "D"].map((name) => {
      const request = { mirror: "MIR", entry: entry(name, { eligibility: "readOnlyReporting" }) };
      const taken = step(state, { at: 1, type: "joinAsked", token: 1, request });
      state = taken.state;
      return taken.effects.find((effect) => effect.do === "answerJoin")?.answer;
    });

    expect(state.configuration?.members).toHaveLength(16);
    expect(answers).toMatchObject([
      { kind: "accepted" },
      { kind: "refused", refusal: { number: 2045 } },
    ]);
  });

  it("never makes it active, never waits for it, and loses it without trouble", () => {
    const state = memberIn(primary, { configuration, peers: { B: peerB("catchingUp", 0) } });
    const position = { file: 1, offset: 100 };
    const { state: after } = step(state, {
      at: 1,
      type: "received",
      link: "from-B",
      message: { kind: "acknowledged", position },
      end: position,
    });

    expect(after.peers["B"]?.stage).toBe("caughtUp");
    expect(safeUntil(after)).toBe("all");
    expect(views.memberRows(after)[1]).toMatchObject({
      type: "Disaster Recovery",
      role: "Async",
      status: "Connected",
      journalTransfer: "Caught up",
      dejournaling: "Caught up",
    });
    const { state: alone } = step(after, { at: 1, type: "linkLost", link: "from-B" });
    expect(alone.phase.name).toBe("primary");
  });
});

describe("what an async shows", () => {
  it("is its type, CONNECTED, and the others as the primary reports them", () => {
    const state = memberIn(connected, {
      configuration: asDr,
      reports: [
        { name: "A", isConnected: true, isActive: false, isCaughtUp: true },
        { name: "C", isConnected: true, isActive: true, isCaughtUp: true },
      ],
    });

    expect(views.statusWord(state)).toBe("CONNECTED");
    expect(views.memberStatus(state)).toEqual(["Connected"]);
    expect(views.memberType(state)).toBe("Disaster Recovery");
    expect(views.failoverMemberRows(state)).toEqual({ self: undefined, other: undefined });
    expect(views.memberRows(state).map(({ name, role, status }) => [name, role, status])).toEqual([
      ["A", "Async", "Connected"],
      ["B", "Primary", "Primary"],
      ["C", "Backup", "Backup"],
      ["D", "Async", "Down"],
      ["E", "Async", "Down"],
    ]);
  });
});
