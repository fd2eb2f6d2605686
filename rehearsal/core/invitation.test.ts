/** A hello that was given up and arrives late must not count: the member may be the active backup
 *  of an epoch since, and the primary would believe itself free of it. */

import { describe, expect, it } from "vitest";
import { step } from "./step.ts";
import {
  entry,
  helloOfB,
  historyOf,
  memberIn,
  mirrorOf,
  peerB,
  questionOfB,
} from "./testing/scenes.ts";

const at = 1000;
const two = [entry("A"), entry("B")];
const own = historyOf(["A1"]);
const epoch = { lineage: "A1", number: 7 };
const control = { kind: "arbiter", epoch, isShared: true } as const;
const used = { lineage: "A1", number: 9 };
const late = { at, type: "memberCame", link: "late", hello: helloOfB(own, used), own } as const;

describe("a late hello", () => {
  it("does not replace the active backup, and leaves the primary bound", () => {
    const primary = memberIn(
      { name: "primary", lineage: "A1" },
      { control, peers: { B: peerB("active") } },
    );
    const { state, effects } = step(primary, late);

    expect(state.control).toEqual(control);
    expect(state.peers).toEqual(primary.peers);
    expect(effects).toContainEqual({
      do: "send",
      link: "late",
      message: { kind: "refused", why: "notInvited" },
    });
  });

  it("does not end unlimited trouble", () => {
    const trouble = {
      name: "trouble",
      lineage: "A1",
      isBounded: false,
      question: undefined,
    } as const;

    expect(step(memberIn(trouble, { control }), late).state.phase.name).toBe("trouble");
  });

  it("is told from one of now by the invitation of the last answer, which counts once", () => {
    const asked = step(memberIn({ name: "primary", lineage: "A1" }), {
      at,
      type: "partnerAsked",
      token: 1,
      question: questionOfB("consent", own),
      own,
    });
    const { invitation } = asked.state;
    const hello = { ...late, link: "now", hello: helloOfB(own, invitation) };
    const came = step(asked.state, hello);

    expect(came.state.peers["B"]?.link).toBe("now");
    expect(step(came.state, { ...hello, link: "again" }).state.peers["B"]?.link).toBe("now");
  });

  it("keeps its invitation while an async asks", () => {
    const invited = { lineage: "A1", number: 20 };
    const dr = entry("C", { eligibility: "disasterRecovery" });
    const primary = memberIn(
      { name: "primary", lineage: "A1" },
      { invitation: invited, configuration: mirrorOf(["A", "B"], { members: [...two, dr] }) },
    );
    const question = { ...questionOfB("look", own), member: "C", memberGuid: dr.guid };
    const asked = step(primary, { at, type: "partnerAsked", token: 1, question, own });

    expect(asked.effects).toContainEqual(
      expect.objectContaining({ answer: expect.objectContaining({ kind: "primary" }) as unknown }),
    );
    expect(asked.state.invitation).toEqual(invited);
  });
});
