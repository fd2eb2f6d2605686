/** Globals in memory, one tree per namespace and name, with transactions that can be undone. */

import { add } from "../arithmetic.ts";
import { fail } from "../errors.ts";
import type { GlobalReference, Globals, Neighbour, Running, Transactions } from "../host.ts";
import { toText } from "../numbers.ts";
import { LocalNode } from "../run/local-node.ts";

/** Globals of a test. */
export class MemoryGlobals implements Globals {
  readonly transactions: Transactions;
  /** Names of globals that refuse changes, with the text the error shows. */
  readonly readOnly = new Map<string, string>();
  /** What changes have to wait for now. */
  private barrier: Promise<unknown> | undefined;
  private readonly roots = new Map<string, LocalNode>();
  private readonly undo: (() => void)[][] = [];
  private readonly currentNamespace: () => string;

  constructor(currentNamespace: () => string) {
    this.currentNamespace = currentNamespace;
    this.transactions = this.makeTransactions();
  }

  writeBarrier(): Promise<unknown> | undefined {
    return this.barrier;
  }

  /** Closes the store for writers; what is returned opens it again. */
  close(): () => void {
    let open = (): void => undefined;
    this.barrier = new Promise<void>((resolve) => {
      open = () => {
        this.barrier = undefined;
        resolve();
      };
    });
    return () => open();
  }

  private root({ name, environment }: GlobalReference): LocalNode {
    const namespace = (environment ?? this.currentNamespace()).toUpperCase();
    const known = ["USER", "%SYS"].includes(namespace) || namespace.startsWith("^^");
    if (!known) fail("<NAMESPACE>");
    const key = `${name.startsWith("%") ? "%SYS" : namespace} ${name}`;
    let root = this.roots.get(key);
    if (root === undefined) {
      root = new LocalNode();
      this.roots.set(key, root);
    }
    return root;
  }

  private change(reference: GlobalReference): LocalNode {
    const refusal = this.readOnly.get(reference.name);
    if (refusal !== undefined) fail("<PROTECT>", refusal);
    const root = this.root(reference);
    const before = [...(root.find(reference.subscripts)?.entries() ?? [])];
    this.undo.at(-1)?.push(() => {
      root.kill(reference.subscripts);
      for (const [path, value] of before)
        root.demand([...reference.subscripts, ...path]).value = value;
    });
    return root;
  }

  get(reference: GlobalReference): string | undefined {
    const value = this.root(reference).find(reference.subscripts)?.value;
    return value === undefined ? undefined : toText(value);
  }

  set(reference: GlobalReference, value: string): void {
    this.change(reference).demand(reference.subscripts).value = value;
  }

  kill(reference: GlobalReference): void {
    this.change(reference).kill(reference.subscripts);
  }

  data(reference: GlobalReference): 0 | 1 | 10 | 11 {
    return this.root(reference).find(reference.subscripts)?.data ?? 0;
  }

  order(reference: GlobalReference, direction: 1 | -1): Neighbour | undefined {
    const root = this.root(reference);
    const key = root.order(reference.subscripts, direction);
    if (key === "") return undefined;
    return this.neighbour(root, [...reference.subscripts.slice(0, -1), key]);
  }

  query(reference: GlobalReference, direction: 1 | -1): Neighbour | undefined {
    const root = this.root(reference);
    const found = root.query(reference.subscripts, direction);
    return found && this.neighbour(root, found);
  }

  private neighbour(root: LocalNode, subscripts: readonly string[]): Neighbour {
    const value = root.find(subscripts)?.value;
    return { subscripts, value: value === undefined ? undefined : toText(value) };
  }

  increment(reference: GlobalReference, by: string): string {
    const value = toText(add(this.get(reference) ?? 0, by));
    this.set(reference, value);
    return value;
  }

  private makeTransactions(): Transactions {
    const { undo } = this;
    return {
      get level() {
        return undo.length;
      },
      start() {
        undo.push([]);
      },
      // eslint-disable-next-line require-yield -- nothing to wait for in memory
      *commit(): Running<void> {
        const done = undo.pop() ?? [];
        undo.at(-1)?.push(...done);
      },
      // eslint-disable-next-line require-yield -- nothing to wait for in memory
      *rollback(levels): Running<void> {
        for (let left = levels ?? undo.length; left > 0; left--) {
          for (const restore of (undo.pop() ?? []).reverse()) restore();
        }
      },
    };
  }
}
