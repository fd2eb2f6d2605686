import { describe, expect, test } from "vitest";
import { nextTurn } from "./clock.ts";
import { cycleMs, JournalCycle } from "./cycle.ts";
import { ManualClock } from "./testing/manual-clock.ts";

/** Work whose end the test decides. */
class Work {
  runs = 0;
  private readonly ends: { resolve: () => void; reject: (error: Error) => void }[] = [];

  readonly start = (): Promise<void> => {
    this.runs += 1;
    return new Promise((resolve, reject) => {
      this.ends.push({ resolve, reject });
    });
  };

  async end(error?: Error): Promise<void> {
    while (this.ends.length === 0) await nextTurn();
    const next = this.ends.shift();
    if (error === undefined) next?.resolve();
    else next?.reject(error);
  }
}

describe("the journal cycle", () => {
  test("plain writes make it run by itself after its time, not before", async () => {
    const clock = new ManualClock();
    const work = new Work();
    const cycle = new JournalCycle(clock, work.start);
    cycle.touched();
    cycle.touched();
    clock.pass(cycleMs - 1);
    await nextTurn();
    expect(work.runs).toBe(0);
    clock.pass(1);
    await work.end();
    expect(work.runs).toBe(1);
    await nextTurn();
    expect(clock.waiting).toBe(0);
  });

  test("writers are held to its end, and have a turn before the next", async () => {
    const work = new Work();
    const cycle = new JournalCycle(new ManualClock(), work.start);
    const first = cycle.request();
    expect(cycle.barrier).toBeUndefined();
    while (work.runs === 0) await nextTurn();
    const held = cycle.barrier;
    expect(held).toBeDefined();
    const second = cycle.request();
    let wrote = false;
    const writer = (async () => {
      await held;
      await nextTurn();
      wrote = cycle.barrier === undefined;
    })();
    await work.end();
    await Promise.all([first, writer]);
    expect(wrote).toBe(true);
    await work.end();
    await second;
    expect(cycle.barrier).toBeUndefined();
    expect(work.runs).toBe(2);
  });

  test("requests of one turn share a cycle; one that comes later needs the next", async () => {
    const work = new Work();
    const cycle = new JournalCycle(new ManualClock(), work.start);
    const early = [cycle.request(), cycle.request(), cycle.request()];
    while (work.runs === 0) await nextTurn();
    const late = cycle.request();
    await work.end();
    await Promise.all(early);
    expect(work.runs).toBe(1);
    await work.end();
    await late;
    expect(work.runs).toBe(2);
  });

  test("a failure reaches only who asked, and exclusive actions run all the same", async () => {
    const work = new Work();
    const cycle = new JournalCycle(new ManualClock(), work.start);
    const asked = cycle.request();
    const exclusive = cycle.exclusive(() => (cycle.barrier === undefined ? "free" : "held"));
    await Promise.all([
      work.end(new Error("no acknowledgement")),
      expect(asked).rejects.toThrow("no acknowledgement"),
      expect(exclusive).resolves.toBe("held"),
    ]);
    const next = cycle.request();
    await work.end();
    await next;
  });

  test("an exclusive action that fails fails its caller only", async () => {
    const work = new Work();
    const cycle = new JournalCycle(new ManualClock(), work.start);
    const failing = cycle.exclusive(() => {
      throw new Error("refused");
    });
    const other = cycle.exclusive(() => 1);
    await Promise.all([
      work.end(),
      expect(failing).rejects.toThrow("refused"),
      expect(other).resolves.toBe(1),
    ]);
  });
});
