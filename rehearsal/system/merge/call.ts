/** Calls the system's classes as a script would, with arrays of properties by reference. */

import type { Arguments, NativeProcess, Running } from "../../objectscript/host.ts";
import { finish } from "../../objectscript/classes/running.ts";
import type { Value } from "../../objectscript/value.ts";
import { Refusal } from "../support/refusal.ts";

/** A value, or an array passed by reference. */
export type Given = string | Readonly<Record<string, string>>;

/** Arguments that are ready. What a method gives back through them is dropped. */
class PreparedArguments implements Arguments {
  private readonly values: readonly Given[];

  constructor(values: readonly Given[]) {
    this.values = values;
  }

  get length(): number {
    return this.values.length;
  }

  text(index: number): string {
    const value = this.values[index];
    return typeof value === "string" ? value : "";
  }

  value(index: number): Value {
    return this.text(index);
  }

  /** An empty text is what a script leaves out. */
  given(index: number): boolean {
    return this.text(index) !== "";
  }

  set(): void {
    // Nobody reads it.
  }

  setNode(): void {
    // Nobody reads it.
  }

  node(index: number, [name = ""]: readonly string[]): Value | undefined {
    const value = this.values[index];
    return typeof value === "object" ? value[name] : undefined;
  }

  keys(index: number): string[] {
    const value = this.values[index];
    return typeof value === "object" ? Object.keys(value) : [];
  }
}

/** Calls a method of a class of the system in %SYS.
 *  @throws NotSimulated, Refusal where the engine has no such method */
export function* callSystem(
  process: NativeProcess,
  [className, method]: readonly [className: string, method: string],
  ...values: readonly Given[]
): Running<Value> {
  const found = process.nativeClass(className)?.classMethods[method];
  if (found === undefined) throw new Refusal(5001, `${className} has no ${method}`);
  return (yield* finish(found(new PreparedArguments(values), process))) ?? "";
}
