import { describe, expect, test } from "vitest";
import { nextTurn } from "./clock.ts";
import { cycleMs } from "./cycle.ts";
import { slowMs } from "./testing/budgets.ts";
import { addDatabases, openInstance, TestProcess } from "./testing/instances.ts";
import { ManualClock } from "./testing/manual-clock.ts";
import { temporaryDirectory } from "./testing/places.ts";

/** What a crash right now would leave of `^x`. */
async function afterCrash(directory: string, store: { abandon(): void }) {
  store.abandon();
  const again = await openInstance(directory);
  const nodes = new TestProcess(again.store, "USER").all("x");
  await again.store.close();
  return nodes;
}

describe("durability", () => {
  test("a plain set is lost by a kill before its cycle, and survives one after it", async () => {
    for (const waits of [false, true]) {
      const directory = temporaryDirectory();
      const clock = new ManualClock();
      const { store } = await openInstance(directory, clock);
      const process = new TestProcess(store, "USER");
      await process.set("x", [], "plain");
      if (waits) {
        clock.pass(cycleMs);
        await store.purgeJournal();
      }
      expect(await afterCrash(directory, store)).toEqual(waits ? [[[], "plain"]] : []);
    }
  });

  test("a synchronous commit is durable when it returns; another only asks", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory, new ManualClock());
    const process = new TestProcess(store, "USER");
    process.store.synchronousCommit = true;
    process.begin();
    await process.set("x", ["1"], "committed");
    await process.commit();
    process.store.synchronousCommit = false;
    process.begin();
    await process.set("x", ["2"], "asked");
    await process.commit();
    expect(await afterCrash(directory, store)).toEqual([[["1"], "committed"]]);
  });

  test("the default of SynchCommit comes from the configuration", async () => {
    const { store } = await openInstance(temporaryDirectory());
    expect(new TestProcess(store, "USER").store.synchronousCommit).toBe(false);
    store.configuration.set("Miscellaneous", "SynchCommit", "1");
    expect(new TestProcess(store, "USER").store.synchronousCommit).toBe(true);
    await store.close();
  });

  test("what was open at a crash is undone at the next start, commits before it stay", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory, new ManualClock());
    const [first, second] = [new TestProcess(store, "USER", 1), new TestProcess(store, "USER", 2)];
    first.store.synchronousCommit = true;
    await first.set("x", ["kept"], "before");
    await first.set("x", ["killed", "1"], "a");
    await first.set("x", ["killed", "2"], "b");
    second.begin();
    await second.set("x", ["kept"], "open");
    await second.set("x", ["kept"], "still open");
    await second.set("x", ["new"], "open");
    await second.kill("x", ["killed"]);
    first.begin();
    await first.set("x", ["committed"], "c");
    await first.commit();
    expect(await afterCrash(directory, store)).toEqual([
      [["committed"], "c"],
      [["kept"], "before"],
      [["killed", "1"], "a"],
      [["killed", "2"], "b"],
    ]);
  });

  test("a rollback of one level before a crash is not undone twice", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory, new ManualClock());
    const [first, second] = [new TestProcess(store, "USER", 1), new TestProcess(store, "USER", 2)];
    first.store.synchronousCommit = true;
    second.begin();
    await second.set("x", ["1"], "open");
    await second.set("x", ["1"], "still open");
    // Half of the rollback is journaled when the power goes.
    second.begin();
    await second.kill("x", ["1"]);
    await second.rollback(1);
    first.begin();
    await first.set("y", [], "y");
    await first.commit();
    expect(await afterCrash(directory, store)).toEqual([]);
  });

  test("what was written after a rollback is not undone by the next start", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory, new ManualClock());
    const process = new TestProcess(store, "USER");
    await process.set("x", [], "before");
    process.begin();
    await process.set("x", [], "rolled back");
    await process.rollback();
    process.store.synchronousCommit = true;
    process.begin();
    await process.set("x", [], "committed later");
    await process.commit();
    expect(await afterCrash(directory, store)).toEqual([[[], "committed later"]]);
  });

  test("readers see a transaction's changes at once, and go on during a cycle", async () => {
    const { store } = await openInstance(temporaryDirectory(), new ManualClock());
    const [writer, reader] = [new TestProcess(store, "USER", 1), new TestProcess(store, "USER", 2)];
    writer.store.synchronousCommit = true;
    writer.begin();
    await writer.set("x", [], "seen");
    expect(reader.get("x")).toBe("seen");
    const commit = writer.commit();
    const reference = { name: "x", subscripts: [] };
    while (reader.store.globals.writeBarrier(reference) === undefined) await nextTurn();
    expect(reader.get("x")).toBe("seen");
    expect(() => reader.store.globals.set(reference, "must ask")).toThrow("writeBarrier");
    await commit;
    await reader.set("x", [], "asked");
    await store.close();
  });

  test("IRISTEMP is neither rolled back nor kept over a restart", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    const process = new TestProcess(store, "USER");
    process.begin();
    await process.set("IRIS.TempUser.x", [], "stays");
    await process.set("x", [], "goes");
    await process.rollback();
    expect([process.get("IRIS.TempUser.x"), process.get("x")]).toEqual(["stays", undefined]);
    await store.close();
    const again = await openInstance(directory);
    expect(new TestProcess(again.store, "USER").get("IRIS.TempUser.x")).toBeUndefined();
    await again.store.close();
  });
});

describe("transactions", () => {
  test("a commit without one is an error, a rollback without one is not", async () => {
    const { store } = await openInstance(temporaryDirectory());
    const process = new TestProcess(store, "USER");
    await expect(process.commit()).rejects.toThrow("<COMMAND> *NoTransaction");
    await process.rollback();
    expect(process.store.transactions.level).toBe(0);
    await store.close();
  });

  test(
    "a kill of a large subtree is undone whole",
    async () => {
      const { store } = await openInstance(temporaryDirectory());
      const process = new TestProcess(store, "USER");
      for (let index = 0; index < 10_050; index++) await process.set("x", [String(index)], "v");
      process.begin();
      await process.kill("x");
      expect(process.store.globals.data({ name: "x", subscripts: [] })).toBe(0);
      await process.rollback();
      expect(process.all("x")).toHaveLength(10_050);
      await store.close();
    },
    slowMs,
  );

  test("the end of a process rolls back and gives locks back, deferred ones too", async () => {
    const { store } = await openInstance(temporaryDirectory());
    const [first, second] = [new TestProcess(store, "USER", 1), new TestProcess(store, "USER", 2)];
    const reference = { name: "x", subscripts: ["1"] };
    const lock = (process: TestProcess) => process.store.locks.acquire(reference, 0).next();
    first.begin();
    expect(lock(first)).toEqual({ done: true, value: true });
    first.store.locks.release(reference);
    await first.set("x", ["1"], "open");
    expect(lock(second)).toEqual({ done: true, value: false });
    await first.store.end();
    expect(second.get("x", "1")).toBeUndefined();
    expect(lock(second)).toEqual({ done: true, value: true });
    await store.close();
  });

  test("locks of one global are one, through whatever namespace it is reached", async () => {
    const directory = temporaryDirectory();
    const { store } = await openInstance(directory);
    await addDatabases(store, directory, "COMPANY", "PERSONAL");
    store.configuration.set("Map.PERSONAL", "Global_shared", "COMPANY");
    const [one, two] = [
      new TestProcess(store, "COMPANY", 1),
      new TestProcess(store, "PERSONAL", 2),
    ];
    const lock = (process: TestProcess, name: string) =>
      process.store.locks.acquire({ name, subscripts: [] }, 0).next().value;
    expect([lock(one, "shared"), lock(two, "shared"), lock(two, "other")]).toEqual([
      true,
      false,
      true,
    ]);
    await store.close();
  });
});
