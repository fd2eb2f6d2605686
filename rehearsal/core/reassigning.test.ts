/** Changing who the failover members are, cut off at every moment: the primary A dies behind each
 *  of its effects, and nobody who may take over then can be two. */

import { describe, expect, it } from "vitest";
import { agentAnswer } from "./agent.ts";
import { entryOf, partnerOf, type MirrorConfiguration } from "./configuration.ts";
import type { Effect } from "./effects.ts";
import type { MemberEvent } from "./events.ts";
import type { PartnerAnswer, PartnerQuestion } from "./messages.ts";
import { reassigned } from "./reassigning.ts";
import type { FailoverControl, MemberState } from "./state.ts";
import { step } from "./step.ts";
import { entry, historyOf, memberIn, mirrorOf, peerB } from "./testing/scenes.ts";

const own = historyOf(["A1"]);
const end = own.end;
const epoch = { lineage: "A1", number: 7 };
const before = mirrorOf([], {
  members: [entry("A"), entry("B"), entry("C", { eligibility: "disasterRecovery" })],
});
const bound = { kind: "arbiter", epoch, isShared: true } as const;
const local = (name: string) => ({ name, joinsMirror: true, isValidated: true });

/** More effects than A has in any of these changes. */
const effectsMax = 40;

/** A is primary with the active backup B, in an epoch or not; C is a connected async. */
class Trio {
  readonly states = new Map<string, MemberState>();
  readonly disks = new Map<string, MirrorConfiguration>();
  readonly answers: (number | undefined)[] = [];
  private readonly underWay: { to: string; event: MemberEvent }[] = [];
  /** How many effects A still has before it dies. */
  private effectsLeft: number;

  constructor(effectsLeft: number, pair: FailoverControl = bound) {
    this.effectsLeft = effectsLeft;
    const configuration = before;
    const arbiter = { isConnected: true, seesPartner: true };
    const shared = { configuration, control: pair, stored: end, arbiter };
    const peers = { B: peerB("active", end.offset), C: peerC() };
    this.states.set("A", memberIn({ name: "primary", lineage: "A1" }, { ...shared, peers }));
    const backup = { name: "backup", primary: "A", link: "to-A", handOverAt: undefined } as const;
    this.states.set("B", memberIn(backup, { ...shared, local: local("B") }));
    const control = { kind: "agent" } as const;
    const connected = { name: "connected", primary: "A", link: "to-A" } as const;
    this.states.set("C", memberIn(connected, { ...shared, control, local: local("C") }));
    for (const name of this.states.keys()) this.disks.set(name, before);
  }

  state(name: string): MemberState {
    const state = this.states.get(name);
    if (state === undefined) throw new Error(`no ${name}`);
    return state;
  }

  isFailover(disk: string, member: string): boolean {
    const configuration = this.disks.get(disk);
    return (
      configuration !== undefined && entryOf(configuration, member)?.eligibility === "failover"
    );
  }

  happen(name: string, event: MemberEvent): void {
    this.one(name, event);
    for (let next = this.underWay.shift(); next !== undefined; next = this.underWay.shift()) {
      this.one(next.to, next.event);
    }
  }

  private one(name: string, event: MemberEvent): void {
    if (name === "A" && this.effectsLeft === 0) return;
    const { state, effects } = step(this.state(name), event);
    this.states.set(name, state);
    for (const effect of effects) {
      if (name === "A") {
        if (this.effectsLeft === 0) return;
        this.effectsLeft -= 1;
      }
      this.perform(name, effect);
      this.check();
    }
  }

  private perform(name: string, effect: Effect): void {
    if (effect.do === "answerOperator") this.answers.push(effect.refusal?.number);
    if (effect.do === "saveConfiguration" && effect.configuration !== undefined) {
      this.disks.set(name, effect.configuration);
    }
    if (effect.do !== "send" || effect.message.kind === "hello") return;
    const to = name === "A" ? effect.link.slice(-1) : "A";
    const link = name === "A" ? "to-A" : `from-${name}`;
    const event = { at: 1, type: "received", link, message: effect.message, end } as const;
    this.underWay.push({ to, event });
  }

  /** Who lost its place by A's word has nothing by which it could take over. */
  private check(): void {
    if (!this.isFailover("A", "B")) expect(this.state("B").control.kind).toBe("agent");
    if (this.isFailover("A", "C")) expect(this.isFailover("C", "C")).toBe(true);
    expect(this.isFailover("A", "B") && this.isFailover("A", "C")).toBe(false);
  }

  /** What A's agent says when A is dead and this member asks. */
  agentSays(member: string): PartnerAnswer {
    const configuration = this.disks.get("A");
    return agentAnswer({ kind: "down", configuration, history: own }, question(member));
  }

  /** What A hears when it starts again and asks its partner. */
  partnerSays(): PartnerAnswer | undefined {
    const configuration = this.disks.get("A");
    const partner = configuration === undefined ? undefined : partnerOf(configuration, "A")?.name;
    if (partner === undefined) return undefined;
    const event = { at: 2, type: "partnerAsked", token: 1, question: question("A"), own } as const;
    const { effects } = step(this.state(partner), event);
    return effects.find((effect) => effect.do === "answerPartner")?.answer;
  }
}

function peerC() {
  return { ...peerB("caughtUp", end.offset), member: "C", link: "from-C", hasArbiter: false };
}

function question(member: string): PartnerQuestion {
  return {
    kind: "consent",
    mirrorGuid: "guid-MIR",
    member,
    memberGuid: `guid-${member}`,
    history: own,
  };
}

const agent = { kind: "agent" } as const;

describe.for([
  ["promotion of C", "C", "promotionAsked", bound],
  ["promotion of C without an epoch", "C", "promotionAsked", agent],
  ["demotion of B by itself", "B", "demotionAsked", bound],
  ["demotion of B by A", "A", "partnerDemotionAsked", bound],
  ["demotion of B by A without an epoch", "A", "partnerDemotionAsked", agent],
] as const)("a %s", ([, where, type, control]) => {
  const ask = (trio: Trio): void => trio.happen(where, { at: 1, type, token: 1 });
  const isPromotion = type === "promotionAsked";

  it("is done and answered", () => {
    const trio = new Trio(Infinity, control);
    ask(trio);

    expect(trio.answers).toEqual([undefined]);
    const kind = isPromotion ? "promote" : "demote";
    const after = reassigned(before, "A", { kind, member: isPromotion ? "C" : "B" });
    for (const name of ["A", "B", "C"]) expect(trio.disks.get(name)).toEqual(after);
    expect(trio.state("C").phase.name).toBe(isPromotion ? "backup" : "connected");
    expect(trio.state("B").phase.name).toBe("connected");
  });

  it("may be cut off behind each effect of A: one at most may take over, A itself may restart", () => {
    for (let effects = 0; effects <= effectsMax; effects++) {
      const trio = new Trio(effects, control);
      ask(trio);

      const granted = ["B", "C"].filter((member) => trio.agentSays(member).kind === "granted");
      expect(granted.length, `after ${effects} effects`).toBeLessThanOrEqual(1);
      const said = trio.partnerSays();
      if (said !== undefined) expect(said.kind, `after ${effects} effects`).toBe("granted");
    }
  });
});

describe("while a change is under way", () => {
  /** A waits for B to leave the epoch. */
  const waiting = (): MemberState => {
    const { state } = step(new Trio(Infinity).state("A"), {
      at: 1,
      type: "received",
      link: "from-C",
      message: { kind: "wantsReassignment", change: "promote", token: 9 },
      end,
    });
    expect(state.reassignment).toMatchObject({ kind: "promote", member: "C", isTaken: false });
    return state;
  };

  it("nobody joins, and no second change begins", () => {
    const state = waiting();
    const request = { mirror: "MIR", entry: entry("D", { eligibility: "disasterRecovery" }) };
    const joined = step(state, { at: 2, type: "joinAsked", token: 2, request });
    const demoted = step(state, { at: 2, type: "partnerDemotionAsked", token: 3 });

    const numbers = [...joined.effects, ...demoted.effects].flatMap((effect) => {
      if (effect.do === "answerJoin" && effect.answer.kind === "refused") {
        return [effect.answer.refusal.number];
      }
      return effect.do === "answerOperator" ? [effect.refusal?.number] : [];
    });
    expect(numbers).toEqual([2178, 2178]);
  });

  it("is given up when the backup is lost: everything stays as it was, C is told", () => {
    const { state, effects } = step(waiting(), { at: 2, type: "linkLost", link: "from-B" });

    expect(state.phase.name).toBe("trouble");
    expect(state.reassignment).toBeUndefined();
    expect(state.configuration).toEqual(before);
    const toC = effects.flatMap((effect) =>
      effect.do === "send" && effect.link === "from-C" ? [effect.message] : [],
    );
    expect(toC).toMatchObject([
      { kind: "configuration", configuration: before },
      { kind: "report" },
      { kind: "reassigned", token: 9, refusal: { number: 2157 } },
      { kind: "report" },
    ]);
  });

  it("is given up when the candidate is lost", () => {
    const { state } = step(waiting(), { at: 2, type: "linkLost", link: "from-C" });

    expect(state).toMatchObject({ phase: { name: "primary" }, reassignment: undefined });
    expect(state.configuration).toEqual(before);
  });
});
