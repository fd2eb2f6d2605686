/** BecomePrimary, step by step: who is asked, what is answered, who is looked for afterwards. */

import { describe, expect, it } from "vitest";
import type { Effect } from "./effects.ts";
import type { MemberEvent } from "./events.ts";
import type { PhaseOf } from "./phases.ts";
import { primaryObstacle } from "./primary-guard.ts";
import type { MemberState } from "./state.ts";
import { answersTo, happen, told } from "./testing/by-hand.ts";
import { everyPhase } from "./testing/row-cases.ts";
import * as scenes from "./testing/scenes.ts";

const fromB = { do: "askPartner", member: "B" };
const asksB = (question?: number, kind?: string) => ({ ...fromB, question, kind });
const { memberIn, mirrorOf, peerB, historyOf, consentOfB, questionOfB, helloOfB } = scenes;
const at = 1000;
const own = historyOf(["A1"]);
const operator = { kind: "operator" } as const;
const asked: MemberEvent = { at, type: "becomePrimaryAsked", token: 9 };
const noFailover = { configuration: mirrorOf(["A", "B"], { definedPrimary: "B" }) };

const backup = { name: "backup", primary: "B", link: "to-B", handOverAt: undefined } as const;
const explained = { question: undefined, isExplained: true, wasActive: true } as const;
const bereaved: PhaseOf<"bereaved"> = { name: "bereaved", primary: "B", ...explained };

const answer = answersTo(at, own);

const invitation = { lineage: "B1", number: 1 };

describe("an active backup", () => {
  it("tells its primary, and says done only as a primary", () => {
    const first = happen(memberIn(backup, noFailover), asked);
    expect(first.effects).toContainEqual({
      do: "send",
      link: "to-B",
      message: { kind: "wantsRole" },
    });
    expect(told(first.effects)).toBeUndefined();

    const message = { kind: "handOver", end: own.end } as const;
    const taken = happen(
      { ...first.state, stored: own.end },
      {
        at,
        type: "received",
        link: "to-B",
        message,
        end: own.end,
      },
    );
    expect(taken.state.phase.name).toBe("becoming");
    expect(told(taken.effects)).toBeUndefined();

    const serving = happen(taken.state, { at, type: "primaryReady", lineage: "A2" });
    expect(told(serving.effects)).toBe("done");
    expect(serving.state).toMatchObject({ byHand: undefined, rival: undefined });
    expect(serving.state.configuration?.definedPrimary).toBeUndefined();
  });

  it("says no when the primary does not hand over in time", () => {
    const late = happen(memberIn(backup), asked, { at, type: "timer", timer: "byHand" });

    expect(told(late.effects)).toBe("the primary does not hand over");
    expect(late.state).toMatchObject({ phase: { name: "backup" }, byHand: undefined });
  });

  it("asks its agent when the primary dies over it, and then takes over", () => {
    const lost = happen(memberIn(backup, noFailover), asked, {
      at,
      type: "linkLost",
      link: "to-B",
    });
    const question = lost.state.phase.name === "bereaved" ? lost.state.phase.question : undefined;
    expect(lost.effects).toContainEqual(asksB(question, "consent"));

    const next = happen(lost.state, answer(question ?? 0, consentOfB(own)));
    expect(next.state.phase).toMatchObject({ name: "becoming", warrant: { kind: "consent" } });
  });

  it("says no when the primary is lost over it and nobody answers: nobody said that it is down", () => {
    const lost = happen(memberIn(backup), asked, { at, type: "linkLost", link: "to-B" });
    const next = happen(lost.state, answer(101, { kind: "unreachable" }));

    expect(next.state).toMatchObject({ phase: { name: "bereaved" }, byHand: undefined });
    expect(told(next.effects)).toBe("the primary is gone, or answers and does not consent");
  });
});

describe("a backup without its primary", () => {
  const waiting = (more: Partial<MemberState> = {}) => happen(memberIn(bereaved, more), asked);
  const last = 101;

  it("asks the agent once more, also while no failover is set, and says first what it risks", () => {
    const { effects } = waiting(noFailover);

    expect(effects[0]).toMatchObject({ do: "log", line: { severity: 2 } });
    expect(JSON.stringify(effects[0])).toMatch(/is lost.*two primaries/);
    expect(effects).toContainEqual(asksB(last, "consent"));
    expect(told(effects)).toBeUndefined();
  });

  it("becomes primary on the person's word when nobody answers, and then looks for the other", () => {
    const next = happen(waiting(noFailover).state, answer(last, { kind: "unreachable" }));
    expect(next.state.phase).toEqual({ name: "becoming", warrant: { kind: "operator" } });

    const serving = happen(next.state, { at, type: "primaryReady", lineage: "A2" });
    expect(told(serving.effects)).toBe("done");
    expect(serving.effects).toContainEqual(asksB(102, "contest"));
  });

  it.for([
    [{ kind: "primary", invitation }, "connecting"],
    [{ kind: "becoming" }, "bereaved"],
    [{ kind: "no", why: "unclear" }, "bereaved"],
    [{ kind: "no", why: "newerJournal" }, "bereaved"],
  ] as const)("says no when the answer is %j", ([said, phase]) => {
    const next = happen(waiting().state, answer(last, said));

    expect(next.state.phase.name).toBe(phase);
    expect(told(next.effects)).toEqual(expect.stringMatching(/./));
    expect(told(next.effects)).not.toBe("done");
    expect(next.state.byHand).toBeUndefined();
  });

  it("says no when the arbiter sees the primary", () => {
    const arbiter = { isConnected: true, seesPartner: true };

    expect(told(waiting({ arbiter }).effects)).toBe("the arbiter is connected to the primary");
    // It comes to see it while the agent is being asked.
    const seen = { ...waiting().state, arbiter };
    const next = happen(seen, answer(last, { kind: "unreachable" }));
    expect(next.state.phase.name).toBe("bereaved");
    expect(told(next.effects)).toEqual(expect.stringMatching(/./));
  });

  it("does nothing by itself: without a person's word nobody answering leads nowhere", () => {
    const state = memberIn({ ...bereaved, question: 5 });

    expect(happen(state, answer(5, { kind: "unreachable" })).state.phase.name).toBe("bereaved");
  });
});

describe("what a bereaved backup lacks", () => {
  const wasActive = ({ phase }: MemberState) => phase.name === "bereaved" && phase.wasActive;
  const lost: MemberEvent = { at, type: "linkLost", link: "to-B" };

  it("is nothing when it was active and the primary did not hand over meanwhile", () => {
    const handOverAt = { file: 1, offset: 100 };

    expect(wasActive(happen(memberIn(backup), lost).state)).toBe(true);
    const incomplete = memberIn({ ...backup, handOverAt }, { stored: { file: 1, offset: 50 } });
    expect(wasActive(happen(incomplete, lost).state)).toBe(false);
    const behind = memberIn({ name: "synchronizing", primary: "B", link: "to-B" });
    expect(wasActive(happen(behind, lost).state)).toBe(false);
  });

  it("is unknown once it let the partner become primary", () => {
    const event: MemberEvent = {
      at,
      type: "partnerAsked",
      token: 1,
      question: questionOfB("consent", own),
      own,
    };

    expect(wasActive(happen(memberIn(bereaved), event).state)).toBe(false);
    expect(wasActive(happen(memberIn(backup), event).state)).toBe(false);
  });

  it("keeps the door shut", () => {
    const byHand = { token: 1, isPrimaryGone: true };
    const obstacle = (more: Partial<typeof bereaved>, wish: typeof byHand | undefined) =>
      primaryObstacle(memberIn({ ...bereaved, ...more }, { byHand: wish }), operator, own);

    expect(obstacle({}, byHand)).toBeUndefined();
    expect(obstacle({ wasActive: false }, byHand)).toBe("it was not an active backup");
    expect(obstacle({}, { ...byHand, isPrimaryGone: false })).toMatch(/^no person said/);
    expect(obstacle({}, undefined)).toMatch(/^no person said/);
  });

  it("makes it say no", () => {
    const state = memberIn({ ...bereaved, wasActive: false });

    expect(told(happen(state, asked).effects)).toMatch(/^it was not an active backup/);
  });
});

describe("everybody else", () => {
  it("says no at once, and stays what it is", () => {
    for (const phase of everyPhase) {
      if (phase.name === "backup" || phase.name === "bereaved") continue;
      const { state, effects } = happen(memberIn(phase), asked);

      expect(told(effects), phase.name).toEqual(expect.stringMatching(/^it /));
      expect(state.phase, phase.name).toEqual(phase);
    }
  });
});

describe("the primary that is asked", () => {
  const primary = memberIn({ name: "primary", lineage: "A1" }, { peers: { B: peerB("active") } });
  const wants: MemberEvent = {
    at,
    type: "received",
    link: "from-B",
    message: { kind: "wantsRole" },
    end: own.end,
  };

  it("closes its databases before it offers anything, and forgets that no failover was set", () => {
    const configuration = mirrorOf(["A", "B"], { definedPrimary: "A" });
    const first = happen({ ...primary, configuration }, wants);
    expect(first.state.configuration?.definedPrimary).toBeUndefined();
    expect(first.effects).toContainEqual({ do: "closeWrites" });
    const offer = { do: "send", link: "from-B", message: { kind: "handOver", end: own.end } };
    expect(first.effects).not.toContainEqual(offer);

    const closed = happen(first.state, { at, type: "writesClosed", end: own.end });
    expect(closed.effects).toContainEqual(offer);
  });

  it("does not listen to a backup that is not active", () => {
    const behind = { ...primary, peers: { B: peerB("catchingUp") } };

    expect(happen(behind, wants).state.phase.name).toBe("primary");
  });

  it("goes down by force, whatever becomes of its heir", () => {
    const yielding = happen(primary, wants).state;
    const ends: readonly MemberEvent[] = [
      { ...wants, type: "received", message: { kind: "handOverTaken" } },
      { at, type: "linkLost", link: "from-B" },
      { at, type: "timer", timer: "handOver" },
    ];

    for (const event of ends) {
      const { state, effects } = happen(yielding, event);
      expect(state.phase.name).toBe("forcedDown");
      expect(effects).toContainEqual({ do: "endInstance", isForced: true });
    }
  });
});

describe("a primary on a person's word", () => {
  const rival = { question: 5, members: [{ name: "B", kind: "contest" }] } as const;
  const serving = memberIn({ name: "primary", lineage: "A2" }, { rival });
  const looks = ({ effects }: { effects: readonly Effect[] }) =>
    effects.some((effect) => effect.do === "askPartner");
  const due: MemberEvent = { at, type: "timer", timer: "byHand" };

  it.for([{ kind: "unreachable" }, { kind: "becoming" }, { kind: "no", why: "unclear" }] as const)(
    "goes on looking while the other one might be primary: %j",
    (said) => expect(looks(happen(serving, answer(5, said), due))).toBe(true),
  );

  it.for([{ kind: "no", why: "looked" }, consentOfB(own)] as const)(
    "looks no more when it is none: %j",
    (said) => expect(looks(happen(serving, answer(5, said), due))).toBe(false),
  );

  it("looks no more when the other one connects", () => {
    const channel = { link: "from-B", hello: helloOfB(own, invitation), own };
    const came: MemberEvent = { at, type: "memberCame", ...channel };
    const unreached = happen({ ...serving, invitation }, answer(5, { kind: "unreachable" })).state;

    expect(looks(happen(unreached, came, due))).toBe(false);
  });

  it("forces down the one that went on as primary, when they see each other", () => {
    const old = memberIn({ name: "primary", lineage: "A1" });
    const question = questionOfB("look", historyOf(["A1", "B2"]));
    const seen: MemberEvent = { at, type: "partnerAsked", token: 1, question, own };

    const { state, effects } = happen(old, seen);
    expect(state.phase.name).toBe("forcedDown");
    expect(effects).toContainEqual({ do: "endInstance", isForced: true });
  });
});
