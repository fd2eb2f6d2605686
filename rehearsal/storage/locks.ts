/** The lock table of the instance. A lock on a node shuts out locks of others on it, its ancestors
 *  and its descendants. Who waits is served in order. Source: RCOS_clock. */

import type { Running } from "../objectscript/host.ts";
import type { Clock } from "./clock.ts";
import { isRelated, LockHolds, type Hold, type LockName } from "./lock-holds.ts";

/** A process that waits. It is decided once: the lock was given, or the time was over. */
class Waiter {
  readonly owner: number;
  readonly name: LockName;
  readonly until: Promise<void>;
  outcome: boolean | undefined;
  private resolve: () => void = () => undefined;

  constructor(owner: number, name: LockName) {
    this.owner = owner;
    this.name = name;
    this.until = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  decide(isGiven: boolean): void {
    this.outcome ??= isGiven;
    this.resolve();
  }
}

/** All locks of all processes. */
export class LockTable {
  private readonly clock: Clock;
  private readonly holds = new LockHolds();
  private waiters: Waiter[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Takes a lock.
   *  @param timeoutMs `undefined` waits without limit, 0 tries once
   *  @returns true when it was given in time */
  *acquire(owner: number, name: LockName, timeoutMs: number | undefined): Running<boolean> {
    if (this.mayTake(owner, name, this.waiters)) {
      this.holds.add(owner, name);
      return true;
    }
    if (timeoutMs === 0) return false;
    const waiter = new Waiter(owner, name);
    this.waiters.push(waiter);
    const cancel =
      timeoutMs === undefined
        ? () => undefined
        : this.clock.after(timeoutMs, () => {
            this.giveUp(waiter);
          });
    return yield* this.waitFor(waiter, cancel);
  }

  private *waitFor(waiter: Waiter, cancel: () => void): Running<boolean> {
    let heardOf: boolean | undefined;
    try {
      while (waiter.outcome === undefined) yield { kind: "wait", until: waiter.until };
      heardOf = waiter.outcome;
      return heardOf;
    } finally {
      cancel();
      // The process may end before it hears that it was given the lock.
      if (waiter.outcome === true && heardOf === undefined) {
        this.release(waiter.owner, waiter.name, false);
      }
      this.giveUp(waiter);
    }
  }

  private giveUp(waiter: Waiter): void {
    waiter.decide(false);
    this.waiters = this.waiters.filter((candidate) => candidate !== waiter);
    this.serve();
  }

  /** @param before who asked earlier */
  private mayTake(owner: number, name: LockName, before: readonly Waiter[]): boolean {
    if (this.holds.isShutOut(owner, name)) return false;
    if (this.holds.find(owner, name) !== undefined) return true;
    return !before.some((waiter) => waiter.owner !== owner && isRelated(waiter.name, name));
  }

  /** Gives one incremental lock back; inside a transaction it is kept until its end.
   *  Source: RCOS_clock_locktype (deferred unlock is the default). */
  release(owner: number, name: LockName, isInTransaction: boolean): void {
    const hold = this.holds.find(owner, name);
    if (hold === undefined || hold.released >= hold.count) return;
    hold.released += 1;
    if (isInTransaction) return;
    this.settle(hold);
    this.serve();
  }

  /** Gives all locks of a process back. */
  releaseAll(owner: number, isInTransaction: boolean): void {
    for (const hold of this.holds.of(owner)) hold.released = hold.count;
    if (!isInTransaction) this.endTransaction(owner);
  }

  /** Releases what was given back inside the transaction. */
  endTransaction(owner: number): void {
    for (const hold of this.holds.of(owner)) this.settle(hold);
    this.serve();
  }

  private settle(hold: Hold): void {
    hold.count -= hold.released;
    hold.released = 0;
    if (hold.count === 0) this.holds.remove(hold);
  }

  /** Gives locks to those who waited longest. */
  private serve(): void {
    const before: Waiter[] = [];
    for (const waiter of this.waiters) {
      if (this.mayTake(waiter.owner, waiter.name, before)) {
        this.holds.add(waiter.owner, waiter.name);
        waiter.decide(true);
      } else {
        before.push(waiter);
      }
    }
    this.waiters = before;
  }

  /** Every lock with its owner, as the lock table of the product shows it. */
  list(): readonly { owner: number; name: LockName; count: number }[] {
    return this.holds.all().map(({ owner, name, count }) => ({ owner, name, count }));
  }
}
