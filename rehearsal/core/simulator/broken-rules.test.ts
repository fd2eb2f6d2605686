/** Each invariant bites: a rule that is broken on purpose is caught within a thousand seeds. */

import { describe, expect, it } from "vitest";
import { changeInvariants, healing } from "../change-invariants.ts";
import { invariants, violations, type MemberPicture } from "../invariants.ts";
import { coreRules, type Rules } from "./rules.ts";
import { caught, oneOf } from "./testing/caught.ts";
import { memberPicture } from "../testing/member-picture.ts";

describe("a broken rule is caught", () => {
  it("when the primary acknowledges what its active backup does not have", () => {
    expect(caught({ safeUntil: () => "all" })).toMatch(
      oneOf("no acknowledged commit is lost", "every copy is a prefix of the history"),
    );
  });

  it("when a primary consents that the other one becomes primary", () => {
    const step: Rules["step"] = (state, event) => {
      const taken = coreRules.step(state, event);
      if (event.type !== "partnerAsked") return taken;
      const effects = taken.effects.map((effect) =>
        effect.do === "answerPartner"
          ? { ...effect, answer: { kind: "granted", isDown: false, history: undefined } as const }
          : effect,
      );
      return { ...taken, effects };
    };

    expect(caught({ step })).toMatch(oneOf("one primary"));
  });

  it("when an agent does not show the journal of its dead instance", () => {
    const agentAnswer: Rules["agentAnswer"] = (sight, question) => {
      const answer = coreRules.agentAnswer(sight, question);
      return answer.kind === "granted" ? { ...answer, history: undefined } : answer;
    };

    expect(caught({ agentAnswer })).toMatch(
      oneOf("no acknowledged commit is lost", "every copy is a prefix of the history"),
    );
  });

  it("when the arbiter grants what it has released", () => {
    const arbiterStep: Rules["arbiterStep"] = (state, event) => {
      const taken = coreRules.arbiterStep(state, event);
      const effects = taken.effects.map((effect) =>
        effect.do === "say" && effect.message.kind === "refused"
          ? { ...effect, message: { kind: "granted", epoch: effect.message.epoch } as const }
          : effect,
      );
      return { ...taken, effects };
    };

    expect(caught({ arbiterStep })).toMatch(oneOf("one primary"));
  });
});

describe("a rule about steps and runs bites", () => {
  it("when a member changes its phase without a row", () => {
    const step: Rules["step"] = (state, event) => {
      const taken = coreRules.step(state, event);
      return event.type === "arbiterLost" && state.phase.name === "bereaved"
        ? { ...taken, row: undefined, state: { ...taken.state, phase: { name: "inconsistent" } } }
        : taken;
    };

    expect(caught({ step })).toMatch(oneOf("a role changes along the table"));
  });

  it("when ValidatedMember=0 does not count", () => {
    const step: Rules["step"] = (state, event) => {
      const { local } = state;
      if (local?.isValidated !== false) return coreRules.step(state, event);
      const trusted = { ...state, local: { ...local, isValidated: true } };
      const taken = coreRules.step(trusted, event);
      return { ...taken, state: { ...taken.state, local } };
    };

    expect(caught({ step })).toMatch(oneOf("nobody becomes primary who may not"));
  });

  it("when no failover does not count", () => {
    const step: Rules["step"] = (state, event) => {
      const { configuration } = state;
      const mayLead = ["backup", "bereaved", "deciding"].includes(state.phase.name);
      if (configuration === undefined || !mayLead) return coreRules.step(state, event);
      const free = { ...configuration, definedPrimary: undefined };
      const taken = coreRules.step({ ...state, configuration: free }, event);
      const isSame = taken.state.configuration === free;
      return isSame ? { ...taken, state: { ...taken.state, configuration } } : taken;
    };

    expect(caught({ step })).toMatch(oneOf("nobody becomes primary who may not"));
  });

  it("when a member that waits for its partner never asks again", () => {
    const step: Rules["step"] = (state, event) =>
      event.type === "timer" && state.phase.name === "deciding"
        ? { state, effects: [], row: undefined }
        : coreRules.step(state, event);

    expect(caught({ step })).toMatch(oneOf(healing.name));
  });

  it("and all rules about steps are tried here", () => {
    expect(changeInvariants.map(({ name }) => name)).toEqual([
      "a role changes along the table",
      "nobody becomes primary who may not",
      // In broken-overrides.test.ts.
      "whoever left the history says so",
    ]);
  });
});

describe("each invariant names what is wrong in a picture", () => {
  const place = { file: 1, offset: 10 };
  const member = (more: Partial<MemberPicture>) => memberPicture(place, more);
  const backup = { name: "backup", primary: "A", link: "x", handOverAt: undefined } as const;

  it.for([
    ["one primary", [member({}), member({ name: "B" })]],
    ["only a primary is written", [member({}), member({ name: "B", phase: backup })]],
    [
      "no acknowledged commit is lost",
      [member({ hashAt: () => 2, copy: { position: place, hash: 2 } })],
    ],
    [
      "every copy is a prefix of the history",
      [
        member({}),
        member({
          name: "B",
          phase: backup,
          isOpenForWrites: false,
          copy: { position: place, hash: 2 },
        }),
      ],
    ],
    [
      "no async is ahead",
      [
        member({}),
        member({
          name: "C",
          phase: { name: "connected", primary: "A", link: "x" },
          isOpenForWrites: false,
          asyncEnd: { file: 1, offset: 12 },
          hashAt: ({ offset }) => (offset === 12 ? 3 : 1),
        }),
      ],
    ],
  ] as const)("%s", ([name, members]) => {
    const lastAcknowledged = { position: place, hash: 1 };
    const found = violations({ members, lastAcknowledged, isOverridden: false });

    expect(found.map((fault) => fault.split(":")[0])).toEqual([name]);
  });

  it("and all of them are tried here", () => {
    expect(invariants).toHaveLength(5);
  });
});
