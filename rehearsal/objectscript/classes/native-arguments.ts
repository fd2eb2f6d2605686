/** Arguments of a call into a class written in TypeScript. */

import type { Arguments } from "../host.ts";
import { toText } from "../numbers.ts";
import { valueOf, type Actual } from "../run/actual.ts";
import type { ObjectReference, Value } from "../value.ts";

/** Reads and sets the arguments of one call. */
export class NativeArguments implements Arguments {
  readonly object: ObjectReference | undefined;
  private readonly actuals: readonly Actual[];

  constructor(actuals: readonly Actual[], object?: ObjectReference) {
    this.actuals = actuals;
    this.object = object;
  }

  get length(): number {
    return this.actuals.length;
  }

  value(index: number): Value {
    return valueOf(this.actuals[index]) ?? "";
  }

  text(index: number): string {
    return toText(this.value(index));
  }

  given(index: number): boolean {
    return valueOf(this.actuals[index]) !== undefined;
  }

  set(index: number, value: Value): void {
    const actual = this.actuals[index];
    if (actual?.kind === "reference") actual.node.value = value;
  }

  node(index: number, subscripts: readonly string[]): Value | undefined {
    const actual = this.actuals[index];
    return actual?.kind === "reference" ? actual.node.find(subscripts)?.value : undefined;
  }

  setNode(index: number, subscripts: readonly string[], value: Value): void {
    const actual = this.actuals[index];
    if (actual?.kind === "reference") actual.node.demand(subscripts).value = value;
  }

  keys(index: number): string[] {
    const actual = this.actuals[index];
    return actual?.kind === "reference" ? [...actual.node.keys] : [];
  }
}
