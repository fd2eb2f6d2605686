/** Namespaces of one instance, with their mappings. */

import { mappings, type NamespaceSettings } from "./contract/common.ts";
import { isProductDatabase } from "./contract/product.ts";
import { anyText, list, openObject } from "./contract/shape.ts";
import { ask } from "./instance.ts";
import type { Session } from "./session.ts";

/** A namespace as it was found. */
export type NamespaceFound = Omit<NamespaceSettings, "name">;

/** What is mapped: the field of a namespace, and the part of the class name `Config.Map...`. */
export const mappingKinds = [
  ["globalMappings", "Globals"],
  ["packageMappings", "Packages"],
  ["routineMappings", "Routines"],
] as const;

/** Classes of before packages and routines answer without mappings. */
const namespacesAnswer = openObject({
  namespaces: list(openObject({ name: anyText, globals: anyText, routines: anyText, ...mappings })),
});

/** Those of the named namespaces that exist, by name in upper case. Mappings to the product's own
 *  databases are left out: interoperability makes some, and needs them.
 *  Assumed: nobody else maps to those databases. */
export async function namespacesOf(
  session: Session,
  names: readonly string[],
): Promise<Map<string, NamespaceFound>> {
  if (names.length === 0) return new Map();
  const { namespaces } = await ask(session, namespacesAnswer, "Namespace.Find", { names });
  return new Map(
    namespaces.map((found) => [
      found.name.toUpperCase(),
      {
        ...{ globals: found.globals, routines: found.routines },
        globalMappings: withoutProducts(found.globalMappings),
        packageMappings: withoutProducts(found.packageMappings),
        routineMappings: withoutProducts(found.routineMappings),
      },
    ]),
  );
}

function withoutProducts(all: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).filter(([, database]) => !isProductDatabase(database)),
  );
}
