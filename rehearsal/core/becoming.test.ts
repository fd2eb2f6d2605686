/** What a member does that could not become primary. */

import { describe, expect, it } from "vitest";
import type { MemberEvent } from "./events.ts";
import type { Phase } from "./phases.ts";
import type { Step } from "./state.ts";
import { step } from "./step.ts";
import { retryMs, siteRetryMs } from "./timing.ts";
import { consentOfB, historyOf, memberIn, mirrorOf, questionOfB } from "./testing/scenes.ts";

const at = 0;
const own = historyOf(["A"]);
const why = "a database is missing";
const failed: MemberEvent = { at, type: "primaryFailed", why };
const retry: MemberEvent = { at, type: "timer", timer: "retry" };

const lines = ({ effects }: Step): string[] =>
  effects.flatMap((effect) => (effect.do === "log" ? [effect.line.text] : []));
const kinds = ({ effects }: Step): string[] => effects.map((effect) => effect.do);

describe("a member with a partner that cannot become primary", () => {
  const becoming: Phase = {
    name: "becoming",
    warrant: { kind: "consent", history: undefined, isDown: true },
  };

  it("asks again after a while, and not at once", () => {
    const first = step(memberIn(becoming), failed);
    expect(first.effects).toContainEqual({ do: "startTimer", timer: "retry", afterMs: retryMs });
    expect(kinds(first)).not.toContain("askPartner");
    expect(kinds(step(first.state, retry))).toContain("askPartner");
  });

  it("consents to its partner meanwhile", () => {
    const question = questionOfB("consent", own);
    const asked = step(step(memberIn(becoming), failed).state, {
      at,
      type: "partnerAsked",
      token: 1,
      question,
      own,
    });
    const answers = asked.effects.flatMap((effect) =>
      effect.do === "answerPartner" ? [effect.answer.kind] : [],
    );
    expect(answers).toEqual(["granted"]);
  });

  it("says each reason once", () => {
    const refusal = `This member does not become primary: ${why}`;
    const first = step(memberIn(becoming), failed);
    expect(lines(first)).toEqual([refusal]);
    const again = step(first.state, retry);
    const question = again.state.lastNumber;
    const answer = consentOfB(undefined);
    const begun = step(again.state, { at, type: "partnerAnswered", question, answer, own });
    expect(begun.state.phase.name).toBe("becoming");
    const second = step(begun.state, failed);
    expect(lines(second)).toEqual([]);
    const other = step(begun.state, { ...failed, why: "another" });
    expect(lines(other)).toEqual(["This member does not become primary: another"]);
  });
});

describe("the only failover member", () => {
  it("does not say at each attempt that it is alone", () => {
    const alone = { configuration: mirrorOf(["A"]) };
    const becoming: Phase = { name: "becoming", warrant: { kind: "sole" } };
    const first = step(memberIn(becoming, alone), failed);
    expect(lines(first)).toHaveLength(1);
    const again = step(first.state, { at, type: "ownAddressChecked", found: "self" });
    expect(again.state.phase.name).toBe("becoming");
    expect(lines(again)).toEqual([]);
  });
});

describe("a member that the site holds back", () => {
  const becoming: Phase = { name: "becoming", warrant: { kind: "sole" } };
  const heldBack: MemberEvent = { at, type: "primaryHeldBack", why: "the site says no" };
  const first = step(memberIn(becoming), heldBack);

  it("asks again after half a minute, and looks for its partner meanwhile", () => {
    expect(first.state.phase.name).toBe("becoming");
    expect(lines(first)).toEqual(["This member does not become primary: the site says no"]);
    expect(first.effects).toContainEqual({
      do: "startTimer",
      timer: "retry",
      afterMs: siteRetryMs,
    });
    expect(first.effects).toContainEqual(
      expect.objectContaining({ do: "askPartner", kind: "look", member: "B" }),
    );
    expect(kinds(step(first.state, retry))).toEqual(["prepareAsPrimary"]);
    expect(lines(step(step(first.state, retry).state, heldBack))).toEqual([]);
  });

  it("asks nobody again while the site is being asked", () => {
    expect(kinds(step(memberIn(becoming), retry))).toEqual([]);
  });

  it("follows a partner that a person made primary, and a stale answer counts no more", () => {
    const question = first.state.lastNumber;
    const answer = { kind: "primary", invitation: { lineage: "L", number: 1 } } as const;
    const answered: MemberEvent = { at, type: "partnerAnswered", question, answer, own };
    expect(step(first.state, answered).state.phase.name).toBe("connecting");
    expect(step(step(first.state, retry).state, answered).state.phase.name).toBe("becoming");
  });

  it("tells its partner that it is becoming primary", () => {
    const question = questionOfB("consent", own);
    const asked = step(first.state, { at, type: "partnerAsked", token: 1, question, own });
    expect(asked.effects).toContainEqual({
      do: "answerPartner",
      token: 1,
      answer: { kind: "becoming" },
    });
  });

  it("refuses whoever asked for it by hand", () => {
    const byHand = { token: 7, isPrimaryGone: true };
    const refused = step({ ...memberIn(becoming), byHand }, heldBack);
    expect(refused.state.byHand).toBeUndefined();
    expect(kinds(refused)).toContain("answerOperator");
  });
});
