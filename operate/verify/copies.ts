/** What each member holds, and what may be done with it there. */

import type { DatabaseSettings } from "../contract/common.ts";
import { globalsIn, mirroredDatabasesOf, writeErrors } from "../instance.ts";
import type { Reached } from "../members.ts";
import type { AsyncSeen } from "./roles.ts";

/** A member with the databases it must hold. */
export interface Holder {
  readonly member: Reached;
  readonly databases: readonly DatabaseSettings[];
  /** Status of a copy in which nothing is to be done. Source: GHA_mirror_manage. */
  readonly healthy: "Normal" | "Dejournaling";
  /** Error that a write must meet; empty where it is taken. Source: GHA_mirror_set (members). */
  readonly writes: "" | "<PROTECT>";
}

/** All members with what each holds: the pair everything, an async what it names. */
export function holdersOf(
  databases: readonly DatabaseSettings[],
  pair: { readonly primary: Reached; readonly others: readonly Reached[] },
  asyncs: readonly AsyncSeen[],
): Holder[] {
  const copy = { databases, healthy: "Dejournaling", writes: "<PROTECT>" } as const;
  return [
    { member: pair.primary, databases, healthy: "Normal", writes: "" },
    ...pair.others.map((member) => ({ ...copy, member })),
    ...asyncs.map(({ wanted, seen }) => ({
      ...copy,
      member: seen,
      databases: databases.filter(({ name }) => wanted.databases.includes(name)),
      // Its copies take writes of their own, which go nowhere else.
      writes: wanted.type === "reportingReadWrite" ? ("" as const) : copy.writes,
    })),
  ];
}

/** Directories of the databases a member holds. */
export function directoriesOf({ databases }: Holder): string[] {
  return databases.map(({ directory }) => directory);
}

/** The wanted databases that are not healthy, each with its status. */
export function unhealthy(
  wanted: readonly DatabaseSettings[],
  found: readonly { readonly name: string; readonly status: string }[],
  healthy: string,
): { readonly database: DatabaseSettings; readonly status: string }[] {
  const statuses = new Map(found.map((one) => [one.name, one.status]));
  return wanted
    .map((database) => ({
      database,
      status: statuses.get(database.name.toUpperCase()) ?? "not in the mirror",
    }))
    .filter((one) => one.status !== healthy);
}

/** Databases of a member that are not what they should be there, in words. */
export async function databaseFaults(holder: Holder): Promise<string[]> {
  const found = await mirroredDatabasesOf(holder.member.session);
  return unhealthy(holder.databases, found, holder.healthy).map(
    ({ database, status }) => `${database.name} on ${holder.member.member.name} is ${status}`,
  );
}

/** Globals of the databases of a member by the database's name. */
export async function globalsOf({ member, databases }: Holder): Promise<Map<string, string[]>> {
  const globals = new Map<string, string[]>();
  for (const database of databases) {
    globals.set(database.name, await globalsIn(member.session, database));
  }
  return globals;
}

/** Databases of a member that do not hold the globals the primary's do, in words: a copy that was
 *  made empty, or of something else, would call itself caught up. Where a copy takes writes of its
 *  own it may hold more. */
export async function contentFaults(
  copy: Holder,
  primary: ReadonlyMap<string, readonly string[]>,
): Promise<string[]> {
  return [...(await globalsOf(copy))].flatMap(([name, held]) => {
    const wanted = primary.get(name) ?? [];
    const lacking = wanted.filter((global) => !held.includes(global));
    const strange = copy.writes === "" ? [] : held.filter((global) => !wanted.includes(global));
    const where = `${name} on ${copy.member.member.name}`;
    return [
      ...(lacking.length > 0 ? [`${where} lacks ${globalNames(lacking)}`] : []),
      ...(strange.length > 0 ? [`${where} alone has ${globalNames(strange)}`] : []),
    ];
  });
}

/** The first of them; a person looks at the rest. */
function globalNames(names: readonly string[]): string {
  const rest = names.length > 3 ? " and others" : "";
  return `${names
    .slice(0, 3)
    .map((name) => `^${name}`)
    .join(", ")}${rest}`;
}

/** Asks each database of a member for what a write would meet. */
export async function writeFaultsOf(holder: Holder): Promise<string[]> {
  const met = await writeErrors(holder.member.session, directoriesOf(holder));
  return writeFaults(holder, { member: holder.member.member.name, wanted: holder.writes }, met);
}

/** Databases that take a write where they must not, or refuse one where they must take it. */
export function writeFaults(
  { databases }: Pick<Holder, "databases">,
  place: { readonly member: string; readonly wanted: string },
  met: readonly string[],
): string[] {
  return databases.flatMap((database, index) => {
    const error = met[index] ?? "nothing known";
    return error === place.wanted
      ? []
      : [
          `a write to ${database.name} on ${place.member} meets ${error || "no error"}, ` +
            `wanted: ${place.wanted || "no error"}`,
        ];
  });
}
