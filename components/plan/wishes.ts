/** What a topology means in the product's terms: names as they are stored, defaults worked out. */

import type { Draft } from "../topology/schema.ts";
import { defaultDirectory, physicalNames } from "./names.ts";

/** A database as the mirror must have it. */
export interface DatabaseWish {
  /** Upper case. */
  readonly name: string;
  readonly directory: string;
}

/** A namespace as every member must have it. All names in upper case. */
export interface NamespaceWish {
  readonly name: string;
  readonly globals: string;
  readonly routines: string;
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
  const member = draft.failover[key];
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

/** Databases and namespaces as the product stores their names. */
export function contents(draft: Draft): { databases: DatabaseWish[]; namespaces: NamespaceWish[] } {
  const databases = inOrder(draft.databases).map(([key, { directory }]) => ({
    name: key.toUpperCase(),
    directory: `${(directory ?? defaultDirectory(key)).replace(/\/+$/, "")}/`,
  }));
  const namespaces = inOrder(draft.namespaces).map(([key, { globals, routines }]) => ({
    name: key.toUpperCase(),
    globals: (globals ?? key).toUpperCase(),
    routines: (routines ?? globals ?? key).toUpperCase(),
  }));
  return { databases, namespaces };
}

/** Entries by name: an order in the configuration must not look like a change. */
function inOrder<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
