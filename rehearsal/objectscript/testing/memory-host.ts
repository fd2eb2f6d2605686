/** A small instance in memory, for tests: namespaces, globals, locks, transactions, files. */

import type { Device, NativeClass, ProcessHost, Running, Transactions } from "../host.ts";
import { ObjectScriptError } from "../errors.ts";
import type { Value } from "../value.ts";
import { MemoryCode } from "./memory-code.ts";
import { MemoryGlobals } from "./memory-globals.ts";
import { MemoryLocks } from "./memory-locks.ts";

/** The principal device: lines to read, text written. */
class MemoryDevice implements Device {
  readonly name: string;
  column = 0;
  output = "";
  private readonly lines: string[];

  constructor(name: string, lines: readonly string[] = []) {
    this.name = name;
    this.lines = [...lines];
  }

  write(text: string): void {
    this.output += text;
  }

  // eslint-disable-next-line require-yield -- input is there or has ended
  *readLine(): Running<string | undefined> {
    return this.lines.shift();
  }
}

/** Settings of a host for one test. */
export interface MemoryHostOptions {
  readonly lines?: readonly string[];
  readonly namespace?: string;
  readonly classes?: readonly NativeClass[];
  readonly sources?: Readonly<Record<string, string>>;
  readonly routines?: Readonly<Record<string, string>>;
}

/** A moment for tests: 2 December 2020, 17:22:14 in local time one hour east of Greenwich. */
const testMoment = { epochMs: Date.UTC(2020, 11, 2, 16, 22, 14), offsetMinutes: 60 };

/** A process host that keeps everything in memory. */
export class MemoryHost implements ProcessHost {
  readonly jobNumber = 4711;
  readonly username = "irisowner";
  readonly roles = "%All";
  readonly version =
    "IRIS for UNIX (Ubuntu Server LTS for x86-64 Containers) 2022.1 (Build 209U) Tue May 31 2022 12:16:40 EDT";
  readonly globals: MemoryGlobals;
  readonly locks = new MemoryLocks();
  readonly principal: MemoryDevice;
  readonly code: MemoryCode;
  readonly transactions: Transactions;
  readonly jobs: string[] = [];
  readonly terminated: (number | undefined)[] = [];
  /** Contents of files by path. */
  readonly files = new Map<string, string>();
  private readonly natives: ReadonlyMap<string, NativeClass>;
  private current: string;
  private seed = 1;

  constructor(options: MemoryHostOptions = {}) {
    this.current = options.namespace ?? "USER";
    this.principal = new MemoryDevice("|TRM|:|4711", options.lines ?? []);
    this.code = new MemoryCode(options.sources ?? {}, options.routines ?? {});
    this.natives = new Map((options.classes ?? []).map((one) => [one.name, one]));
    this.globals = new MemoryGlobals(() => this.current);
    this.transactions = this.globals.transactions;
  }

  get namespace(): string {
    return this.current;
  }

  set namespace(name: string) {
    if (!["USER", "%SYS"].includes(name)) throw new ObjectScriptError("<NAMESPACE>");
    this.current = name;
  }

  nativeClass(name: string): NativeClass | undefined {
    const found = this.natives.get(name);
    return found?.namespace === undefined || found.namespace === this.current ? found : undefined;
  }

  now(): { epochMs: number; offsetMinutes: number } {
    return testMoment;
  }

  random(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }

  hang(): Promise<void> {
    return Promise.resolve();
  }

  job(entry: string): number {
    this.jobs.push(entry);
    return 5000 + this.jobs.length;
  }

  terminate(jobNumber: number | undefined, exitStatus: number): Value {
    this.terminated.push(jobNumber);
    return jobNumber === 5000 ? exitStatus : -3;
  }

  openFile(name: string, mode: string): Device & { close(): void } {
    const content = this.files.get(name);
    const creates = /[NW]/i.test(mode);
    if (content === undefined && !creates) throw new ObjectScriptError("<NOTOPEN>");
    const lines =
      content === undefined || content === "" ? [] : content.replace(/\n$/, "").split("\n");
    const device = new MemoryDevice(name, creates ? [] : lines);
    const before = creates ? "" : (content ?? "");
    return Object.assign(device, {
      close: () => {
        this.files.set(name, before + device.output);
      },
    });
  }
}
