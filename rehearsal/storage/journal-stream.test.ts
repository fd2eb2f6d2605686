import { describe, expect, test, vi } from "vitest";
import { nextTurn } from "./clock.ts";
import { slowMs } from "./testing/budgets.ts";
import { openInstance, TestProcess } from "./testing/instances.ts";
import { TestMember } from "./testing/members.ts";
import { ManualClock } from "./testing/manual-clock.ts";
import { temporaryDirectory } from "./testing/places.ts";

/** Lets time pass until the promise is settled. */
async function passUntil(clock: ManualClock, promise: Promise<unknown>): Promise<void> {
  const state = { isOver: false };
  void promise.finally(() => (state.isOver = true));
  while (!state.isOver) {
    clock.pass(1000);
    await nextTurn();
  }
}

describe("a disk that refuses", () => {
  test("the journal: writers wait, it is said once, and work goes on", async () => {
    const primary = await TestMember.open(temporaryDirectory());
    await primary.promote("A");
    await primary.mirrored("COMPANY");
    const flush = vi.spyOn(primary.journal, "flush");
    flush.mockRejectedValueOnce(new Error("no space left on device"));
    flush.mockRejectedValueOnce(new Error("no space left on device"));
    const process = primary.process("COMPANY");
    process.begin();
    await process.set("x", [], "kept");
    const commit = process.commit();
    await passUntil(primary.clock, commit);
    flush.mockRestore();
    const failures = primary.instance.messages.filter((text) => text.includes("no space left"));
    expect(failures).toEqual([expect.stringContaining("2 Writing journal failed, writers wait")]);
    await primary.restart();
    await primary.promote("A again");
    expect(primary.process("COMPANY").get("x")).toBe("kept");
    await primary.store.close();
  });

  test("the database: what SQLite gave up is done again from the journal", async () => {
    const directory = temporaryDirectory();
    const clock = new ManualClock();
    const { store, messages } = await openInstance(directory, clock);
    const process = new TestProcess(store, "USER");
    process.store.synchronousCommit = true;
    process.begin();
    await process.set("x", ["1"], "first cycle");
    await process.commit();
    const database = store.databases.require(`${directory}mgr/user/`);
    const commit = vi.spyOn(database, "commit");
    commit.mockImplementationOnce(() => {
      // As SQLite does when the disk is full: the open transaction is gone.
      database.rollback();
      database.hasLostWork = true;
      throw new Error("database or disk is full");
    });
    process.begin();
    await process.set("x", ["2"], "second cycle");
    await process.kill("x", ["1"]);
    await passUntil(clock, process.commit());
    commit.mockRestore();
    expect(messages.some((text) => text.includes("database or disk is full"))).toBe(true);
    expect(process.all("x")).toEqual([[["2"], "second cycle"]]);
    store.abandon();
    const again = await openInstance(directory);
    expect(new TestProcess(again.store, "USER").all("x")).toEqual([[["2"], "second cycle"]]);
    await again.store.close();
  });
});

test(
  "a database that is seldom written keeps up its position, so that a restart reads little",
  async () => {
    const primary = await TestMember.open(temporaryDirectory());
    await primary.promote("A");
    await primary.mirrored("COMPANY");
    await primary.mirrored("QUIET");
    const quiet = primary.store.mirror.copies.byName("QUIET");
    const process = primary.process("COMPANY");
    const value = "x".repeat(1_000_000);
    for (let index = 0; index < 40; index++) {
      await process.set("x", [String(index % 3)], value);
      await primary.settle();
    }
    const behind =
      primary.journal.durable.offset - (quiet?.committedMark("mirrored")?.position.offset ?? 0);
    expect(behind).toBeLessThan(18 * 1024 * 1024);
    expect(primary.store.mirror.dejournaled).toEqual(primary.journal.durable);
    await primary.store.close();
  },
  slowMs,
);
