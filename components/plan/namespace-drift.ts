/** What differs between the namespaces a member is to have and those that were seen. */

import type { NamespaceSeen, ReachedMember } from "./seen.ts";
import type { Mappings, NamespaceWish } from "./wishes.ts";

const kinds = [
  ["globalMappings", "global"],
  ["packageMappings", "package"],
  ["routineMappings", "routine"],
] as const;

/** Words of difference of one member, in the topology's order. */
export function namespacesDrift(
  key: string,
  member: ReachedMember,
  namespaces: readonly NamespaceWish[],
): string[] {
  return namespaces.flatMap((wanted) => {
    const held = member.namespaces[wanted.name];
    return held === undefined
      ? [`namespace ${wanted.name} missing on ${key}`]
      : namespaceDrift(key, wanted, held);
  });
}

function namespaceDrift(key: string, wanted: NamespaceWish, held: NamespaceSeen): string[] {
  const { name, globals, routines } = wanted;
  const isSame = held.globals === globals && held.routines === routines;
  return [
    ...(isSame ? [] : [`namespace ${name} on ${key} uses ${held.globals} and ${held.routines}`]),
    ...kinds.flatMap(([field, kind]) =>
      mappingsDrift({ name, key, kind }, wanted[field] ?? {}, held[field]),
    ),
  ];
}

function mappingsDrift(
  { name, key, kind }: { readonly name: string; readonly key: string; readonly kind: string },
  wanted: Mappings,
  held: Mappings,
): string[] {
  const changed = Object.entries(wanted).flatMap(([item, database]) => {
    const present = held[item];
    if (present === database) return [];
    return present === undefined
      ? [`${kind} ${item} of namespace ${name} not mapped on ${key}`]
      : [`${kind} ${item} of namespace ${name} on ${key} mapped to ${present}, not ${database}`];
  });
  const added = Object.entries(held)
    .filter(([item]) => !Object.hasOwn(wanted, item))
    .map(
      ([item, database]) =>
        `${kind} ${item} of namespace ${name} on ${key} mapped to ${database}, which is not in the topology`,
    );
  return [...changed, ...added];
}
