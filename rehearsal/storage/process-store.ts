/** What one process (session, job) sees of the store: globals, transactions, locks, code. */

import type {
  CodeStore,
  GlobalReference,
  Globals,
  Locks,
  Running,
  Transactions,
} from "../objectscript/host.ts";
import { NamespaceCode } from "./code-store.ts";
import type { Database } from "./database.ts";
import { ProcessGlobals } from "./globals.ts";
import { ProcessLocks } from "./process-locks.ts";
import type { StoreParts } from "./store-parts.ts";
import { ProcessTransactions } from "./transactions.ts";

/** The process, as far as the store must know it. */
export interface StoreProcess {
  readonly jobNumber: number;
  /** Current namespace; looked at again for every reference. */
  readonly namespace: string;
}

/** The store of one process. */
export class ProcessStore {
  readonly globals: Globals;
  readonly transactions: Transactions;
  readonly locks: Locks;
  readonly code: CodeStore;
  /** True when the outermost commit waits until it is durable (and acknowledged).
   *  @default `SynchCommit` of `[Miscellaneous]`, 0. Source: RCPF_SYNCHCOMMIT. */
  synchronousCommit: boolean;
  private readonly parts: StoreParts;
  private readonly jobNumber: number;

  constructor(parts: StoreParts, process: StoreProcess) {
    const { placing, writers, locks: table } = parts;
    const owner = process.jobNumber;
    this.parts = parts;
    this.jobNumber = owner;
    this.synchronousCommit = parts.configuration.get("Miscellaneous", "SynchCommit") === "1";
    const place = (reference: GlobalReference): Database =>
      placing.place(process.namespace, reference);
    const transactions = new ProcessTransactions(
      () => this.synchronousCommit,
      () => {
        table.endTransaction(owner);
      },
    );
    const globals = new ProcessGlobals(
      place,
      writers,
      transactions,
      (directory) => parts.databases.find(directory)?.database,
    );
    transactions.undoWith(globals);
    this.globals = globals;
    this.transactions = transactions;
    this.locks = new ProcessLocks({ table, owner, writers, place, transactions });
    this.code = new NamespaceCode({
      view: parts.configuration,
      writer: parts.code,
      namespace: () => process.namespace,
      databaseNamed: (name) => placing.databaseNamed(name),
    });
  }

  /** The process is over: rolls back, gives locks back, asks for a journal cycle without waiting
   *  for it. */
  async end(): Promise<void> {
    const { locks, own, mirror } = this.parts;
    try {
      await drive(this.transactions.rollback());
    } finally {
      locks.releaseAll(this.jobNumber, false);
      own.cycle.request().catch(() => undefined);
      mirror.stream.cycle.request().catch(() => undefined);
    }
  }
}

/** Drives a coroutine outside the scheduler, for work that no process waits for. */
export async function drive<T>(running: Running<T>): Promise<T> {
  for (;;) {
    const step = running.next();
    if (step.done === true) return step.value;
    if (step.value.kind === "wait") await step.value.until;
  }
}
