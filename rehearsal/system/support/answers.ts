/** How a class method written in TypeScript answers: it waits for its work, and what the work
 *  refuses becomes a `%Status`. */

import { NotSimulated } from "../../objectscript/errors.ts";
import type { Arguments, NativeMethod, NativeProcess, Running } from "../../objectscript/host.ts";
import { toText } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import { StatusError } from "../../storage/status-error.ts";
import { MirrorRefusal } from "../../edge/mirror/refusal.ts";
import { okStatus, statusError } from "../library/status.ts";
import { Refusal } from "./refusal.ts";

/** How parts of the engine that know no programs refuse what it does not have. */
const refusedByName = "not simulated: ";

/** Pauses the calling process until the work is done. */
export function* awaiting<T>(work: Promise<T>): Running<T> {
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  const settled = work.then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error }),
  );
  while (outcome === undefined) yield { kind: "wait", until: settled };
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

/** The `%Status` for what a call refused.
 *  @throws NotSimulated for what this engine does not have: a status could be overlooked
 *  @throws the error itself when it is none of ours: a bug, or an error of the language */
export function refusalStatus(error: unknown): string {
  if (error instanceof MirrorRefusal && error.args[0]?.startsWith(refusedByName) === true) {
    throw new NotSimulated(error.args[0].slice(refusedByName.length));
  }
  if (error instanceof StatusError) return statusError(error.number, ...error.parameters);
  if (error instanceof MirrorRefusal || error instanceof Refusal) {
    return statusError(error.number, ...error.args);
  }
  throw error;
}

/** Work of a method: done at once, or something the calling process pauses for. */
export type Work = Promise<void> | Running<void> | undefined;

/** Pauses the calling process until the work is done, if it is not yet. */
export function* settled(work: Work): Running<void> {
  if (work === undefined) return;
  if ("next" in work) yield* work;
  else yield* awaiting(work);
}

/** A method that returns a `%Status`. */
export function statusMethod(
  work: (call: Arguments, process: NativeProcess) => Work,
): NativeMethod {
  return function* (call, process): Running<Value> {
    try {
      yield* settled(work(call, process));
      return okStatus;
    } catch (error) {
      return refusalStatus(error);
    }
  };
}

/** Fills an array passed by reference with properties. */
export function giveProperties(
  call: Arguments,
  index: number,
  properties: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(properties)) call.setNode(index, [name], value);
}

/** Reads an array passed by reference: `p("Enabled")=1`.
 *  @throws Refusal 406 for a name that is not among the known ones */
export function takeProperties(
  call: Arguments,
  index: number,
  known: readonly string[],
): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const name of call.keys(index)) {
    if (!known.includes(name)) throw new Refusal(406, name);
    properties[name] = toText(call.node(index, [name]) ?? "");
  }
  return properties;
}
