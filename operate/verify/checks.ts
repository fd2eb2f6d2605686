/** What a verification saw, as sentences for a person. Each is of something that was proven just
 *  before: what was not so has ended as `not-verified`. */

import type { Holder } from "./copies.ts";

/** When a member had the record that was written on the primary. */
export interface Arrival {
  readonly member: string;
  /** From before it was written until it was read, in ms: sessions and looks included. */
  readonly ms: number;
}

/** `holders` has the primary first. Nothing where nothing is held twice. */
export function checksOf(
  [primary, ...copies]: readonly Holder[],
  arrivals: readonly Arrival[],
): string[] {
  if (primary === undefined || arrivals.length === 0) {
    return [];
  }
  const source = nameOf(primary);
  const closed = copies.filter(({ writes }) => writes !== "");
  return [
    ...copies.map(
      (copy) =>
        `${databasesOf(copy)} on ${nameOf(copy)}: caught up, with every global that ${source} has`,
    ),
    ...arrivals.map(
      ({ member, ms }) =>
        `a new record written on ${source} was read on ${member} after ${seconds(ms)} s`,
    ),
    ...closed.map(
      (copy) => `${databasesOf(copy)} on ${nameOf(copy)}: read only, a write meets ${copy.writes}`,
    ),
  ];
}

const nameOf = ({ member }: Holder): string => member.member.name;

const databasesOf = ({ databases }: Holder): string =>
  databases.map(({ name }) => name).join(", ") || "no database";

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
