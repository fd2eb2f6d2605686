/** Globals as plain data: what the store must agree with. */

import { compareReferences } from "../../objectscript/collation.ts";

type Node = readonly [readonly string[], string];

/** One global, with nested transactions as snapshots. */
export class ModelGlobal {
  private nodes = new Map<string, Node>();
  private readonly snapshots: Map<string, Node>[] = [];

  set(subscripts: readonly string[], value: string): void {
    this.nodes.set(JSON.stringify(subscripts), [subscripts, value]);
  }

  kill(subscripts: readonly string[]): void {
    for (const [key, [node]] of this.nodes) if (isWithin(node, subscripts)) this.nodes.delete(key);
  }

  get(subscripts: readonly string[]): string | undefined {
    return this.nodes.get(JSON.stringify(subscripts))?.[1];
  }

  data(subscripts: readonly string[]): number {
    const below = this.all().some(
      ([node]) => node.length > subscripts.length && isWithin(node, subscripts),
    );
    return (this.get(subscripts) === undefined ? 0 : 1) + (below ? 10 : 0);
  }

  all(): Node[] {
    return [...this.nodes.values()].sort(([left], [right]) => compareReferences(left, right));
  }

  order(subscripts: readonly string[], direction: 1 | -1): string | undefined {
    const parents = subscripts.slice(0, -1);
    const from = subscripts.at(-1) ?? "";
    const level = parents.length;
    const names = new Set(
      this.all()
        .filter(([node]) => node.length > level && isWithin(node, parents))
        .map(([node]) => node[level] ?? ""),
    );
    const sorted = [...names].sort((left, right) => compareReferences([left], [right]) * direction);
    if (from === "") return sorted[0];
    return sorted.find((name) => compareReferences([name], [from]) * direction > 0);
  }

  query(subscripts: readonly string[], direction: 1 | -1): readonly string[] | undefined {
    const sorted = direction === 1 ? this.all() : this.all().reverse();
    return sorted.find(([node]) => compareReferences(node, subscripts) * direction > 0)?.[0];
  }

  get level(): number {
    return this.snapshots.length;
  }

  begin(): void {
    this.snapshots.push(new Map(this.nodes));
  }

  commit(): void {
    this.snapshots.pop();
  }

  rollback(levels: number | undefined): void {
    const target = levels === undefined ? 0 : Math.max(0, this.level - levels);
    const snapshot = this.snapshots[target];
    if (snapshot === undefined) return;
    this.nodes = snapshot;
    this.snapshots.length = target;
  }
}

function isWithin(node: readonly string[], ancestor: readonly string[]): boolean {
  return ancestor.every((subscript, level) => node[level] === subscript);
}
