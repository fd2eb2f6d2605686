import { describe, expect, it } from "vitest";
import { agentAnswer } from "./agent.ts";
import { historyOf, mirrorOf, questionOfB } from "./testing/scenes.ts";

const history = historyOf(["A1"]);
const question = questionOfB("consent", history);
const down = { kind: "down", configuration: mirrorOf(["A", "B"]), history } as const;

describe("an agent", () => {
  it("consents for an instance that is down, and shows its journal", () => {
    expect(agentAnswer(down, question)).toEqual({ kind: "granted", isDown: true, history });
  });

  it("does not consent while it cannot tell what its instance is", () => {
    expect(agentAnswer({ kind: "unclear" }, question)).toEqual({ kind: "no", why: "unclear" });
  });

  it("does not consent for another mirror, or to somebody who is no member", () => {
    const no = { kind: "no", why: "notMember" };

    expect(agentAnswer({ ...down, configuration: undefined }, question)).toEqual(no);
    expect(agentAnswer(down, { ...question, mirrorGuid: "other" })).toEqual(no);
    expect(agentAnswer(down, { ...question, memberGuid: "other" })).toEqual(no);
  });

  it("gives no consent to a mere look", () => {
    expect(agentAnswer(down, { ...question, kind: "look" })).toEqual({ kind: "no", why: "looked" });
  });

  it("does not consent while no failover is set, unless the one who asks has newer journal", () => {
    const configuration = mirrorOf(["A", "B"], { definedPrimary: "A" });
    const newer = questionOfB("consent", historyOf(["A1", "B2"]));

    expect(agentAnswer({ ...down, configuration }, question)).toEqual({
      kind: "no",
      why: "noFailover",
    });
    expect(agentAnswer({ ...down, configuration }, newer).kind).toBe("granted");
  });
});
