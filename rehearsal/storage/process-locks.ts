/** Locks of one process. */

import { NotSimulated } from "../objectscript/errors.ts";
import type { GlobalReference, Locks, Running } from "../objectscript/host.ts";
import type { Database } from "./database.ts";
import type { LockName } from "./lock-holds.ts";
import type { LockTable } from "./locks.ts";
import type { ProcessTransactions } from "./transactions.ts";
import { protectError, type Writers } from "./writer.ts";

/** What a process's locks need. */
export interface LockSurroundings {
  readonly table: LockTable;
  readonly owner: number;
  readonly writers: Writers;
  /** @throws ObjectScriptError `<NAMESPACE>`, `<DIRECTORY>` */
  place(reference: GlobalReference): Database;
  readonly transactions: ProcessTransactions;
}

/** `lock +^a(1):timeout` and its relatives. */
export class ProcessLocks implements Locks {
  private readonly around: LockSurroundings;

  constructor(around: LockSurroundings) {
    this.around = around;
  }

  *acquire(reference: GlobalReference, timeoutMs: number | undefined): Running<boolean> {
    const database = this.around.place(reference);
    // Source: GHA_mirror_set: a lock on a mirrored database of the backup gives <PROTECT>.
    const isMirrored = database.label.mirror !== undefined;
    if (isMirrored && this.around.writers.find(database) === undefined) {
      throw protectError(database, reference.name);
    }
    const name = this.nameOf(reference, database);
    return yield* this.around.table.acquire(this.around.owner, name, timeoutMs);
  }

  release(reference: GlobalReference): void {
    const name = this.nameOf(reference, this.around.place(reference));
    this.around.table.release(this.around.owner, name, this.isInTransaction());
  }

  releaseAll(): void {
    this.around.table.releaseAll(this.around.owner, this.isInTransaction());
  }

  private isInTransaction(): boolean {
    return this.around.transactions.level > 0;
  }

  private nameOf(reference: GlobalReference, database: Database): LockName {
    if (reference.name === "") throw new NotSimulated("a lock without a name");
    return { root: `${database.directory}^${reference.name}`, subscripts: reference.subscripts };
  }
}
