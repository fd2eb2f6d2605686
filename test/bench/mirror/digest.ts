/** Whether members hold the same, read from their files while their instances are down. */

import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

/** Nodes of a database. */
export interface Digest {
  readonly nodes: number;
  /** SHA-256 over all keys and values in order. */
  readonly hash: string;
}

/** Reads the database a member of tests has. */
export function digestOf(directory: string): Digest {
  using database = new DatabaseSync(`${directory}company/IRIS.DAT`, { readOnly: true });
  const hash = createHash("sha256");
  let nodes = 0;
  const rows = database.prepare("select hex(key) || ' ' || value as line from node order by key");
  for (const row of rows.iterate()) {
    hash.update(`${String(row["line"])}\n`);
    nodes += 1;
  }
  return { nodes, hash: hash.digest("hex") };
}

/** Says which members hold something else than they should; empty when none does. */
export function differences(digests: ReadonlyMap<string, Digest>, nodes: number): string[] {
  const [expected] = digests.values();
  const found: string[] = [];
  for (const [name, digest] of digests) {
    if (digest.nodes !== nodes) found.push(`${name} holds ${digest.nodes} nodes of ${nodes}`);
    else if (digest.hash !== expected?.hash) found.push(`${name} holds other values`);
  }
  return found;
}
