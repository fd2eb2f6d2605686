/** A failover member that was demoted while it was away, and believes that no failover is set for
 *  another one: it only looks whether its partner is primary, and must learn its role by that.
 *  Found by the simulator: it waited for ever. */

import { describe, expect, it } from "vitest";
import { agentAnswer } from "./agent.ts";
import { step } from "./step.ts";
import { entry, historyOf, memberIn, mirrorOf, questionOfB } from "./testing/scenes.ts";

const own = historyOf(["A1"]);
const members = [entry("A"), entry("B", { eligibility: "disasterRecovery" }), entry("C")];
const configuration = mirrorOf([], { members });
const question = questionOfB("look", own);
const no = { kind: "no", why: "notPartner" } as const;

describe("whoever only looks, and is no failover member any more", () => {
  it("hears it from a member that runs", () => {
    const backup = { name: "backup", primary: "C", link: "to-C", handOverAt: undefined } as const;
    const event = { at: 1000, type: "partnerAsked", token: 1, question, own } as const;
    const { effects } = step(memberIn(backup, { configuration }), event);

    expect(effects).toContainEqual({ do: "answerPartner", token: 1, answer: no });
  });

  it("hears it from the agent of one that is down", () => {
    expect(agentAnswer({ kind: "down", configuration, history: own }, question)).toEqual(no);
  });

  it("seeks the primary then", () => {
    const deciding = { name: "deciding", question: 7, isWaiting: true } as const;
    const event = { at: 1000, type: "partnerAnswered", question: 7, answer: no, own } as const;

    expect(step(memberIn(deciding), event).state.phase.name).toBe("seeking");
  });
});
