/** What the evaluator needs from the world around it. `system/` and `edge/` provide it; tests
 *  provide a small one. The evaluator itself has no clock, no file, no socket and no store. */

import type { ObjectReference, Value } from "./value.ts";

/** Why a running process pauses. The scheduler decides when it goes on. */
export type Pause =
  { readonly kind: "slice" } | { readonly kind: "wait"; readonly until: Promise<unknown> };

/** Code that may pause: a coroutine the scheduler drives. */
export type Running<T> = Generator<Pause, T, void>;

/** A global variable: its name without the caret, and where it is looked for.
 *  `environment` is what stands between the bars of `^|"NS"|x` (a namespace, or `^^/dir/`). */
export interface GlobalReference {
  readonly name: string;
  readonly subscripts: readonly string[];
  readonly environment?: string;
}

/** A neighbour found by `$order` or `$query`. */
export interface Neighbour {
  readonly subscripts: readonly string[];
  readonly value: string | undefined;
}

/** The stored globals as one process sees them. Every call may throw an `ObjectScriptError`,
 *  for example `<PROTECT>` with the global and its directory. */
export interface Globals {
  /** What a writer waits for before it changes `reference`: a journal cycle on its way, a trouble
   *  state, a freeze. `undefined` when it may write now. The evaluator asks before every change. */
  writeBarrier(reference: GlobalReference): Promise<unknown> | undefined;
  get(reference: GlobalReference): string | undefined;
  set(reference: GlobalReference, value: string): void;
  kill(reference: GlobalReference): void;
  /** 0 nothing, 1 value, 10 descendants, 11 both. */
  data(reference: GlobalReference): 0 | 1 | 10 | 11;
  /** The next subscript at the level of the last one; `""` as last subscript starts at the end. */
  order(reference: GlobalReference, direction: 1 | -1): Neighbour | undefined;
  /** The next (or previous) reference that holds a value. */
  query(reference: GlobalReference, direction: 1 | -1): Neighbour | undefined;
  increment(reference: GlobalReference, by: string): string;
}

/** Transactions of one process. */
export interface Transactions {
  readonly level: number;
  start(): void;
  /** Ends one level. The outermost one waits as far as the product documents it. */
  commit(): Running<void>;
  /** Undoes everything (no argument) or one level. It writes, so it waits like every writer
   *  while a journal cycle is on its way: call it as `yield* rollback()`. */
  rollback(levels?: number): Running<void>;
}

/** Locks of one process: `lock +^a(1):timeout`. */
export interface Locks {
  /** True when it was given before `timeoutMs` ended; `undefined` waits without limit. */
  acquire(reference: GlobalReference, timeoutMs: number | undefined): Running<boolean>;
  release(reference: GlobalReference): void;
  releaseAll(): void;
}

/** Where `write` goes and `read` comes from. */
export interface Device {
  /** Name as `$io` shows it. */
  readonly name: string;
  /** Column of the cursor, for `?n` and `$x`. The evaluator counts it; a device only keeps it. */
  column: number;
  write(text: string): void;
  /** One line without its end; `undefined` when input has ended or the time is over. */
  readLine(timeoutMs: number | undefined): Running<string | undefined>;
}

/** The arguments of one call into a class written in TypeScript. */
export interface Arguments {
  readonly length: number;
  /** The object the method was called on; `undefined` for class methods. */
  readonly object?: ObjectReference | undefined;
  /** The value, or `""` when it was omitted. */
  text(index: number): string;
  value(index: number): Value;
  /** False when the argument was left out (`Method(,2)`). */
  given(index: number): boolean;
  /** Sets a by-reference argument; ignored when it was passed by value. */
  set(index: number, value: Value): void;
  /** Node of an array passed by reference; `undefined` when it has none. */
  node(index: number, subscripts: readonly string[]): Value | undefined;
  setNode(index: number, subscripts: readonly string[], value: Value): void;
  /** Subscripts of the first level, in collation order. */
  keys(index: number): string[];
}

/** A process as a class written in TypeScript sees it: the instance around it, the evaluator. */
export interface NativeProcess extends ProcessHost {
  /** A new object of a class written in TypeScript.
   *  @throws ObjectScriptError `<CLASS DOES NOT EXIST>` */
  createObject(className: string, state: unknown): ObjectReference;
  /** What that class keeps in the object; `undefined` when the value is no object of it. */
  stateOf(value: Value, className: string): unknown;
  /** Calls a class method of any class, as `##class(C).M(args)` does. */
  callClassMethod(className: string, method: string, args: readonly Value[]): Running<Value>;
  /** Calls a method of any object, as `object.M(args)` does. */
  callMethod(object: Value, method: string, args: readonly Value[]): Running<Value>;
  /** True for one call from the command line. */
  readonly isDirect: boolean;
  /** What the process ends with when it is one call from the command line; nothing elsewhere. */
  setDirectStatus(exitStatus: number): void;
  /** Writes on the current device (`use`), as `write` does. */
  write(text: string): void;
}

/** A method of a class written in TypeScript. */
export type NativeMethod = (
  call: Arguments,
  process: NativeProcess,
) => Value | undefined | Running<Value | undefined>;

/** A method of an object whose class is written in TypeScript. Written as a member so that a
 *  class with its own kind of state can stand in a list of all classes. */
export type NativeInstanceMethod<State> = {
  method(
    self: State,
    call: Arguments,
    process: NativeProcess,
  ): Value | undefined | Running<Value | undefined>;
}["method"];

/** A class in the moment in which code for one of its methods is generated. */
export interface GeneratorRequest {
  readonly className: string;
  /** Names of the method's formal arguments. */
  readonly formals: readonly string[];
  /** Text of an XData block of the class, and the line of the class file it begins on. */
  readonly xdata: (name: string) => { readonly text: string; readonly line: number } | undefined;
}

/** Writes the code of a method whose class is being compiled (`CodeMode = objectgenerator`) from
 *  the XData block of that name.
 *  @throws GenerationFault when the block is wrong
 *  @throws NotSimulated for what it asks and this engine does not have */
export type NativeGenerator = (request: GeneratorRequest, xdataName: string) => string;

/** A class written in TypeScript. What it does not name is `<METHOD DOES NOT EXIST>` when the
 *  product has no such method either, and "not simulated" when `notSimulated` lists it. */
export interface NativeClass<State = unknown> {
  readonly name: string;
  /** Only reachable from this namespace (`SYS.*`, `Config.*`, `Security.*` live in %SYS). */
  readonly namespace?: string;
  /** Classes written in TypeScript whose members this one has too. */
  readonly extends?: readonly string[];
  /** The state of a new object for `%New(args)`. Without it (own or inherited) there are no objects
   *  of the class, and `%New` is `<METHOD DOES NOT EXIST>`. */
  readonly create?: (call: Arguments, process: NativeProcess) => State | Running<State>;
  readonly classMethods: Readonly<Record<string, NativeMethod>>;
  /** How many arguments a class method takes at most, where its signature is documented; one more
   *  is `<PARAMETER>`, as for a method written in source. */
  readonly mostArguments?: Readonly<Record<string, number>>;
  readonly methods?: Readonly<Record<string, NativeInstanceMethod<State>>>;
  readonly properties?: Readonly<
    Record<string, { get(self: State): Value; set?(self: State, value: Value): void }>
  >;
  /** Properties by any name, for dynamic objects. `get` gives `undefined` for what is not there. */
  readonly anyProperty?: {
    get(self: State, name: string): Value;
    set(self: State, name: string, value: Value): void;
  };
  readonly parameters?: Readonly<Record<string, Value>>;
  /** Methods that write code: `##class(C).M(%compiledclass, %code, "XData")` in a generator. */
  readonly generators?: Readonly<Record<string, NativeGenerator>>;
  /** Class queries by name: column names, and rows for given arguments. */
  readonly queries?: Readonly<Record<string, NativeQuery>>;
  /** Members the product documents and this engine does not have. */
  readonly notSimulated?: readonly string[];
  /** True for a class of the product that this engine does not have and that another one extends:
   *  every member that only it could have is refused by name. */
  readonly isAbsent?: true;
}

/** A class query such as `SYS.Mirror:MemberStatusList`. */
export interface NativeQuery {
  readonly columns: readonly string[];
  rows(args: readonly string[], process: NativeProcess): readonly (readonly string[])[];
}

/** Source of user classes and routines in the namespace of the process. */
export interface CodeStore {
  /** UDL text of a class, or `undefined`. */
  classSource(name: string): string | undefined;
  saveClass(name: string, source: string): void;
  deleteClass(name: string): void;
  classNames(): string[];
  routineSource(name: string): string | undefined;
  saveRoutine(name: string, source: string): void;
  /** Changes whenever any class or routine of the namespace changes: key of compiled code. */
  readonly version: string;
}

/** One process (session, job) as the evaluator sees the instance. */
export interface ProcessHost {
  readonly jobNumber: number;
  readonly username: string;
  readonly roles: string;
  /** Current namespace, upper case. Setting an unknown one throws `<NAMESPACE>`. */
  namespace: string;
  readonly globals: Globals;
  readonly transactions: Transactions;
  readonly locks: Locks;
  readonly principal: Device;
  readonly code: CodeStore;
  /** A class written in TypeScript, by its full name; the namespace was considered. */
  nativeClass(name: string): NativeClass | undefined;
  /** Text of `$zversion`. */
  readonly version: string;
  /** Milliseconds since 1970 (UTC) and the offset of the local time in minutes. */
  now(): { epochMs: number; offsetMinutes: number };
  random(): number;
  /** A pause of that length, for `hang`. */
  hang(ms: number): Promise<void>;
  /** Starts another process with this code line; its number. */
  job(entry: string): number;
  /** Ends a process: this one (`undefined`) with the exit status, or another; 1 when it was
   *  there. */
  terminate(jobNumber: number | undefined, exitStatus: number): Value;
  /** Files for `open`, `use`, `read`, `close`; throws `<NOTOPEN>` for what is not there. */
  openFile(name: string, mode: string): Device & { close(): void };
}
