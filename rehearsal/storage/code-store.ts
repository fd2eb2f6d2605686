/** Source of classes and routines, kept as globals of a namespace's routine database.
 *  Assumed: `^oddDEF(class)` and `^rMAC(routine)` hold the whole text in one node; the product's
 *  own layout of these globals is not documented and nothing may rely on it. */

import type { CodeStore } from "../objectscript/host.ts";
import { applyChange, noticeCode } from "./apply.ts";
import type { Database } from "./database.ts";
import { decodeSubscripts } from "./key-decode.ts";
import { descendantsFrom, encodeKey, subtreeEnd } from "./key.ts";
import type { Log } from "./log.ts";
import {
  databaseOfClass,
  databaseOfRoutine,
  findNamespace,
  type Namespace,
  type NamespaceView,
} from "./namespaces.ts";
import type { Writers } from "./writer.ts";

type CodeGlobal = "oddDEF" | "rMAC";

/** Writes code without ever making its writer wait: what is saved during a journal cycle is served
 *  from memory and stored when the cycle is over. */
export class CodeWriter {
  private readonly writers: Writers;
  private readonly log: Log;
  private readonly waiting = new Map<Database, Map<string, string | undefined>>();

  constructor(writers: Writers, log: Log) {
    this.writers = writers;
    this.log = log;
  }

  read(database: Database, global: CodeGlobal, name: string): string | undefined {
    const waiting = this.waiting.get(database);
    const address = `${global} ${name}`;
    if (waiting?.has(address) === true) return waiting.get(address);
    return database.nodes.get(encodeKey(global, [name]));
  }

  names(database: Database, global: CodeGlobal): string[] {
    const root = encodeKey(global, []);
    const names = new Set<string>();
    for (const { key } of database.nodes.range(descendantsFrom(root), subtreeEnd(root))) {
      names.add(decodeSubscripts(key)[0] ?? "");
    }
    for (const [address, source] of this.waiting.get(database) ?? []) {
      const name = address.slice(global.length + 1);
      if (!address.startsWith(`${global} `)) continue;
      if (source === undefined) names.delete(name);
      else names.add(name);
    }
    return [...names];
  }

  /** Saves a text, or removes it (`undefined`).
   *  @throws ObjectScriptError `<PROTECT>` */
  write(database: Database, global: CodeGlobal, name: string, source: string | undefined): void {
    const { stream } = this.writers.require(database, global);
    noticeCode(database, global);
    const { barrier } = stream.cycle;
    const waiting = this.waiting.get(database);
    if (waiting !== undefined) {
      waiting.set(`${global} ${name}`, source);
    } else if (barrier === undefined) {
      this.store(database, global, name, source);
    } else {
      this.waiting.set(database, new Map([[`${global} ${name}`, source]]));
      void barrier.then(() => this.storeWaiting(database));
    }
  }

  private store(
    database: Database,
    global: CodeGlobal,
    name: string,
    source: string | undefined,
  ): void {
    const destination = this.writers.require(database, global);
    const node = { database: destination.journaledAs ?? "", global, subscripts: [name] };
    const change =
      source === undefined
        ? ({ type: "kill", ...node } as const)
        : ({ type: "set", ...node, value: source } as const);
    applyChange(database, change);
    if (destination.journaledAs === undefined) destination.stream.cycle.touched();
    else destination.stream.append(change);
  }

  private storeWaiting(database: Database): void {
    const barrier = this.writers.find(database)?.stream.cycle.barrier;
    if (barrier !== undefined) {
      void barrier.then(() => this.storeWaiting(database));
      return;
    }
    const waiting = this.waiting.get(database) ?? new Map<string, string | undefined>();
    this.waiting.delete(database);
    for (const [address, source] of waiting) {
      const global = address.startsWith("rMAC ") ? "rMAC" : "oddDEF";
      const name = address.slice(global.length + 1);
      try {
        this.store(database, global, name, source);
      } catch (error) {
        this.log(2, "Generic.Event", `Source of ${name} was not stored: ${String(error)}`);
      }
    }
  }
}

/** What finding code needs. */
export interface CodeSurroundings {
  readonly view: NamespaceView;
  readonly writer: CodeWriter;
  /** Name of the current namespace. */
  namespace(): string;
  /** The mounted database of that name.
   *  @throws ObjectScriptError `<DIRECTORY>` */
  databaseNamed(name: string): Database;
}

/** Code as the current namespace of a process sees it. */
export class NamespaceCode implements CodeStore {
  private readonly around: CodeSurroundings;

  constructor(around: CodeSurroundings) {
    this.around = around;
  }

  private get namespace(): Namespace {
    return findNamespace(this.around.view, this.around.namespace());
  }

  private classDatabase(name: string): Database {
    const { view } = this.around;
    return this.around.databaseNamed(databaseOfClass(view, this.namespace, name));
  }

  private routineDatabase(name: string): Database {
    const { view } = this.around;
    return this.around.databaseNamed(databaseOfRoutine(view, this.namespace, name));
  }

  classSource(name: string): string | undefined {
    return this.around.writer.read(this.classDatabase(name), "oddDEF", name);
  }

  saveClass(name: string, source: string): void {
    this.around.writer.write(this.classDatabase(name), "oddDEF", name, source);
  }

  deleteClass(name: string): void {
    this.around.writer.write(this.classDatabase(name), "oddDEF", name, undefined);
  }

  /** Only names this namespace really finds there: a package may be mapped to another database. */
  classNames(): string[] {
    const found = this.databases().flatMap((database) =>
      this.around.writer
        .names(database, "oddDEF")
        .filter((name) => this.classDatabase(name) === database),
    );
    return [...new Set(found)].sort();
  }

  routineSource(name: string): string | undefined {
    return this.around.writer.read(this.routineDatabase(name), "rMAC", name);
  }

  saveRoutine(name: string, source: string): void {
    this.around.writer.write(this.routineDatabase(name), "rMAC", name, source);
  }

  /** The databases code of this namespace may come from. */
  private databases(): Database[] {
    const { view } = this.around;
    const { name, routines } = this.namespace;
    const mapped = [...view.mappings(name), ...view.mappings("%ALL")]
      .filter(({ kind }) => kind !== "Global")
      .map(({ database }) => database);
    const names = new Set([routines, "IRISSYS", ...mapped]);
    return [...names].map((database) => this.around.databaseNamed(database));
  }

  get version(): string {
    return this.databases()
      .map(({ serial, codeChanges }) => `${serial}.${codeChanges}`)
      .join(" ");
  }
}
