/** Transactions of one process. Changes are in the database files at once and seen by everybody, as
 *  in the product; what is kept is how to undo them. */

import { ObjectScriptError } from "../objectscript/errors.ts";
import type { Running, Transactions } from "../objectscript/host.ts";
import { inverseOf, type Change } from "./apply.ts";
import type { Database } from "./database.ts";
import type { JournalStream } from "./journal-stream.ts";

/** A change that was made, and where. */
export interface Done {
  readonly database: Database;
  readonly stream: JournalStream;
  readonly change: Change;
}

/** The part of a transaction in one journal. */
interface Joined {
  readonly number: number;
  /** Void when the stream took unacknowledged work back since. */
  readonly era: number;
}

/** What undoing needs: a change like any other, inside the transaction. */
export interface Undoing {
  /** Makes a change and notes it in the transaction's journal. A database that was dismounted, or
   *  taken out of that journal, is left as it is. */
  undo(done: Done, change: Change, transaction: number): void;
  /** What a writer to this database waits for. */
  barrier(database: Database): Promise<unknown> | undefined;
}

/** Nested transactions of a process. Source: RCOS_ctrollback, RCOS TSTART and TCOMMIT. */
export class ProcessTransactions implements Transactions {
  private readonly isSynchronous: () => boolean;
  private undoing: Undoing | undefined;
  private readonly ended: () => void;
  private done: Done[] = [];
  private marks: number[] = [];
  private readonly joined = new Map<JournalStream, Joined>();

  /** @param ended called when no level is left: deferred locks are given back */
  constructor(isSynchronous: () => boolean, ended: () => void) {
    this.isSynchronous = isSynchronous;
    this.ended = ended;
  }

  /** Says who makes the changes that undo others: transactions and globals need each other. */
  undoWith(undoing: Undoing): void {
    this.undoing = undoing;
  }

  get level(): number {
    return this.marks.length;
  }

  start(): void {
    this.marks.push(this.done.length);
  }

  /** Number of the transaction in a journal; begins it there at its first change.
   *  @returns undefined outside a transaction */
  join(stream: JournalStream): number | undefined {
    if (this.level === 0) return undefined;
    const known = this.joined.get(stream);
    if (known !== undefined) return known.number;
    const number = stream.transactions.nextNumber();
    stream.append({ type: "begin", transaction: number });
    this.joined.set(stream, { number, era: stream.era });
    return number;
  }

  /** Keeps a change for its undoing. */
  note(database: Database, stream: JournalStream, change: Change): void {
    this.done.push({ database, stream, change });
  }

  *commit(): Running<void> {
    if (this.level === 0) throw new ObjectScriptError("<COMMAND>", "*NoTransaction");
    if (this.level > 1) {
      this.marks.pop();
      return;
    }
    const streams = [...this.joined];
    const cycles = streams.map(([stream, joined]) => commitIn(stream, joined));
    this.reset();
    if (this.isSynchronous() && cycles.length > 0) {
      yield* settled(Promise.all(cycles));
      return;
    }
    for (const cycle of cycles) cycle.catch(() => undefined);
  }

  *rollback(levels?: number): Running<void> {
    const target = levels === undefined ? 0 : Math.max(0, this.level - levels);
    if (this.level === target) return;
    const keep = this.marks[target] ?? 0;
    for (let last = this.done.at(-1); this.done.length > keep; last = this.done.at(-1)) {
      if (last !== undefined) yield* this.undoLast(last);
    }
    this.marks.length = target;
    if (target > 0) return;
    for (const [stream, joined] of this.joined) {
      if (joined.era !== stream.era) continue;
      stream.append({ type: "rolledBack", transaction: joined.number });
      stream.cycle.request().catch(() => undefined);
    }
    this.reset();
  }

  private *undoLast(done: Done): Running<void> {
    const { database, stream, change } = done;
    const joined = this.joined.get(stream);
    const { undoing } = this;
    if (joined?.era === stream.era && undoing !== undefined) {
      let wait = undoing.barrier(database);
      for (; wait !== undefined; wait = undoing.barrier(database)) {
        yield { kind: "wait", until: wait };
      }
      // Looked at again: while it waited, the work may have been taken back altogether.
      if (joined.era === stream.era) {
        for (const inverse of inverseOf(change)) undoing.undo(done, inverse, joined.number);
      }
    }
    this.done.pop();
  }

  private reset(): void {
    this.done = [];
    this.marks = [];
    this.joined.clear();
    this.ended();
  }
}

/** Ends the transaction in a journal and asks for the cycle that makes it durable.
 *  Source: RCPF_SYNCHCOMMIT: every commit asks for the flush, only a synchronous one waits. */
async function commitIn(stream: JournalStream, joined: Joined): Promise<void> {
  // Assumed: the product's error when a commit cannot be completed any more.
  if (joined.era !== stream.era) throw new ObjectScriptError("<COMMITFAIL>");
  stream.append({ type: "commit", transaction: joined.number });
  await stream.cycle.request().catch((cause: unknown) => {
    throw Object.assign(new ObjectScriptError("<COMMITFAIL>"), { cause });
  });
  // Its member ceased to be primary meanwhile: whether the commit counts, only the next one knows.
  if (joined.era !== stream.era) throw new ObjectScriptError("<COMMITFAIL>");
}

/** Waits as a coroutine; a rejection is thrown here. */
function* settled(promise: Promise<unknown>): Running<void> {
  const outcome: { isOver: boolean; failure?: unknown } = { isOver: false };
  const until = promise.then(
    () => {
      outcome.isOver = true;
    },
    (failure: unknown) => {
      outcome.isOver = true;
      outcome.failure = failure;
    },
  );
  while (!outcome.isOver) yield { kind: "wait", until };
  if ("failure" in outcome) throw outcome.failure;
}
