/** What holds after an override bites, too: a rule that is broken on purpose is caught within a
 *  thousand seeds. */

import { describe, expect, it, vi } from "vitest";
import { changeInvariants, healing } from "../change-invariants.ts";
import type { Effect } from "../effects.ts";
import { invariantsAfterOverride, violations, type MemberPicture } from "../invariants.ts";
import { followersFit, leftAlone, risksNamed } from "../override-invariants.ts";
import { coreRules, type Rules } from "./rules.ts";
import { caught, oneOf } from "./testing/caught.ts";
import { memberPicture } from "../testing/member-picture.ts";

/** A thousand runs on a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

const [, , saysThatItLeft] = changeInvariants.map(({ name }) => name);
const dr = ["disasterRecovery", "disasterRecovery"] as const;

/** The core's step with other effects. */
function saying(change: (effect: Effect) => Effect | undefined): Rules["step"] {
  return (state, event) => {
    const taken = coreRules.step(state, event);
    const effects = taken.effects.flatMap((effect) => change(effect) ?? []);
    return { ...taken, effects };
  };
}

describe("after an override a broken rule is caught", () => {
  it("when a member whose data left the history follows nevertheless", () => {
    const step: Rules["step"] = (state, event) =>
      coreRules.step(
        state,
        event.type === "historySettled" ? { ...event, databasesBeyond: [] } : event,
      );

    expect(caught({ step }, dr, true)).toMatch(oneOf(followersFit.name));
  });

  it("when an inconsistent member goes on dejournaling", () => {
    expect(caught({ mayDejournal: () => true }, dr, true)).toMatch(oneOf(leftAlone.name));
  });

  it("when a member does not say that it left the history", () => {
    const isWord = (effect: Effect): boolean =>
      effect.do === "log" && effect.line.text.includes("inconsistent");

    const step = saying((effect) => (isWord(effect) ? undefined : effect));
    expect(caught({ step }, dr, true)).toMatch(oneOf(saysThatItLeft ?? ""));
  });

  it.for(["force", "promotion"])("when a %s does not name its risk", (kind) => {
    const begins = kind === "force" ? "Force:" : "This DR async shall become primary";
    const step = saying((effect) =>
      effect.do === "log" && effect.line.text.startsWith(begins) ? undefined : effect,
    );

    const fault = caught({ step }, dr, true);
    expect(fault).toMatch(oneOf(risksNamed.name));
    expect(fault).toContain(kind);
  });

  it("when two primaries that meet both go on", () => {
    const step: Rules["step"] = (state, event) => {
      const isContest = event.type === "partnerAsked" && event.question.kind === "contest";
      const asked = isContest
        ? { ...event, question: { ...event.question, kind: "look" as const } }
        : event;
      const taken = coreRules.step(state, asked);
      return taken.row?.id === "rival-goes-on" || taken.row?.id === "superseded-by-asker"
        ? { state, effects: [], row: undefined }
        : taken;
    };

    expect(caught({ step }, dr, true)).toMatch(oneOf(healing.name));
  });
});

describe("after an override each invariant names what is wrong", () => {
  const place = { file: 2, offset: 10 };
  const picture = (more: Partial<MemberPicture>) => memberPicture(place, more);
  const found = (...members: readonly MemberPicture[]): readonly (string | undefined)[] =>
    violations({ members, lastAcknowledged: undefined, isOverridden: true }).map(
      (fault) => fault.split(":")[0],
    );
  const phase = { name: "connected", primary: "A", link: "x" } as const;
  const follower = { name: "C", phase, isOpenForWrites: false };

  it("of a follower with other data, or other journal, than its primary", () => {
    expect(found(picture({}), picture(follower))).toEqual([]);
    expect(
      found(picture({}), picture({ ...follower, copy: { position: place, hash: 2 } })),
    ).toEqual([followersFit.name]);
    expect(found(picture({}), picture({ ...follower, hashAt: () => 2 }))).toEqual([
      followersFit.name,
    ]);
  });

  it("of two primaries nothing, as long as only they are written", () => {
    expect(found(picture({}), picture({ name: "B" }))).toEqual([]);
    const away = { ...follower, isOpenForWrites: true };
    expect(found(picture({}), picture(away))).toEqual(["only a primary is written"]);
    expect(invariantsAfterOverride).toHaveLength(2);
  });

  it("of journal that is applied where it does not continue, or to an inconsistent member", () => {
    const to = { file: 2, offset: 12 };
    const copy = { position: place, hash: 1 };
    const apply = { phase, copy, hashAt: () => 1, to };
    expect(leftAlone.check(apply)).toBeUndefined();
    expect(leftAlone.check({ ...apply, hashAt: () => 2 })).toMatch(/does not continue/);
    expect(leftAlone.check({ ...apply, phase: { name: "inconsistent" } })).toMatch(/inconsistent/);
    expect(leftAlone.check({ ...apply, phase: { name: "inconsistent" }, to: place })).toBe(
      undefined,
    );
  });
});
