/** Which process holds which locks, found by node in as many steps as the node has levels. */

/** What is locked: a node of a global in one database. */
export interface LockName {
  /** Database and global. */
  readonly root: string;
  readonly subscripts: readonly string[];
}

/** A process's locks on one node. */
export interface Hold {
  readonly owner: number;
  readonly name: LockName;
  /** Incremental locks. */
  count: number;
  /** How many of them were released inside a transaction and wait for its end. */
  released: number;
}

/** The node, then its ancestors. */
function paths(name: LockName): string[] {
  const levels = name.subscripts.length;
  return Array.from({ length: levels + 1 }, (_, up) =>
    JSON.stringify([name.root, ...name.subscripts.slice(0, levels - up)]),
  );
}

/** True when a lock on one shuts out a lock on the other. */
export function isRelated(left: LockName, right: LockName): boolean {
  if (left.root !== right.root) return false;
  const levels = Math.min(left.subscripts.length, right.subscripts.length);
  for (let level = 0; level < levels; level++) {
    if (left.subscripts[level] !== right.subscripts[level]) return false;
  }
  return true;
}

/** The holds of all processes. */
export class LockHolds {
  /** By node, then by owner. */
  private readonly byNode = new Map<string, Map<number, Hold>>();
  /** How many nodes below this one each owner holds. */
  private readonly below = new Map<string, Map<number, number>>();
  private readonly byOwner = new Map<number, Set<Hold>>();

  find(owner: number, name: LockName): Hold | undefined {
    return this.byNode.get(paths(name)[0] ?? "")?.get(owner);
  }

  /** True when another process holds the node, an ancestor or a descendant. */
  isShutOut(owner: number, name: LockName): boolean {
    const all = paths(name);
    const isOther = (owners: Map<number, unknown> | undefined): boolean =>
      owners !== undefined && (owners.size > 1 || (owners.size === 1 && !owners.has(owner)));
    return (
      isOther(this.below.get(all[0] ?? "")) || all.some((path) => isOther(this.byNode.get(path)))
    );
  }

  add(owner: number, name: LockName): void {
    const held = this.find(owner, name);
    if (held !== undefined) {
      held.count += 1;
      return;
    }
    const hold: Hold = { owner, name, count: 1, released: 0 };
    const [node = "", ...ancestors] = paths(name);
    entryOf(this.byNode, node, () => new Map<number, Hold>()).set(owner, hold);
    entryOf(this.byOwner, owner, () => new Set<Hold>()).add(hold);
    for (const path of ancestors) {
      const owners = entryOf(this.below, path, () => new Map<number, number>());
      owners.set(owner, (owners.get(owner) ?? 0) + 1);
    }
  }

  remove(hold: Hold): void {
    const [node = "", ...ancestors] = paths(hold.name);
    removeFrom(this.byNode, node, (owners) => owners.delete(hold.owner));
    const mine = this.byOwner.get(hold.owner);
    mine?.delete(hold);
    if (mine?.size === 0) this.byOwner.delete(hold.owner);
    for (const path of ancestors) {
      removeFrom(this.below, path, (owners) => {
        const count = (owners.get(hold.owner) ?? 0) - 1;
        if (count > 0) owners.set(hold.owner, count);
        else owners.delete(hold.owner);
      });
    }
  }

  of(owner: number): Hold[] {
    return [...(this.byOwner.get(owner) ?? [])];
  }

  all(): Hold[] {
    return [...this.byOwner.values()].flatMap((holds) => [...holds]);
  }
}

function entryOf<Key, Entry>(map: Map<Key, Entry>, key: Key, make: () => Entry): Entry {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function removeFrom<Inner>(
  map: Map<string, Map<number, Inner>>,
  key: string,
  change: (inner: Map<number, Inner>) => void,
): void {
  const inner = map.get(key);
  if (inner === undefined) return;
  change(inner);
  if (inner.size === 0) map.delete(key);
}
