/** "Force this node to become the primary", step by step. */

import { describe, expect, it } from "vitest";
import type { MemberEvent } from "./events.ts";
import type { Phase } from "./phases.ts";
import { primaryObstacle } from "./primary-guard.ts";
import { answersTo, happen, told } from "./testing/by-hand.ts";
import { everyPhase } from "./testing/row-cases.ts";
import { historyOf, memberIn, questionOfB } from "./testing/scenes.ts";

const at = 1000;
const own = historyOf(["A1"]);
const forced: MemberEvent = { at, type: "forceAsked", token: 9, waitMs: 60_000 };
const waitIsOver: MemberEvent = { at, type: "timer", timer: "byHand" };
const deciding: Phase = { name: "deciding", question: 5, isWaiting: true };
const bereaved: Phase = {
  name: "bereaved",
  primary: "B",
  question: 5,
  isExplained: true,
  wasActive: false,
};

const answer = answersTo(at, own);
const silence = (question: number): MemberEvent => answer(question, { kind: "unreachable" });

describe("a member that is forced", () => {
  it("says what is given up before anything else, and waits", () => {
    const { state, effects } = happen(memberIn(deciding), forced);
    const [first, second] = effects;
    expect(first).toMatchObject({ do: "log", line: { severity: 2 } });
    expect(JSON.stringify(first)).toMatch(/within 60 s.*is lost.*two primaries/);
    expect(second).toEqual({ do: "startTimer", timer: "byHand", afterMs: 60_000 });
    expect(told(effects)).toBeUndefined();
    expect(state.phase).toEqual(deciding);
  });

  it.each([deciding, bereaved])(
    "takes no silence for an answer before the wait is over",
    (phase) => {
      const { state, effects } = happen(memberIn(phase), forced, silence(5));
      expect(state.phase.name).toBe(phase.name);
      expect(told(effects)).toBeUndefined();
    },
  );

  it.each([deciding, bereaved])("asks once more, then becomes primary by its own word", (phase) => {
    const due = happen(memberIn(phase), forced, waitIsOver);
    expect(due.effects).toContainEqual(
      expect.objectContaining({ do: "askPartner", question: 101 }),
    );
    // What was asked before does not count.
    expect(happen(due.state, silence(5)).state.phase.name).toBe(phase.name);

    const becoming = happen(due.state, silence(101));
    expect(becoming.state.phase).toEqual({ name: "becoming", warrant: { kind: "force" } });
    const serving = happen(becoming.state, { at, type: "primaryReady", lineage: "A2" });
    expect(told(serving.effects)).toBe("done");
    // It goes on looking for the other one.
    expect(serving.state.rival).toMatchObject({ question: 102 });
  });

  it("follows the ordinary rules wherever the partner answers", () => {
    const invitation = { lineage: "B1", number: 1 };
    const due = happen(memberIn(deciding), forced, waitIsOver);
    const found = happen(due.state, answer(101, { kind: "primary", invitation }));
    expect(found.state.phase.name).toBe("connecting");
    expect(told(found.effects)).toBeDefined();

    const unclear = happen(due.state, answer(101, { kind: "no", why: "unclear" }));
    expect(unclear.state).toMatchObject({ phase: { name: "deciding" }, byHand: undefined });
    expect(told(unclear.effects)).toBeDefined();
  });

  it.each([deciding, bereaved])("drops it when it consents to its partner meanwhile", (phase) => {
    const question = questionOfB("consent", historyOf(["A1"], 150));
    const asked: MemberEvent = { at, type: "partnerAsked", token: 1, question, own };
    const consented = happen(memberIn(phase), forced, asked);
    const said = consented.effects.find((effect) => effect.do === "answerPartner");
    expect(said?.answer.kind).toBe("granted");
    expect(told(consented.effects)).toBeDefined();
    expect(consented.state.byHand).toBeUndefined();
    expect(happen(consented.state, waitIsOver).state.byHand).toBeUndefined();
  });

  it("is refused while the arbiter is connected to the partner, then and later", () => {
    const arbiter = { isConnected: true, seesPartner: true };
    expect(told(happen(memberIn(bereaved, { arbiter }), forced).effects)).toMatch(/arbiter/);
    const due = happen(memberIn(bereaved), forced, waitIsOver);
    const seen = happen({ ...due.state, arbiter }, silence(101));
    expect(seen.state.phase.name).toBe("bereaved");
  });

  it("is refused in every other phase, and without its membership validated", () => {
    for (const phase of everyPhase) {
      if (phase.name === "deciding" || phase.name === "bereaved") continue;
      const { state, effects } = happen(memberIn(phase), forced);
      expect([phase.name, state.phase]).toEqual([phase.name, phase]);
      expect(told(effects), phase.name).toBeDefined();
    }
    const byHand = { token: 1, isPrimaryGone: false, force: "due" } as const;
    const local = { name: "A", joinsMirror: true, isValidated: false };
    const obstacle = primaryObstacle(memberIn(deciding, { byHand, local }), { kind: "force" }, own);
    expect(obstacle).toMatch(/ValidatedMember=0/);
  });
});
