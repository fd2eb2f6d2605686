/** A primary in trouble that meets an async with the journal of its successor. Found by the
 *  simulator: the async followed the isolated primary, and was inconsistent from then on. */

import { describe, expect, it } from "vitest";
import { step } from "./step.ts";
import { entry, historyOf, memberIn, mirrorOf } from "./testing/scenes.ts";

const at = 1000;
const own = historyOf(["A1"]);
const later = historyOf(["A1", "B2"]);
const members = [entry("A"), entry("B"), entry("C", { eligibility: "disasterRecovery" })];
const configuration = mirrorOf([], { members });
const trouble = { name: "trouble", lineage: "A1", isBounded: false, question: undefined } as const;
const serving = { name: "primary", lineage: "A1" } as const;

const asked = (member: string, history = later) =>
  ({
    at,
    type: "partnerAsked",
    token: 1,
    question: {
      kind: "look",
      mirrorGuid: "guid-MIR",
      member,
      memberGuid: `guid-${member}`,
      history,
    },
    own,
  }) as const;

const cameWith = (history = later) =>
  ({
    at,
    type: "memberCame",
    link: "from-C",
    hello: {
      kind: "hello",
      mirrorGuid: "guid-MIR",
      member: "C",
      memberGuid: "guid-C",
      history,
      invitation: undefined,
    },
    own,
  }) as const;

describe("an async that followed the successor", () => {
  it.for([asked("C"), cameWith()])("takes an isolated primary down: $type", (event) => {
    const { state, row } = step(memberIn(trouble, { configuration }), event);

    expect(state.phase.name).toBe("forcedDown");
    expect(row?.id).toMatch(/^superseded/);
  });

  it("does not take down a primary that serves: a person may have made it one by an override", () => {
    expect(step(memberIn(serving, { configuration }), asked("C")).state.phase).toEqual(serving);
  });

  it.for([asked("C", own), cameWith(own), asked("X")])(
    "takes nobody down with no newer journal, or as nobody of this mirror",
    (event) => {
      expect(step(memberIn(trouble, { configuration }), event).state.phase.name).toBe("trouble");
    },
  );
});
