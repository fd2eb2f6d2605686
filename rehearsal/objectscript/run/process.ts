/** State of one process: everything the evaluator keeps between two statements. */

import type { CodeCache, NamespaceCode } from "../classes/code-cache.ts";
import { ProcessEnd, type ObjectScriptError } from "../errors.ts";
import type {
  Device,
  GlobalReference,
  NativeProcess,
  Pause,
  ProcessHost,
  Running,
} from "../host.ts";
import { OpenObjects } from "../classes/persistent/state.ts";
import type { ObjectReference, Value } from "../value.ts";
import type { Frame, Variables } from "./frame.ts";
import type { Output } from "./output.ts";

/** Steps after which the process lets others go on. At 1 to 2 million steps per second this is a
 *  slice of about a millisecond. */
const stepsPerSlice = 1_000;

/** Characters that cost as much as a round of a simple loop to copy, or to write. */
const charactersPerStep = 256;

/** Frames after which recursion ends with `<FRAMESTACK>`.
 *  Assumed: the product's limit depends on the memory of the process; this one keeps a runaway
 *  recursion under about 50 MB. */
export const deepestStack = 5_000;

const slice: Pause = { kind: "slice" };

/** A device the process has opened, with its way to close it. */
interface OpenDevice {
  readonly device: Device;
  close(): void;
}

/** Holds the program where it stopped; returning lets it go on behind the failed command. */
type StopHandler = (
  error: ObjectScriptError | undefined,
  frame: Frame,
  at: number,
) => Running<void>;

/** One process as the evaluator knows it. */
export class Process {
  readonly host: ProcessHost;
  readonly code: CodeCache;
  readonly output: Output;
  /** This process as classes written in TypeScript see it. */
  readonly native: NativeProcess;
  /** Variables outside of procedures, and all `%` variables. */
  readonly publics: Variables = new Map();
  /** `^||name`, gone with the process. */
  readonly privateGlobals: Variables = new Map();
  /** Stored objects this process has in memory. */
  readonly openObjects = new OpenObjects();
  readonly openDevices = new Map<string, OpenDevice>();
  /** Code of the namespace as the cache last gave it out. */
  knownCode: NamespaceCode | undefined;
  /** The innermost frame. */
  frame: Frame | undefined;
  frameCount = 0;
  /** `$test`. */
  test = false;
  /** Depth of the stack where `new $estack` began to count. */
  stackBase = 0;
  /** Number of the last job started, for `$zchild`. */
  lastChild = 0;
  /** True after a read that met the end of a file. */
  atEndOfFile = false;
  zerror = "";
  ecode = "";
  /** `$throwobj`-like memory of the exception under way. */
  thrown: Value | undefined;
  /** Last global used, for `^(…)`. */
  naked: GlobalReference | undefined;
  /** `try` blocks and error traps under way below the current prompt. */
  handlers = 0;
  /** What the session ends with at least: 1 after something was not simulated. */
  leastStatus = 0;
  /** What one call from the command line ends with; `undefined` in a session. */
  directStatus: number | undefined;
  /** True while a prompt reads lines; then an error stops there and keeps its frames. */
  isInteractive = false;
  /** What to do with an error no handler takes, set by the session; without error the stack was
   *  only unwound to here. */
  onUntrapped: StopHandler | undefined;
  private nextObject = 1;
  private steps = 0;

  constructor(
    host: ProcessHost,
    code: CodeCache,
    parts: { output: Output; native: (process: Process) => NativeProcess },
  ) {
    this.host = host;
    this.code = code;
    this.output = parts.output;
    this.native = parts.native(this);
  }

  /** The number of the next object. */
  takeObjectNumber(): number {
    return this.nextObject++;
  }

  /** Counts a round of a loop, or a call, which is worth several; true when it is time to pause. */
  step(weight = 1): boolean {
    this.steps += weight;
    if (this.steps < stepsPerSlice) return false;
    this.steps = 0;
    this.knownCode = undefined;
    return true;
  }

  /** The source may have changed: looks again at the next call. Whoever waits, reads a line, or
   *  calls a class written in TypeScript says so; others see a change after at most one slice. */
  forgetCode(): void {
    this.knownCode = undefined;
  }

  /** Counts something that costs as much as several rounds of a loop. */
  charge(weight: number): void {
    this.steps += weight;
  }

  /** Counts work on a text: a loop over long ones must not be a long slice. */
  chargeText(length: number): void {
    this.charge(Math.floor(length / charactersPerStep));
  }

  /** The pause that lets others go on. */
  get slicePause(): Pause {
    return slice;
  }

  /** Ends the process at once.
   *  @throws ProcessEnd always */
  end(exitStatus: number): never {
    throw new ProcessEnd(exitStatus);
  }

  /** `$this` of the running method. */
  get self(): ObjectReference | undefined {
    return this.frame?.self;
  }
}
