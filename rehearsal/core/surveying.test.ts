/** What a DR async learns before a person makes it primary where none runs. */

import { describe, expect, it } from "vitest";
import type { PartnerAnswer } from "./messages.ts";
import { consentOf, partnerObstacle, surveyOf, whomToLookAt } from "./surveying.ts";
import { entry, historyOf, memberIn, mirrorOf } from "./testing/scenes.ts";

const own = entry("A", { eligibility: "disasterRecovery" });
const other = entry("D", { eligibility: "disasterRecovery" });
const reporting = entry("R", { eligibility: "readOnlyReporting" });
const mirror = mirrorOf([], { members: [own, entry("B"), entry("C"), other, reporting] });
const seeking = { name: "seeking", question: 5, candidate: "B", isWaiting: true } as const;
const none: PartnerAnswer = { kind: "no", why: "looked" };

describe("a survey without a primary", () => {
  it("looks at all that could be primary, from a DR async without one", () => {
    const configuration = mirror;
    expect(whomToLookAt(memberIn(seeking, { configuration }))).toEqual(["B", "C", "D"]);
    const follows = { name: "connected", primary: "B", link: "x" } as const;
    expect(whomToLookAt(memberIn(follows, { configuration }))).toEqual({
      number: 2155,
      args: ["B"],
    });
    expect(whomToLookAt(memberIn(seeking))).toEqual({ number: 2117, args: [] });
    expect(whomToLookAt(memberIn(seeking, { configuration: undefined }))).toMatchObject({
      number: 2074,
    });
  });

  it("tells failover members that answer from those that do not, and stops at a primary", () => {
    const answers = (d: PartnerAnswer | undefined) =>
      new Map([
        ["B", none],
        ["C", undefined],
        ["D", d],
      ]);
    const survey = { absent: ["C"], present: ["B"] };
    expect(surveyOf(mirror, answers(undefined))).toEqual(survey);
    expect(surveyOf(mirror, answers({ kind: "becoming" }))).toEqual({ number: 2155, args: ["D"] });
    expect(surveyOf(mirror, answers({ kind: "no", why: "unclear" }))).toMatchObject({
      number: 2155,
    });
    expect(partnerObstacle(survey, "B")).toBeUndefined();
    expect(partnerObstacle(survey, "C")).toEqual({ number: 2128, args: [] });
    expect(partnerObstacle(survey, "D")).toEqual({ number: 2124, args: ["D"] });
  });

  it("takes only a consent for one", () => {
    const history = historyOf(["A1"]);
    expect(consentOf("B", { kind: "granted", isDown: true, history })).toEqual({
      member: "B",
      history,
    });
    expect(consentOf("B", undefined)).toMatchObject({ number: 2156 });
    expect(consentOf("B", none)).toEqual({ number: 2156, args: ["B", "no"] });
  });
});
