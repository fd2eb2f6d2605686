/** The stored globals as one process sees them. */

import { NotSimulated, ObjectScriptError } from "../objectscript/errors.ts";
import type { GlobalReference, Globals, Neighbour, Running } from "../objectscript/host.ts";
import { normalize, numberText, parseNumber, toExact } from "../objectscript/numbers.ts";
import { applyChange, withBefore, type Change } from "./apply.ts";
import { isSqliteError, type Database } from "./database.ts";
import { decodeSubscripts } from "./key-decode.ts";
import { encodeKey, subtreeEnd } from "./key.ts";
import { dataOf, orderOf, queryOf } from "./nodes.ts";
import type { Done, ProcessTransactions, Undoing } from "./transactions.ts";
import { checkRoom, type Destination, type Writers } from "./writer.ts";

/** Source: RCOS_appx_limits, string length limit. */
export const longestString = 3_641_144;

/** A kill that would put more than this into one journal record is journaled node by node. */
const largestKill = { nodes: 10_000, characters: 4_000_000 };

/** Finds the database of a reference.
 *  @throws ObjectScriptError `<NAMESPACE>`, `<DIRECTORY>` */
export type Placing = (reference: GlobalReference) => Database;

/** Globals of one process. */
export class ProcessGlobals implements Globals, Undoing {
  private readonly place: Placing;
  private readonly writers: Writers;
  private readonly transactions: ProcessTransactions;
  private readonly mounted: (directory: string) => Database | undefined;

  constructor(
    place: Placing,
    writers: Writers,
    transactions: ProcessTransactions,
    mounted: (directory: string) => Database | undefined,
  ) {
    this.place = place;
    this.writers = writers;
    this.transactions = transactions;
    this.mounted = mounted;
  }

  writeBarrier(reference: GlobalReference): Promise<unknown> | undefined {
    return this.barrier(this.place(reference));
  }

  barrier(database: Database): Promise<unknown> | undefined {
    return this.writers.find(database)?.stream.cycle.barrier;
  }

  get(reference: GlobalReference): string | undefined {
    const database = this.place(reference);
    return guarded(() => database.nodes.get(keyOf(reference)));
  }

  data(reference: GlobalReference): 0 | 1 | 10 | 11 {
    const database = this.place(reference);
    return guarded(() => dataOf(database, keyOf(reference)));
  }

  order(reference: GlobalReference, direction: 1 | -1): Neighbour | undefined {
    if (reference.subscripts.length === 0) {
      throw new NotSimulated("$order over the names of globals");
    }
    refuseEmpty(reference, reference.subscripts.length - 1);
    const { name, subscripts } = reference;
    return guarded(() => orderOf(this.place(reference), name, subscripts, direction));
  }

  query(reference: GlobalReference, direction: 1 | -1): Neighbour | undefined {
    refuseEmpty(reference, reference.subscripts.length - 1);
    const { name, subscripts } = reference;
    return guarded(() => queryOf(this.place(reference), name, subscripts, direction));
  }

  set(reference: GlobalReference, value: string): void {
    if (value.length > longestString) throw new ObjectScriptError("<MAXSTRING>");
    const { database, destination } = this.writable(reference);
    checkRoom(database);
    const key = keyOf(reference);
    const change = this.changeOf(reference, destination, (named, transaction) => {
      const before = transaction === undefined ? undefined : database.nodes.get(key);
      return { type: "set", ...named, value, ...(before === undefined ? {} : { before }) };
    });
    this.make(database, destination, change);
  }

  /** Not undone by a rollback, so its record names no transaction. Source: RCOS_ctrollback. */
  increment(reference: GlobalReference, by: string): string {
    const { database, destination } = this.writable(reference);
    checkRoom(database);
    const before = guarded(() => database.nodes.get(keyOf(reference))) ?? "";
    const sum = toExact(parseNumber(before)).plus(toExact(parseNumber(by)));
    const value = numberText(normalize(sum));
    const { name: global, subscripts } = reference;
    const named = destination.journaledAs ?? database.directory;
    const change: Change = { type: "set", database: named, global, subscripts, value };
    guarded(() => {
      applyChange(database, change);
    });
    if (destination.journaledAs !== undefined) destination.stream.append(change);
    else destination.stream.cycle.touched();
    return value;
  }

  kill(reference: GlobalReference): void {
    const { database, destination } = this.writable(reference);
    const key = keyOf(reference);
    const joins = destination.inTransaction !== undefined && this.transactions.level > 0;
    const before = joins ? guarded(() => nodesOf(database, key)) : [];
    if (isLargeKill(before)) this.killNodes(reference, before);
    const change = this.changeOf(reference, destination, (named, transaction) =>
      transaction === undefined || isLargeKill(before)
        ? { type: "kill", ...named }
        : { type: "kill", ...named, before },
    );
    this.make(database, destination, change);
  }

  /** Node by node, so that no single record has to hold all of a large subtree. */
  private killNodes(reference: GlobalReference, nodes: readonly Node[]): void {
    const { database, destination } = this.writable(reference);
    for (const { subscripts, value } of nodes) {
      const node = { ...reference, subscripts };
      const change = this.changeOf(node, destination, (named) => ({
        type: "kill",
        ...named,
        nodeOnly: true,
        before: [{ subscripts, value }],
      }));
      this.make(database, destination, change);
    }
  }

  undo(done: Done, change: Change, transaction: number): void {
    // Looked up again: it may have been dismounted and mounted since.
    const database = this.mounted(done.database.directory);
    const destination = database && this.writers.find(database);
    if (database === undefined || destination?.stream !== done.stream) return;
    const key = encodeKey(change.global, change.subscripts);
    const before = database.nodes.get(key);
    const kept = { ...withBefore(change, before), transaction };
    applyChange(database, kept);
    done.stream.append(kept);
  }

  private writable(reference: GlobalReference): { database: Database; destination: Destination } {
    refuseEmpty(reference, reference.subscripts.length);
    const database = this.place(reference);
    const destination = this.writers.require(database, reference.name);
    if (destination.stream.cycle.barrier !== undefined) {
      throw new Error("A process writes during a journal cycle: it must ask writeBarrier first.");
    }
    return { database, destination };
  }

  /** A change as its journal names it, with what its undoing needs inside a transaction. */
  private changeOf(
    { name: global, subscripts }: GlobalReference,
    destination: Destination,
    build: (
      named: { database: string; global: string; subscripts: readonly string[] },
      transaction: number | undefined,
    ) => Change,
  ): Change {
    const { inTransaction, stream } = destination;
    const transaction = inTransaction === undefined ? undefined : this.transactions.join(stream);
    const database = inTransaction ?? "";
    const change = build({ database, global, subscripts }, transaction);
    return transaction === undefined ? change : { ...change, transaction };
  }

  private make(database: Database, destination: Destination, change: Change): void {
    guarded(() => {
      applyChange(database, change);
    });
    const isPlain = change.transaction === undefined;
    if (!isPlain) this.transactions.note(database, destination.stream, change);
    if (isPlain && destination.journaledAs === undefined) destination.stream.cycle.touched();
    else destination.stream.append(change);
  }
}

interface Node {
  readonly subscripts: readonly string[];
  readonly value: string;
}

function nodesOf(database: Database, key: Buffer): Node[] {
  return [...database.nodes.range(key, subtreeEnd(key))].map((node) => ({
    subscripts: decodeSubscripts(node.key),
    value: node.value,
  }));
}

function isLargeKill(nodes: readonly Node[]): boolean {
  if (nodes.length > largestKill.nodes) return true;
  return nodes.reduce((sum, node) => sum + node.value.length, 0) > largestKill.characters;
}

function keyOf(reference: GlobalReference): Buffer {
  refuseEmpty(reference, reference.subscripts.length);
  return encodeKey(reference.name, reference.subscripts);
}

/** Null subscripts are off by default. Source: RCOS, <SUBSCRIPT>. Assumed: the exact words. */
function refuseEmpty(reference: GlobalReference, levels: number): void {
  const level = reference.subscripts.indexOf("");
  if (level >= 0 && level < levels) {
    throw new ObjectScriptError("<SUBSCRIPT>", `^${reference.name}() Subscript ${level + 1} is ""`);
  }
}

/** Translates what SQLite says into what the language says. */
function guarded<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    for (const [code, name] of sqliteErrors) {
      if (isSqliteError(cause, code)) throw Object.assign(new ObjectScriptError(name), { cause });
    }
    throw cause;
  }
}

/** Full disk; damaged file, no database; failing disk. */
const sqliteErrors: readonly (readonly [number, string])[] = [
  [13, "<FILEFULL>"],
  [11, "<DATABASE>"],
  [26, "<DATABASE>"],
  [10, "<DISKHARD>"],
];

/** Waits until a reference may be written to. Nothing else runs between its end and the change. */
export function* untilWritable(globals: Globals, reference: GlobalReference): Running<void> {
  for (
    let wait = globals.writeBarrier(reference);
    wait !== undefined;
    wait = globals.writeBarrier(reference)
  ) {
    yield { kind: "wait", until: wait };
  }
}
