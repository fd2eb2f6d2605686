/** What is sent when, with a journal that is only a length. */

import { describe, expect, it } from "vitest";
import type { SafeUntil } from "../../core/acknowledgement.ts";
import { gatherMs, JournalSender } from "./journal-sender.ts";
import { ManualClock } from "./testing/manual-clock.ts";

/** A sender whose journal grows by hand, and what left it. */
function scene(isPartner: boolean) {
  const clock = new ManualClock();
  const sent: number[] = [];
  const world = {
    length: 0,
    limit: "all" as SafeUntil,
    isPartner,
    isCongested: false,
    sent,
    clock,
  };
  const sender = new JournalSender({
    clock,
    connection: {
      get isCongested() {
        return world.isCongested;
      },
      sendJournal: (_, bytes) => sent.push(bytes.length),
    },
    journal: {
      read: (from, limit) => ({
        at: from,
        bytes: Buffer.alloc(Math.min(limit, world.length - from.offset)),
      }),
    },
    from: { file: 1, offset: 0 },
    limit: () => world.limit,
    mayGather: () => !world.isPartner,
    patienceMs: 60_000,
    tooLate: () => undefined,
    fault: (why) => expect.unreachable(why),
  });
  /** So many more bytes are durable. */
  const grow = (bytes: number): void => {
    world.length += bytes;
    sender.pumpSoon();
  };
  return { world, sender, grow };
}

describe("the stream to a member", () => {
  it("sends the failover partner each piece at once", () => {
    const { world, grow } = scene(true);
    for (const bytes of [10, 20, 30]) grow(bytes);
    expect(world.sent).toEqual([10, 20, 30]);
  });

  it("sends an async the first piece at once, and gathers what follows closely", () => {
    const { world, grow } = scene(false);
    for (const bytes of [10, 20, 30]) grow(bytes);
    expect(world.sent).toEqual([10]);
    world.clock.pass(gatherMs);
    expect(world.sent).toEqual([10, 50]);
    world.clock.pass(gatherMs);
    grow(40);
    expect(world.sent).toEqual([10, 50, 40]);
  });

  it("looks at the limit when it sends, not when it began to gather", () => {
    const { world, grow } = scene(false);
    grow(10);
    grow(20);
    world.limit = { file: 1, offset: 15 };
    world.clock.pass(gatherMs);
    expect(world.sent).toEqual([10, 5]);
  });

  it("gathers no longer for an async that has become the failover partner", () => {
    const { world, grow } = scene(false);
    grow(10);
    grow(20);
    world.isPartner = true;
    grow(30);
    expect(world.sent).toEqual([10, 50]);
  });

  it("makes no pause in what is large: the socket alone says when", () => {
    const { world, sender, grow } = scene(false);
    grow(1024 * 1024);
    expect(world.sent).toHaveLength(4);
    world.isCongested = true;
    grow(1024 * 1024);
    world.clock.pass(gatherMs);
    expect(world.sent).toHaveLength(4);
    world.isCongested = false;
    sender.pump();
    expect(world.sent).toHaveLength(8);
  });

  it("sends nothing once it is stopped", () => {
    const { world, sender, grow } = scene(false);
    grow(10);
    grow(20);
    sender.stop();
    world.clock.pass(gatherMs);
    expect(world.sent).toEqual([10]);
  });
});
