/** The same for asyncs and for roles that persons change: a rule that is broken on purpose is
 *  caught within a thousand seeds. */

import { describe, expect, it, vi } from "vitest";
import { changeInvariants, healing } from "../change-invariants.ts";
import type { MemberState } from "../state.ts";
import { coreRules, type Rules } from "./rules.ts";
import { caught, caughtAs, oneOf } from "./testing/caught.ts";

/** A thousand runs on a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

const [alongTheTable, entitled] = changeInvariants.map(({ name }) => name);
const dr = ["disasterRecovery", "disasterRecovery"] as const;
const lost = ["no acknowledged commit is lost", "every copy is a prefix of the history"];

/** The core's step, in the light of another state before, and with another outcome. */
function bent(
  before: (state: MemberState) => MemberState,
  after: (state: MemberState) => MemberState = (state) => state,
): Rules["step"] {
  return (state, event) => {
    const taken = coreRules.step(before(state), event);
    return { ...taken, state: after(taken.state) };
  };
}

describe("a broken rule about asyncs is caught", () => {
  it("when an async gets what the active backup does not have", () => {
    expect(caught({ sentUntil: () => "all" }, dr)).toMatch(
      oneOf("no async is ahead", "every copy is a prefix of the history"),
    );
  });

  it("when an async decides as a failover member does", () => {
    const step: Rules["step"] = (state, event) => {
      const isRash = state.phase.name === "connected" && event.type === "linkLost";
      if (!isRash) return coreRules.step(state, event);
      const phase = { name: "becoming", warrant: { kind: "sole" } } as const;
      return { state: { ...state, phase }, effects: [{ do: "prepareAsPrimary" }], row: undefined };
    };

    expect(caught({ step }, dr)).toMatch(oneOf(alongTheTable ?? "", entitled ?? ""));
  });

  it("when an async is inconsistent as soon as it loses its primary", () => {
    const step: Rules["step"] = (state, event) => {
      const taken = coreRules.step(state, event);
      return event.type === "linkLost" && state.phase.name === "connected"
        ? { ...taken, row: undefined, state: { ...taken.state, phase: { name: "inconsistent" } } }
        : taken;
    };

    expect(caught({ step }, dr)).toMatch(oneOf(alongTheTable ?? ""));
  });

  it("when an async seeks its primary only once", () => {
    const step: Rules["step"] = (state, event) =>
      event.type === "timer" && state.phase.name === "seeking"
        ? { state, effects: [], row: undefined }
        : coreRules.step(state, event);

    expect(caught({ step }, dr)).toMatch(oneOf(healing.name));
  });
});

describe("a broken rule about roles is caught", () => {
  it("when the primary waits for an async instead of its backup", () => {
    const safeUntil: Rules["safeUntil"] = (state) => {
      const waited = Object.values(state.peers).find(({ stage }) => stage === "caughtUp");
      return waited?.acknowledged ?? coreRules.safeUntil(state);
    };

    // An async that gets all is ahead of the backup, too: that is another invariant's.
    const meant = oneOf(...lost);
    expect(caughtAs(meant, { safeUntil, sentUntil: () => "all" }, dr)).toMatch(meant);
  });

  it("when the primary demotes its backup while an epoch binds it", () => {
    const step = bent((state) =>
      state.reassignment === undefined ? state : { ...state, control: { kind: "agent" } },
    );
    const hasty: Rules["step"] = (state, event) => {
      const taken = step(state, event);
      const isHasty = taken.state.reassignment !== undefined && state.reassignment === undefined;
      return isHasty ? { ...taken, state: { ...taken.state, control: { kind: "agent" } } } : taken;
    };

    expect(caught({ step: hasty }, dr)).toMatch(oneOf("one primary", ...lost));
  });

  it("when a member consents to one that is its partner no more", () => {
    const agentAnswer: Rules["agentAnswer"] = (sight, question) => {
      const answer = coreRules.agentAnswer(sight, question);
      const isRefused = answer.kind === "no" && answer.why === "notPartner";
      // A look asks for no consent.
      if (sight.kind !== "down" || question.kind !== "consent" || !isRefused) return answer;
      return { kind: "granted", isDown: true, history: sight.history };
    };

    expect(caught({ agentAnswer }, dr)).toMatch(oneOf("one primary", ...lost));
  });

  it("when a primary that gives its role away by BecomePrimary keeps it as well", () => {
    const step: Rules["step"] = (state, event) => {
      const taken = coreRules.step(state, event);
      if (taken.row?.id !== "yield-role" || event.type !== "received") return taken;
      const message = { kind: "handOver", end: event.end } as const;
      return { state, effects: [{ do: "send", link: event.link, message }], row: undefined };
    };

    expect(caught({ step })).toMatch(oneOf("one primary"));
  });
});
