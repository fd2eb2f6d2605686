/** A DR async becomes primary where none runs: what it needs, and how the others give way. */

import { describe, expect, it } from "vitest";
import { agentAnswer } from "./agent.ts";
import { entryOf, failoverMembers } from "./configuration.ts";
import { primaryObstacle } from "./primary-guard.ts";
import { givenWay, withFailover } from "./promotion.ts";
import { step } from "./step.ts";
import { drWithoutPrimary, promotedWith, promotionCases } from "./testing/row-cases-promotion.ts";
import { everyPhase } from "./testing/row-cases.ts";
import { entry, historyOf, memberIn, mirrorOf, questionOfB } from "./testing/scenes.ts";
import type { MemberState } from "./state.ts";

const at = 1000;
const own = historyOf(["A1"]);
const drB = entry("B", { eligibility: "disasterRecovery" });
const mirror = mirrorOf([], { members: [entry("A"), drB, entry("C")] });
const asked = { at, type: "partnerAsked", token: 1, own } as const;
const promotes = { ...asked, question: questionOfB("promote", own) };

describe("a DR async that is promoted where no primary runs", () => {
  it("names the risk and whom nobody reached, and is failover member on disk before it begins", () => {
    const { state, effects } = step(drWithoutPrimary, promotedWith(own));
    const kinds = effects.map((effect) => effect.do);
    expect(JSON.stringify(effects[0])).toMatch(/is lost; not reached: C.*ValidatedMember=0/);
    expect(kinds.indexOf("saveConfiguration")).toBeGreaterThan(0);
    expect(kinds.indexOf("prepareAsPrimary")).toBeGreaterThan(kinds.indexOf("saveConfiguration"));
    const { configuration } = state;
    expect(configuration && failoverMembers(configuration).map(({ name }) => name)).toEqual(["A"]);
  });

  it("asks whoever was not reached to give way until it did, and everybody else in turn", () => {
    const becoming = step(drWithoutPrimary, promotedWith(own)).state;
    const serving = step(becoming, { at, type: "primaryReady", lineage: "A2" });
    const ask = { do: "askPartner", kind: "promote", member: "C" };
    expect(serving.effects).toContainEqual({ ...ask, question: 101 });
    const down = { kind: "granted", isDown: true, history: undefined } as const;
    const answered = (
      before: MemberState,
      question: number,
      answer: typeof down | { readonly kind: "unreachable" },
    ) => {
      const event = { at, type: "partnerAnswered", question, answer, own } as const;
      return step(step(before, event).state, { at, type: "timer", timer: "byHand" });
    };
    const later = answered(serving.state, 101, { kind: "unreachable" });
    const contest = { do: "askPartner", kind: "contest", member: "B", question: 102 };
    expect(later.effects).toContainEqual(contest);
    expect(answered(later.state, 102, down).effects).toContainEqual({ ...ask, question: 103 });
    const done = answered(answered(serving.state, 101, down).state, 102, down);
    expect(done.state.rival).toBeUndefined();
    expect(done.effects.map((effect) => effect.do)).not.toContain("askPartner");
  });

  it("looks for others also where it could not serve at once", () => {
    const becoming = step(drWithoutPrimary, promotedWith(own)).state;
    const failed = step(becoming, { at, type: "primaryFailed", why: "a database" }).state;
    expect(failed).toMatchObject({ byHand: undefined, rival: { question: undefined } });
    const later = memberIn(becoming.phase, { ...failed, phase: becoming.phase });
    const serving = step(later, { at, type: "primaryReady", lineage: "A2" });
    expect(serving.effects.map((effect) => effect.do)).toContain("askPartner");
  });

  it("refuses where the journal of one that answers does not continue its own", () => {
    const { state, effects } = step(drWithoutPrimary, promotedWith(historyOf(["X1", "X2"])));
    expect(state).toEqual(drWithoutPrimary);
    expect(JSON.stringify(effects)).toContain("does not continue its own");
  });

  it("needs a person, and what was to be fetched", () => {
    const configuration = withFailover(mirror, "A", undefined);
    const warrant = { kind: "promotion", partner: undefined, absent: [] } as const;
    const becoming = memberIn({ name: "notMember" }, { configuration });
    const byHand = { token: 1, isPrimaryGone: true, isPromotion: true } as const;
    const more = { ...warrant, history: historyOf(["A1"], 150) };
    expect(primaryObstacle(becoming, { ...warrant, history: undefined }, own)).toMatch(/no person/);
    expect(primaryObstacle({ ...becoming, byHand }, more, own)).toMatch(/it lacks/);
  });
});

describe("giving way", () => {
  it("is written down before it is said, and needs the primary's word to be undone", () => {
    for (const phase of everyPhase) {
      const { state, effects } = step(memberIn(phase, { configuration: mirror }), promotes);
      const kinds = effects.map((effect) => effect.do);
      const said = effects.find((effect) => effect.do === "answerPartner")?.answer;
      const hasGivenWay = state.local?.isValidated === false;
      expect([phase.name, said?.kind === "granted"]).toEqual([phase.name, hasGivenWay]);
      if (!hasGivenWay) continue;
      expect(kinds.indexOf("saveConfiguration")).toBeLessThan(kinds.indexOf("answerPartner"));
      const own = state.configuration && entryOf(state.configuration, "A");
      expect(own?.eligibility).toBe("disasterRecovery");
    }
  });

  it("is refused by whoever is primary, becoming it, or following one", () => {
    const states: Record<string, string> = {};
    for (const phase of everyPhase) {
      const { effects } = step(memberIn(phase, { configuration: mirror }), promotes);
      states[phase.name] =
        effects.find((effect) => effect.do === "answerPartner")?.answer.kind ?? "nothing";
    }
    expect(states).toMatchObject({ primary: "primary", becoming: "becoming", backup: "no" });
    expect(states).toMatchObject({ connecting: "no", deciding: "granted", bereaved: "granted" });
  });

  it("forces a primary down that hears of a later one", () => {
    const primary = memberIn({ name: "primary", lineage: "A1" }, { configuration: mirror });
    const later = { ...asked, question: questionOfB("promote", historyOf(["A1", "B2"])) };
    expect(step(primary, later).state.phase.name).toBe("forcedDown");
  });

  it("keeps the selected partner, and is no business of a reporting async or a stranger", () => {
    const question = { ...questionOfB("promote", own), partner: "C" };
    const names = givenWay(mirror, question);
    expect(names && failoverMembers(names).map(({ name }) => name)).toEqual(["B", "C"]);
    const reporting = { ...drB, eligibility: "readOnlyReporting" } as const;
    expect(givenWay({ ...mirror, members: [entry("A"), reporting] }, question)).toBeUndefined();
    expect(givenWay(mirror, { ...question, memberGuid: "other" })).toBeUndefined();
  });

  it("is the agent's affair for an instance that is down", () => {
    const sight = { kind: "down", configuration: mirror, history: own } as const;
    expect(agentAnswer(sight, promotes.question).kind).toBe("granted");
    expect(agentAnswer({ kind: "unclear" }, promotes.question).kind).toBe("no");
  });
});

describe("a failover member that starts beside a DR async", () => {
  it("looks for a primary everywhere first, and follows one that was promoted", () => {
    const { state, event } = promotionCases["nobody-leads-alone"];
    const answer = { kind: "primary", invitation: { lineage: "B2", number: 1 } } as const;
    expect(step(state, { ...event, answer }).state.phase.name).toBe("connecting");
  });
});
