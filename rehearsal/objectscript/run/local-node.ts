/** A local variable with its array: a tree whose subscripts are kept in collation order. */

import { compareSubscripts } from "../collation.ts";
import type { Value } from "../value.ts";

/** The nodes directly below a node, findable by subscript and walkable in order. */
class Children {
  readonly byKey = new Map<string, LocalNode>();
  readonly keys: string[] = [];

  /** Index of the first key that does not come before `key`. */
  private position(key: string): number {
    let low = 0;
    let high = this.keys.length;
    const last = this.keys[high - 1];
    if (last === undefined || compareSubscripts(last, key) < 0) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareSubscripts(this.keys[middle] ?? "", key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  demand(key: string): LocalNode {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const node = new LocalNode();
    this.attach(key, node);
    return node;
  }

  attach(key: string, node: LocalNode): void {
    this.byKey.set(key, node);
    this.keys.splice(this.position(key), 0, key);
  }

  remove(key: string): void {
    if (this.byKey.delete(key)) this.keys.splice(this.position(key), 1);
  }

  /** The key after (1) or before (-1) `key`; `""` stands outside both ends. */
  neighbour(key: string, direction: 1 | -1): string {
    if (key === "") return (direction === 1 ? this.keys[0] : this.keys.at(-1)) ?? "";
    const at = this.position(key);
    if (direction === -1) return this.keys[at - 1] ?? "";
    return (this.keys[at] === key ? this.keys[at + 1] : this.keys[at]) ?? "";
  }
}

/** One node of a local variable: it may hold a value, nodes below it, both, or neither (then it
 *  does not exist for the language, but a by-reference argument can still be bound to it). */
export class LocalNode {
  value: Value | undefined;
  private children: Children | undefined;

  /** The node at the subscripts, or `undefined`. */
  find(subscripts: readonly string[]): LocalNode | undefined {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the walk starts here
    let node: LocalNode | undefined = this;
    for (const key of subscripts) {
      node = node.children?.byKey.get(key);
      if (node === undefined) return undefined;
    }
    return node;
  }

  /** The node at the subscripts, made if need be. The caller gives it a value at once. */
  demand(subscripts: readonly string[]): LocalNode {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the walk starts here
    let node: LocalNode = this;
    for (const key of subscripts) {
      node.children ??= new Children();
      node = node.children.demand(key);
    }
    return node;
  }

  /** Makes a node of another variable appear below this one, for `args...`. */
  attach(key: string, node: LocalNode): void {
    this.children ??= new Children();
    this.children.attach(key, node);
  }

  /** Removes the node at the subscripts with everything below, and parents left empty by it. */
  kill(subscripts: readonly string[]): void {
    const [key, ...rest] = subscripts;
    if (key === undefined) {
      this.value = undefined;
      this.children = undefined;
      return;
    }
    const child = this.children?.byKey.get(key);
    if (child === undefined) return;
    child.kill(rest);
    if (!child.exists) this.removeChild(key);
  }

  /** Removes only the value at the subscripts (`zkill`). */
  killValue(subscripts: readonly string[]): void {
    const node = this.find(subscripts);
    if (node === undefined) return;
    node.value = undefined;
    if (!node.exists) this.kill(subscripts);
  }

  private removeChild(key: string): void {
    this.children?.remove(key);
    if (this.children?.keys.length === 0) this.children = undefined;
  }

  get exists(): boolean {
    return this.value !== undefined || this.children !== undefined;
  }

  /** As `$data`: 0 nothing, 1 value, 10 descendants, 11 both. */
  get data(): 0 | 1 | 10 | 11 {
    if (this.children === undefined) return this.value === undefined ? 0 : 1;
    return this.value === undefined ? 10 : 11;
  }

  /** Subscripts of the first level in order. */
  get keys(): readonly string[] {
    return this.children?.keys ?? [];
  }

  /** The next subscript at the level of the last one given; `""` at the end. */
  order(subscripts: readonly string[], direction: 1 | -1): string {
    const parent = this.find(subscripts.slice(0, -1));
    return parent?.children?.neighbour(subscripts.at(-1) ?? "", direction) ?? "";
  }

  /** The next (previous) node in tree order that holds a value. */
  query(subscripts: readonly string[], direction: 1 | -1): readonly string[] | undefined {
    return direction === 1 ? this.queryForward(subscripts) : this.queryBackward(subscripts);
  }

  private queryForward(subscripts: readonly string[]): readonly string[] | undefined {
    const deeper = this.find(subscripts)?.firstBelow(subscripts);
    if (deeper !== undefined) return deeper;
    for (let level = subscripts.length - 1; level >= 0; level--) {
      const path = subscripts.slice(0, level);
      for (let key = subscripts[level] ?? ""; ;) {
        key = this.order([...path, key], 1);
        if (key === "") break;
        const found = this.find([...path, key])?.firstWith([...path, key]);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  private queryBackward(subscripts: readonly string[]): readonly string[] | undefined {
    for (let level = subscripts.length - 1; level >= 0; level--) {
      const path = subscripts.slice(0, level);
      const key = this.order([...path, subscripts[level] ?? ""], -1);
      if (key !== "") return this.find([...path, key])?.lastWith([...path, key]);
      if (this.find(path)?.value !== undefined) return path;
    }
    return undefined;
  }

  private firstWith(path: readonly string[]): readonly string[] | undefined {
    return this.value !== undefined ? path : this.firstBelow(path);
  }

  private firstBelow(path: readonly string[]): readonly string[] | undefined {
    for (const key of this.keys) {
      const found = this.find([key])?.firstWith([...path, key]);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private lastWith(path: readonly string[]): readonly string[] | undefined {
    const key = this.keys.at(-1);
    if (key === undefined) return this.value === undefined ? undefined : path;
    return this.find([key])?.lastWith([...path, key]);
  }

  /** Every node with a value, in order, with its subscripts relative to this one. */
  *entries(path: readonly string[] = []): Generator<readonly [readonly string[], Value]> {
    if (this.value !== undefined) yield [path, this.value];
    for (const key of this.keys) {
      const child = this.children?.byKey.get(key);
      if (child !== undefined) yield* child.entries([...path, key]);
    }
  }
}
