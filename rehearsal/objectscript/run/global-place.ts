/** Places in the stored globals. */

import type { GlobalReference, Globals } from "../host.ts";
import { fail } from "../errors.ts";
import { toText } from "../numbers.ts";
import { isObject, type Value } from "../value.ts";
import { checkSubscripts, referenceText, type NextKey, type Place } from "./place.ts";
import type { Process } from "./process.ts";

/** A node of a global. */
export class GlobalPlace implements Place {
  private readonly process: Process;
  private readonly reference: GlobalReference;

  constructor(process: Process, reference: GlobalReference) {
    this.process = process;
    this.reference = reference;
    process.naked = reference;
  }

  private get globals(): Globals {
    return this.process.host.globals;
  }

  get name(): string {
    const { environment, name } = this.reference;
    return environment === undefined ? `^${name}` : `^|"${environment}"|${name}`;
  }

  get subscripts(): readonly string[] {
    return this.reference.subscripts;
  }

  get data(): 0 | 1 | 10 | 11 {
    checkSubscripts(this);
    return this.globals.data(this.reference);
  }

  get(): Value | undefined {
    checkSubscripts(this);
    return this.globals.get(this.reference);
  }

  /** Source: GOBJ, an object reference cannot be stored in a global.
   *  Assumed: the error is `<INVALID OREF>`, its name was not read. */
  set(value: Value): void {
    checkSubscripts(this);
    if (isObject(value)) fail("<INVALID OREF>");
    this.globals.set(this.reference, toText(value));
  }

  kill(): void {
    checkSubscripts(this);
    this.globals.kill(this.reference);
  }

  /** The store has no such operation: what is below is set again, inside the same step. */
  killValue(): void {
    checkSubscripts(this);
    if (this.data % 10 === 0) return;
    const kept = [...this.entries()].filter(([subscripts]) => subscripts.length > 0);
    this.globals.kill(this.reference);
    for (const [subscripts, value] of kept) this.below(subscripts).set(value);
  }

  order(direction: 1 | -1): NextKey {
    checkSubscripts(this, this.subscripts.slice(0, -1));
    const found = this.globals.order(this.reference, direction);
    return { key: found?.subscripts.at(-1) ?? "", value: found?.value };
  }

  query(direction: 1 | -1): Place | undefined {
    checkSubscripts(this, this.subscripts.slice(0, -1));
    const found = this.globals.query(this.reference, direction);
    return found && this.at(found.subscripts);
  }

  increment(by: Value): Value {
    checkSubscripts(this);
    return this.globals.increment(this.reference, toText(by));
  }

  below(subscripts: readonly string[]): Place {
    return this.at([...this.subscripts, ...subscripts]);
  }

  private at(subscripts: readonly string[]): Place {
    return new GlobalPlace(this.process, { ...this.reference, subscripts });
  }

  *entries(): Generator<readonly [readonly string[], Value]> {
    const depth = this.subscripts.length;
    const own = this.get();
    if (own !== undefined) yield [[], own];
    let found = this.globals.query(this.reference, 1);
    while (found !== undefined && this.holds(found.subscripts)) {
      if (found.value !== undefined) yield [found.subscripts.slice(depth), found.value];
      found = this.globals.query({ ...this.reference, subscripts: found.subscripts }, 1);
    }
  }

  private holds(subscripts: readonly string[]): boolean {
    return this.subscripts.every((subscript, level) => subscripts[level] === subscript);
  }

  describe(): string {
    return referenceText(this.name, this.subscripts);
  }

  barrier(): Promise<unknown> | undefined {
    return this.globals.writeBarrier(this.reference);
  }

  lockName(): GlobalReference {
    return this.reference;
  }
}
