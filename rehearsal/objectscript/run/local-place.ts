/** Places in memory: local variables, process-private globals, multidimensional properties. */

import { add } from "../arithmetic.ts";
import type { GlobalReference } from "../host.ts";
import type { Value } from "../value.ts";
import type { LocalNode } from "./local-node.ts";
import { checkSubscripts, referenceText, type NextKey, type Place } from "./place.ts";

/** Finds the root of a variable; with `true` it is made when it is not there. */
export interface RootFinder {
  (create: true): LocalNode;
  (create: false): LocalNode | undefined;
}

/** A node of a tree in memory. */
export class LocalPlace implements Place {
  readonly name: string;
  readonly subscripts: readonly string[];
  private readonly root: RootFinder;
  private readonly prefix: string;

  /** @param prefix what an error puts before the name: `*` for locals */
  constructor(
    variable: { readonly name: string; readonly prefix: string; readonly root: RootFinder },
    subscripts: readonly string[],
  ) {
    this.name = variable.name;
    this.prefix = variable.prefix;
    this.root = variable.root;
    this.subscripts = subscripts;
  }

  get data(): 0 | 1 | 10 | 11 {
    checkSubscripts(this);
    return this.root(false)?.find(this.subscripts)?.data ?? 0;
  }

  get(): Value | undefined {
    checkSubscripts(this);
    return this.root(false)?.find(this.subscripts)?.value;
  }

  set(value: Value): void {
    checkSubscripts(this);
    this.root(true).demand(this.subscripts).value = value;
  }

  kill(): void {
    checkSubscripts(this);
    this.root(false)?.kill(this.subscripts);
  }

  killValue(): void {
    checkSubscripts(this);
    this.root(false)?.killValue(this.subscripts);
  }

  order(direction: 1 | -1): NextKey {
    const parent = this.subscripts.slice(0, -1);
    checkSubscripts(this, parent);
    const root = this.root(false);
    const key = root?.order(this.subscripts, direction) ?? "";
    return { key, value: key === "" ? undefined : root?.find([...parent, key])?.value };
  }

  query(direction: 1 | -1): Place | undefined {
    checkSubscripts(this, this.subscripts.slice(0, -1));
    const found = this.root(false)?.query(this.subscripts, direction);
    return found && this.at(found);
  }

  increment(by: Value): Value {
    const value = add(this.get() ?? 0, by);
    this.set(value);
    return value;
  }

  below(subscripts: readonly string[]): Place {
    return this.at([...this.subscripts, ...subscripts]);
  }

  private at(subscripts: readonly string[]): Place {
    return new LocalPlace({ name: this.name, prefix: this.prefix, root: this.root }, subscripts);
  }

  entries(): Iterable<readonly [readonly string[], Value]> {
    return this.root(false)?.find(this.subscripts)?.entries() ?? [];
  }

  describe(): string {
    return this.prefix + referenceText(this.name, this.subscripts);
  }

  barrier(): undefined {
    return undefined;
  }

  lockName(): GlobalReference {
    return { name: this.name, subscripts: this.subscripts };
  }
}
