/** Public entry of the evaluator: processes that sessions, jobs and web requests run in. */

import { callClassMethod } from "./classes/dispatch.ts";
import { CodeCache } from "./classes/code-cache.ts";
import { NativeView } from "./classes/native-process.ts";
import { fail } from "./errors.ts";
import type { ProcessHost, Running } from "./host.ts";
import { byValue } from "./run/actual.ts";
import { currentFrame } from "./run/base-frame.ts";
import { invoke } from "./run/invoke.ts";
import { Output } from "./run/output.ts";
import { Process } from "./run/process.ts";
import { trampoline } from "./run/trampoline.ts";
import { runDirect } from "./session/direct.ts";
import { exitStatusOf, runShell } from "./session/shell.ts";
import type { Value } from "./value.ts";

/** What the banner of a session says. */
interface SessionOptions {
  /** Host name of the container. */
  readonly node: string;
  /** Name of the instance, upper case. */
  readonly instance: string;
}

/** One process of the instance. Only one of its coroutines may run at a time. */
export interface ObjectScriptProcess {
  /** A session on the principal device: banner, prompts, lines until they end.
   *  @returns the exit status */
  session(options: SessionOptions): Running<number>;
  /** One call, as on the command line of `iris session` and for `job`; no banner, no prompt.
   *  @returns the exit status */
  direct(entry: string): Running<number>;
  /** Calls an entry point of a routine without arguments, and gives back what the process held.
   *  @returns what it left with `quit`; `undefined` when routine or label is not there
   *  @throws ObjectScriptError, NotSimulated, ProcessEnd as the code raises them */
  callEntry(label: string, routine: string): Running<{ value: Value | undefined } | undefined>;
  /** Calls a class method from outside.
   *  @throws ObjectScriptError, NotSimulated, ProcessEnd as the code raises them */
  callClassMethod(className: string, method: string, args: readonly Value[]): Running<Value>;
}

/** Compiled code, one for all processes of an instance. */
export function createCodeCache(): CodeCache {
  return new CodeCache();
}

/** A new process in the namespace of its host. */
export function createProcess(host: ProcessHost, code: CodeCache): ObjectScriptProcess {
  const process = new Process(host, code, {
    output: new Output(host.principal),
    native: (self) => new NativeView(self),
  });
  currentFrame(process);
  return {
    session: (options) => ending(process, session(process, options)),
    direct: (entry) => ending(process, runDirect(process, entry)),
    *callEntry(label, routine) {
      const callable = code.findRoutine(process, routine)?.callable(label);
      if (callable === undefined) return undefined;
      try {
        return { value: yield* trampoline(invoke(process, callable, [], { kind: "e" })) };
      } finally {
        yield* release(process);
      }
    },
    *callClassMethod(className, name, args) {
      const target = { className, name, packages: ["User"] };
      const call = callClassMethod(process, target, args.map(byValue), "e");
      return (yield* trampoline(call)) ?? fail("<COMMAND>");
    },
  };
}

/** The banner is there even when the lines come from a pipe. Source: captured session output. */
function* session(process: Process, { node, instance }: SessionOptions): Running<number> {
  process.output.write(`\nNode: ${node}, Instance: ${instance}\n`);
  return yield* runShell(process);
}

/** Runs to the end of the process, on whatever way, and gives back what it held. */
function* ending(process: Process, running: Running<number>): Running<number> {
  try {
    return Math.max(yield* trampoline(running), process.leastStatus);
  } catch (error) {
    return Math.max(exitStatusOf(error), process.leastStatus);
  } finally {
    yield* release(process);
  }
}

/** Leaving a session rolls back what it had not committed. Source: GTER. */
function* release(process: Process): Running<void> {
  const { transactions, locks } = process.host;
  if (transactions.level > 0) yield* transactions.rollback();
  locks.releaseAll();
  for (const opened of process.openDevices.values()) opened.close();
  process.openDevices.clear();
}
