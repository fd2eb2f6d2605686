/** Two members are primary since a person overrode the mirror: when they meet, one goes on. */

import { describe, expect, it } from "vitest";
import { agentAnswer } from "./agent.ts";
import { outranks } from "./history.ts";
import { rivalsOf } from "./rivals.ts";
import { step } from "./step.ts";
import { everyPhase } from "./testing/row-cases.ts";
import { entry, historyOf, memberIn, mirrorOf, questionOfB } from "./testing/scenes.ts";

const at = 1000;
const drB = entry("B", { eligibility: "disasterRecovery" });
const configuration = mirrorOf([], { members: [entry("A"), drB, entry("C")] });
const primary = memberIn({ name: "primary", lineage: "A2" }, { configuration });
const invitation = { lineage: "B2", number: 1 };

function contested(own: readonly string[], theirs: readonly string[]): string {
  const question = questionOfB("contest", historyOf([...theirs]));
  const event = { at, type: "partnerAsked", token: 1, question, own: historyOf([...own]) } as const;
  return step(primary, event).state.phase.name;
}

describe("of two primaries", () => {
  it.for([
    [["A1"], ["A1", "B2"]],
    [
      ["A1", "A2"],
      ["A1", "B2"],
    ],
    [
      ["A1", "A2", "A3"],
      ["A1", "B2"],
    ],
  ] as const)("one goes on and the other does not, whoever asks: %j", ([mine, theirs]) => {
    const isMine = outranks(historyOf([...mine]), historyOf([...theirs]));
    expect(contested(mine, theirs)).toBe(isMine ? "primary" : "forcedDown");
    expect(contested(theirs, mine)).toBe(isMine ? "forcedDown" : "primary");
  });

  it("the one that asks goes down when the other one answers that it is primary", () => {
    const rival = { ...rivalsOf(["B"]), question: 5, members: rivalsOf(["B"])?.members ?? [] };
    const answered = {
      at,
      type: "partnerAnswered",
      question: 5,
      answer: { kind: "primary", invitation },
      own: historyOf(["A1", "A2"]),
    } as const;
    const taken = step({ ...primary, rival }, answered);
    expect(taken.row?.id).toBe("rival-goes-on");
    expect(JSON.stringify(taken.effects)).toContain("B is primary: this member is forced down");
    expect(taken.effects).toContainEqual({ do: "endInstance", isForced: true });

    // One that shall give way is asked once more: it compared nothing yet.
    const [absent] = rivalsOf([], ["B"])?.members ?? [];
    if (absent === undefined) throw new Error("nobody is asked");
    const asked = step({ ...primary, rival: { question: 5, members: [absent] } }, answered);
    expect(asked.state.phase.name).toBe("primary");
    expect(asked.state.rival?.members).toEqual([{ name: "B", kind: "contest" }]);
  });

  it("nobody but a serving primary answers that it goes on", () => {
    const question = questionOfB("contest", historyOf(["A1"]));
    const own = historyOf(["A1", "A2"]);
    const saying = everyPhase.filter((phase) => {
      const event = { at, type: "partnerAsked", token: 1, question, own } as const;
      const { effects } = step(memberIn(phase, { configuration }), event);
      return effects.some(
        (effect) => effect.do === "answerPartner" && effect.answer.kind === "primary",
      );
    });
    expect([...new Set(saying.map(({ name }) => name))].sort()).toEqual(["primary", "trouble"]);
    const down = { kind: "down", configuration, history: own } as const;
    expect(agentAnswer(down, question).kind).toBe("no");
  });
});
