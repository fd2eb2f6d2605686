/** The arbiter decides each epoch once. */

import { describe, expect, it } from "vitest";
import { arbiterStep, freshArbiter, type ArbiterEffect, type ArbiterEvent } from "./arbiter.ts";
import type { Epoch, FromArbiter, ToArbiter } from "./messages.ts";

const epoch: Epoch = { lineage: "A1", number: 7 };

/** An arbiter with two members: A on session 1, B on session 2. */
class Rehearsed {
  private state = freshArbiter;
  effects: readonly ArbiterEffect[] = [];

  happen(event: ArbiterEvent): this {
    const step = arbiterStep(this.state, event);
    this.state = step.state;
    this.effects = step.effects;
    return this;
  }

  say(session: number, message: ToArbiter): this {
    return this.happen({ type: "said", session, message });
  }

  connected(): this {
    const hello = { kind: "hello", mirrorGuid: "M", qosTimeoutMs: 8000 } as const;
    return this.say(1, { ...hello, member: "A" }).say(2, { ...hello, member: "B" });
  }

  armed(): this {
    return this.connected().say(1, { kind: "arm", epoch, backup: "B" });
  }

  heard(session: number): FromArbiter[] {
    return this.effects.flatMap((effect) =>
      effect.do === "say" && effect.session === session ? [effect.message] : [],
    );
  }
}

describe("the arbiter", () => {
  it("tells each member whether the other is connected", () => {
    const arbiter = new Rehearsed().connected();
    expect(arbiter.heard(1)).toEqual([{ kind: "partner", isConnected: true }]);
    expect(arbiter.heard(2)).toEqual([{ kind: "partner", isConnected: true }]);

    arbiter.happen({ type: "gone", session: 1 });
    expect(arbiter.heard(2)).toEqual([{ kind: "partner", isConnected: false }]);
  });

  it("tells two that stay when a third, who lost its role, leaves, that they still see each other", () => {
    const arbiter = new Rehearsed().connected();
    arbiter.say(3, { kind: "hello", mirrorGuid: "M", member: "C", qosTimeoutMs: 8000 });

    arbiter.happen({ type: "gone", session: 2 });
    expect(arbiter.heard(1)).toEqual([{ kind: "partner", isConnected: true }]);
    expect(arbiter.heard(3)).toEqual([{ kind: "partner", isConnected: true }]);
  });

  it("arms an epoch only while both are connected", () => {
    expect(new Rehearsed().armed().heard(1)).toEqual([{ kind: "armed", epoch }]);

    const alone = new Rehearsed().connected().happen({ type: "gone", session: 2 });
    alone.say(1, { kind: "arm", epoch, backup: "B" });
    expect(alone.heard(1)).toEqual([{ kind: "refused", epoch }]);
  });

  it("grants the backup at once when the primary's session is lost", () => {
    const arbiter = new Rehearsed().armed().happen({ type: "gone", session: 1 });

    arbiter.say(2, { kind: "takeOver", epoch });
    expect(arbiter.heard(2)).toEqual([{ kind: "granted", epoch }]);
  });

  it("asks a connected primary for a sign of life, and then lets it go on", () => {
    const arbiter = new Rehearsed().armed().say(2, { kind: "takeOver", epoch });
    expect(arbiter.heard(1)).toEqual([{ kind: "areYouAlive", check: 1 }]);

    arbiter.say(1, { kind: "alive", check: 1 });
    expect(arbiter.heard(2)).toEqual([{ kind: "refused", epoch }]);
    arbiter.say(1, { kind: "release", epoch });
    expect(arbiter.heard(1)).toEqual([{ kind: "released", epoch }]);
  });

  it("grants when no sign of life comes in time", () => {
    const arbiter = new Rehearsed().armed().say(2, { kind: "takeOver", epoch });

    arbiter.happen({ type: "waited", check: 1 });
    expect(arbiter.heard(2)).toContainEqual({ kind: "granted", epoch });
    expect(arbiter.effects).toContainEqual({ do: "close", session: 1 });
  });

  it("never grants what it released, and never releases what it granted", () => {
    const released = new Rehearsed().armed().say(1, { kind: "release", epoch });
    released.happen({ type: "gone", session: 1 }).say(2, { kind: "takeOver", epoch });
    expect(released.heard(2)).toEqual([{ kind: "refused", epoch }]);

    const granted = new Rehearsed().armed().say(2, { kind: "takeOver", epoch });
    granted.happen({ type: "waited", check: 1 });
    granted
      .say(3, { kind: "hello", mirrorGuid: "M", member: "A", qosTimeoutMs: 8000 })
      .say(3, { kind: "release", epoch });
    expect(granted.heard(3)).toEqual([{ kind: "refused", epoch }]);
  });

  it("that was restarted decides nothing about what it does not remember", () => {
    const forgetful = new Rehearsed().connected();

    expect(forgetful.say(1, { kind: "release", epoch }).heard(1)).toEqual([
      { kind: "refused", epoch },
    ]);
    expect(forgetful.say(2, { kind: "takeOver", epoch }).heard(2)).toEqual([
      { kind: "refused", epoch },
    ]);
  });

  it("ignores whoever did not say hello", () => {
    expect(new Rehearsed().say(9, { kind: "release", epoch }).effects).toEqual([]);
  });
});
