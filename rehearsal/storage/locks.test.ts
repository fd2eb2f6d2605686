import { describe, expect, test } from "vitest";
import type { Running } from "../objectscript/host.ts";
import { LockTable } from "./locks.ts";
import { ManualClock } from "./testing/manual-clock.ts";

const node = (...subscripts: string[]) => ({ root: "/d/^x", subscripts });

/** Runs until the process waits or ends. */
function advance<T>(running: Running<T>): { waits: boolean; value?: T } {
  const result = running.next();
  return result.done === true ? { waits: false, value: result.value } : { waits: true };
}

describe("locks", () => {
  test("a lock shuts out its node, ancestors and descendants, not its owner", () => {
    const table = new LockTable(new ManualClock());
    expect(advance(table.acquire(1, node("a", "b"), 0)).value).toBe(true);
    expect(advance(table.acquire(2, node("a", "b"), 0)).value).toBe(false);
    expect(advance(table.acquire(2, node("a"), 0)).value).toBe(false);
    expect(advance(table.acquire(2, node(), 0)).value).toBe(false);
    expect(advance(table.acquire(2, node("a", "b", "c"), 0)).value).toBe(false);
    expect(advance(table.acquire(2, node("a", "c"), 0)).value).toBe(true);
    expect(advance(table.acquire(1, node("a", "b", "d"), 0)).value).toBe(true);
    expect(advance(table.acquire(1, node("a"), 0)).value).toBe(false);
  });

  test("incremental locks are given back one by one", () => {
    const table = new LockTable(new ManualClock());
    advance(table.acquire(1, node("a"), 0));
    advance(table.acquire(1, node("a"), 0));
    table.release(1, node("a"), false);
    expect(advance(table.acquire(2, node("a"), 0)).value).toBe(false);
    table.release(1, node("a"), false);
    expect(advance(table.acquire(2, node("a"), 0)).value).toBe(true);
    expect(table.list()).toEqual([{ owner: 2, name: node("a"), count: 1 }]);
  });

  test("who waits is served in order, also before one who asks later", () => {
    const table = new LockTable(new ManualClock());
    advance(table.acquire(1, node("a"), 0));
    const second = table.acquire(2, node("a"), undefined);
    const third = table.acquire(3, node("a"), undefined);
    expect([advance(second).waits, advance(third).waits]).toEqual([true, true]);
    table.releaseAll(1, false);
    expect(advance(table.acquire(4, node("a"), 0)).value).toBe(false);
    expect(advance(second).value).toBe(true);
    expect(advance(third).waits).toBe(true);
    table.releaseAll(2, false);
    expect(advance(third).value).toBe(true);
  });

  test("the time is over: false, and those behind do not wait for nothing", () => {
    const clock = new ManualClock();
    const table = new LockTable(clock);
    advance(table.acquire(1, node("a", "b"), 0));
    const wide = table.acquire(2, node("a"), 1000);
    const narrow = table.acquire(3, node("a", "c"), undefined);
    expect([advance(wide).waits, advance(narrow).waits]).toEqual([true, true]);
    clock.pass(1000);
    expect(advance(wide).value).toBe(false);
    expect(advance(narrow).value).toBe(true);
    expect(clock.waiting).toBe(0);
  });

  test("given in the same moment as the time is over: one answer, and it is true", () => {
    const clock = new ManualClock();
    const table = new LockTable(clock);
    advance(table.acquire(1, node("a"), 0));
    const second = table.acquire(2, node("a"), 1000);
    advance(second);
    table.releaseAll(1, false);
    clock.pass(1000);
    expect(advance(second).value).toBe(true);
    expect(table.list()).toEqual([{ owner: 2, name: node("a"), count: 1 }]);
  });

  test("inside a transaction a lock that is given back stays until its end", () => {
    const table = new LockTable(new ManualClock());
    advance(table.acquire(1, node("a"), 0));
    table.release(1, node("a"), true);
    expect(advance(table.acquire(2, node("a"), 0)).value).toBe(false);
    table.endTransaction(1);
    expect(advance(table.acquire(2, node("a"), 0)).value).toBe(true);
  });

  test("a process that ends while it waits leaves nothing behind", () => {
    const table = new LockTable(new ManualClock());
    advance(table.acquire(1, node("a"), 0));
    const second = table.acquire(2, node("a"), undefined);
    advance(second);
    table.releaseAll(1, false);
    second.return(false);
    expect(table.list()).toEqual([]);
    expect(advance(table.acquire(3, node("a"), 0)).value).toBe(true);
  });

  test("many locks of one process stay cheap to check", () => {
    const table = new LockTable(new ManualClock());
    for (let index = 0; index < 20_000; index++) advance(table.acquire(1, node(String(index)), 0));
    expect(advance(table.acquire(2, node("20000"), 0)).value).toBe(true);
    expect(advance(table.acquire(2, node(), 0)).value).toBe(false);
    table.releaseAll(1, false);
    expect(advance(table.acquire(2, node(), 0)).value).toBe(true);
  });
});
