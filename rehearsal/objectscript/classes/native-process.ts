/** The process as classes written in TypeScript see it. */

import { fail } from "../errors.ts";
import type { CodeStore, Device, Globals, Locks, NativeClass } from "../host.ts";
import type { NativeProcess, ProcessHost, Running, Transactions } from "../host.ts";
import { byValue } from "../run/actual.ts";
import { invoke } from "../run/invoke.ts";
import type { Process } from "../run/process.ts";
import { isObject, type ObjectReference, type Value } from "../value.ts";
import { callClassMethod, callMethod } from "./dispatch.ts";
import { ObjectInstance } from "./instance.ts";
import { attachState, bareObject } from "./objects.ts";

/** A new object of a class written in TypeScript. */
export function createObject(process: Process, className: string, state: unknown): ObjectReference {
  const runtimeClass = process.code.findClass(process, className);
  const native = runtimeClass?.natives[0];
  if (runtimeClass === undefined || native === undefined) {
    return fail("<CLASS DOES NOT EXIST>", `*${className}`);
  }
  const instance = bareObject(process, runtimeClass);
  attachState(process, instance, native, state);
  return instance;
}

/** What a class written in TypeScript keeps in an object. */
export function stateOf(value: Value, className: string): unknown {
  return isObject(value) && value instanceof ObjectInstance
    ? value.states.get(className)
    : undefined;
}

/** Hands every question of the host on, and adds the evaluator's own. */
export class NativeView implements NativeProcess {
  private readonly process: Process;
  private readonly host: ProcessHost;

  constructor(process: Process) {
    this.process = process;
    this.host = process.host;
  }

  createObject(className: string, state: unknown): ObjectReference {
    return createObject(this.process, className, state);
  }

  stateOf(value: Value, className: string): unknown {
    return stateOf(value, className);
  }

  *callClassMethod(className: string, name: string, args: readonly Value[]): Running<Value> {
    const target = { className, name, packages: ["User"] };
    return (yield* callClassMethod(this.process, target, args.map(byValue), "e")) ?? "";
  }

  *callFunction(label: string, routine: string, args: readonly Value[]): Running<Value> {
    const { process } = this;
    const home = process.code.findRoutine(process, routine);
    if (home === undefined) return fail("<NOROUTINE>", `*${routine}`);
    const callable = home.callable(label) ?? fail("<NOLINE>", `*${label}^${routine}`);
    return (yield* invoke(process, callable, args.map(byValue), { kind: "e" })) ?? "";
  }

  *callMethod(object: Value, name: string, args: readonly Value[]): Running<Value> {
    return (yield* callMethod(this.process, { object, name }, args.map(byValue), "e")) ?? "";
  }

  get isDirect(): boolean {
    return this.process.directStatus !== undefined;
  }

  setDirectStatus(exitStatus: number): void {
    if (this.process.directStatus !== undefined) this.process.directStatus = exitStatus;
  }

  write(text: string): void {
    this.process.output.write(text);
  }

  get jobNumber(): number {
    return this.host.jobNumber;
  }

  get username(): string {
    return this.host.username;
  }

  get roles(): string {
    return this.host.roles;
  }

  get namespace(): string {
    return this.host.namespace;
  }

  set namespace(namespace: string) {
    this.host.namespace = namespace;
  }

  get globals(): Globals {
    return this.host.globals;
  }

  get transactions(): Transactions {
    return this.host.transactions;
  }

  get locks(): Locks {
    return this.host.locks;
  }

  get principal(): Device {
    return this.host.principal;
  }

  get code(): CodeStore {
    return this.host.code;
  }

  get version(): string {
    return this.host.version;
  }

  nativeClass(name: string): NativeClass | undefined {
    return this.host.nativeClass(name);
  }

  now(): { epochMs: number; offsetMinutes: number } {
    return this.host.now();
  }

  random(): number {
    return this.host.random();
  }

  hang(ms: number): Promise<void> {
    return this.host.hang(ms);
  }

  job(entry: string): number {
    return this.host.job(entry);
  }

  terminate(jobNumber: number | undefined, exitStatus: number): Value {
    return this.host.terminate(jobNumber, exitStatus);
  }

  openFile(name: string, mode: string): Device & { close(): void } {
    return this.host.openFile(name, mode);
  }
}
