/** What a topology means in the product's terms: names as they are stored, defaults worked out. */

import type { Draft } from "../topology/schema.ts";
import { holdsDatabase } from "./members.ts";
import { defaultDirectory, physicalNames } from "./names.ts";

/** A database as the mirror must have it. */
export interface DatabaseWish {
  /** Upper case. */
  readonly name: string;
  readonly directory: string;
}

/** Mappings of one kind: name or pattern, as it is written, to database in upper case. */
export type Mappings = Readonly<Record<string, string>>;

/** Mappings of a namespace; a kind without any is absent. */
interface NamespaceMappings {
  readonly globalMappings?: Mappings;
  readonly packageMappings?: Mappings;
  readonly routineMappings?: Mappings;
}

/** A namespace as every member must have it. Names of it and of databases in upper case. */
export interface NamespaceWish extends NamespaceMappings {
  readonly name: string;
  readonly globals: string;
  readonly routines: string;
}

/** A sample application. */
export interface AppWish {
  /** Its folder in install/apps. */
  readonly name: string;
  /** Upper case. */
  readonly namespace: string;
}

/** What is fixed when a mirror is formed. */
export interface MirrorSettings {
  /** Upper case. */
  readonly name: string;
  /** `host|port`; absent without arbiter. */
  readonly arbiter?: string;
  readonly qosTimeoutMs: number;
}

/** How an instance is reached, on the mirror's network and through Docker. */
export interface MemberAddress {
  readonly name: string;
  readonly container: string;
  readonly memberName: string;
  readonly superserverAddress: string;
  readonly mirrorAddress: string;
  readonly agentAddress: string;
  readonly agentPort: number;
}

/** Mirror settings as the product stores them. */
export function mirrorSettings(draft: Draft): MirrorSettings {
  return {
    name: (draft.name ?? "").toUpperCase(),
    ...(draft.arbiter === false ? {} : { arbiter: `${draft.arbiter.name}|${draft.arbiter.port}` }),
    qosTimeoutMs: draft.qosTimeoutMs,
  };
}

/** How a member is reached. */
export function memberAddress(key: string, draft: Draft, stack: string): MemberAddress {
  const member = draft.failover[key] ?? draft.async[key];
  const superserverAddress = member?.superserverAddress ?? key;
  return {
    name: key,
    container: physicalNames(stack, draft.names).container(key),
    memberName: (member?.memberName ?? key).toUpperCase(),
    superserverAddress,
    mirrorAddress: member?.mirrorAddress ?? superserverAddress,
    agentAddress: member?.agentAddress ?? superserverAddress,
    agentPort: member?.agentPort ?? 2188,
  };
}

/** What is in the mirror, or what of it a member holds. */
export interface Contents {
  readonly databases: readonly DatabaseWish[];
  readonly namespaces: readonly NamespaceWish[];
}

/** The part of the mirror's contents that a member holds: everything, but for a reporting async
 *  that names its databases. A namespace goes where all of its databases are, those of its mappings
 *  too: it leads to the same ones on every member that has it. Source: GHA_mirror_set_config. */
export function heldBy(key: string, draft: Draft): Contents {
  const { databases, namespaces } = contents(draft);
  const member = draft.async[key];
  if (member === undefined) return { databases, namespaces };
  return {
    databases: databases.filter(({ name }) => holdsDatabase(member, name)),
    namespaces: namespaces.filter((namespace) =>
      databasesOf(namespace).every((name) => holdsDatabase(member, name)),
    ),
  };
}

/** Databases a namespace leads to. */
function databasesOf({ globals, routines, ...rest }: NamespaceWish): string[] {
  const { globalMappings = {}, packageMappings = {}, routineMappings = {} } = rest;
  const mapped = [globalMappings, packageMappings, routineMappings].flatMap(Object.values<string>);
  return [globals, routines, ...mapped];
}

/** Databases and namespaces as the product stores their names. */
export function contents(draft: Draft): Contents {
  const databases = inOrder(draft.databases).map(([key, { directory }]) => ({
    name: key.toUpperCase(),
    directory: `${(directory ?? defaultDirectory(key, draft)).replace(/\/+$/, "")}/`,
  }));
  const namespaces = inOrder(draft.namespaces).map(([key, { globals, routines, mappings }]) => ({
    name: key.toUpperCase(),
    globals: (globals ?? key).toUpperCase(),
    routines: (routines ?? globals ?? key).toUpperCase(),
    ...mapped("globalMappings", mappings.globals),
    ...mapped("packageMappings", mappings.packages),
    ...mapped("routineMappings", mappings.routines),
  }));
  return { databases, namespaces };
}

/** Sample applications in the order in which they are loaded. */
export function appWishes({ apps }: Draft): AppWish[] {
  return inOrder(apps).map(([name, { namespace }]) => ({
    name,
    namespace: (namespace ?? name).toUpperCase(),
  }));
}

/** Nothing where there is none: a namespace without mappings is told as it always was. */
function mapped(field: keyof NamespaceMappings, items: Mappings): NamespaceMappings {
  const entries = inOrder(items).map(([item, database]) => [item, database.toUpperCase()] as const);
  return entries.length === 0 ? {} : { [field]: Object.fromEntries(entries) };
}

/** Entries by name: an order in the configuration must not look like a change. */
function inOrder<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
