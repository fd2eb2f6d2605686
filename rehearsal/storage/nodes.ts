/** What the language asks of a global, over the key ranges of one database. */

import type { Neighbour } from "../objectscript/host.ts";
import type { Database } from "./database.ts";
import { decodeSubscript, decodeSubscripts } from "./key-decode.ts";
import { descendantsFrom, encodeKey, subtreeEnd } from "./key.ts";

/** 0 nothing, 1 value, 10 descendants, 11 both. Source: RCOS, $DATA. */
export function dataOf(database: Database, key: Buffer): 0 | 1 | 10 | 11 {
  const hasDescendants = database.nodes.hasAny(descendantsFrom(key), subtreeEnd(key));
  if (database.nodes.has(key)) return hasDescendants ? 11 : 1;
  return hasDescendants ? 10 : 0;
}

/** The neighbour at the level of the last subscript, `""` standing for either end.
 *  Source: RCOS, $ORDER: nodes without a value count when they have descendants. */
export function orderOf(
  database: Database,
  name: string,
  subscripts: readonly string[],
  direction: 1 | -1,
): Neighbour | undefined {
  const parents = subscripts.slice(0, -1);
  const isEnd = subscripts.at(-1) === "";
  const parent = encodeKey(name, parents);
  const node = isEnd ? parent : encodeKey(name, subscripts);
  const found =
    direction === 1
      ? database.nodes.first(isEnd ? descendantsFrom(parent) : subtreeEnd(node), subtreeEnd(parent))
      : database.nodes.last(descendantsFrom(parent), isEnd ? subtreeEnd(parent) : node);
  if (found === undefined) return undefined;
  const { subscript, next } = decodeSubscript(found.key, parent.length);
  const neighbour = [...parents, subscript];
  if (next === found.key.length) return { subscripts: neighbour, value: found.value };
  // Forwards the node itself would have been found first, so it has no value.
  const value =
    direction === 1 ? undefined : database.nodes.get(Buffer.from(found.key.subarray(0, next)));
  return { subscripts: neighbour, value };
}

/** The next or previous node that has a value. Source: RCOS, $QUERY. */
export function queryOf(
  database: Database,
  name: string,
  subscripts: readonly string[],
  direction: 1 | -1,
): Neighbour | undefined {
  const root = encodeKey(name, []);
  const isEnd = subscripts.length > 0 && subscripts.at(-1) === "";
  const node = encodeKey(name, isEnd ? subscripts.slice(0, -1) : subscripts);
  const found =
    direction === 1
      ? database.nodes.first(descendantsFrom(node), subtreeEnd(root))
      : database.nodes.last(root, isEnd ? subtreeEnd(node) : node);
  return found && { subscripts: decodeSubscripts(found.key), value: found.value };
}
