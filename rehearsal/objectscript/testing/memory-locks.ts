/** Locks that one process always gets, except those a test has taken before. */

import type { GlobalReference, Locks, Running } from "../host.ts";
import { referenceText } from "../run/place.ts";

/** Locks in memory. */
export class MemoryLocks implements Locks {
  /** Names held, with how often. */
  readonly held = new Map<string, number>();
  /** Names that somebody else holds. */
  readonly taken = new Set<string>();

  // eslint-disable-next-line require-yield -- a lock in memory is there or not
  *acquire(reference: GlobalReference): Running<boolean> {
    const name = referenceText(reference.name, reference.subscripts);
    if (this.taken.has(name)) return false;
    this.held.set(name, (this.held.get(name) ?? 0) + 1);
    return true;
  }

  release(reference: GlobalReference): void {
    const name = referenceText(reference.name, reference.subscripts);
    const count = (this.held.get(name) ?? 0) - 1;
    if (count > 0) this.held.set(name, count);
    else this.held.delete(name);
  }

  releaseAll(): void {
    this.held.clear();
  }
}
