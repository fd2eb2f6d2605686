/** `Config.MapGlobals`, `Config.MapRoutines`, `Config.MapPackages`: mappings in the sections
 *  [Map.<namespace>] of iris.cpf.
 *  Source: class references Config.Map*; RCPF_Global, RACS_Routine, RACS_PACKAGE. */

import { NotSimulated } from "../../objectscript/errors.ts";
import type { NativeClass, NativeQuery } from "../../objectscript/host.ts";
import type { MappingKind } from "../../storage/namespaces.ts";
import type { Instance } from "../instance.ts";
import { Refusal } from "../support/refusal.ts";
import { recordClass, type Records } from "./record-class.ts";
import type { RecordObject } from "./record-object.ts";

const sectionOf = (namespace: string): string => `Map.${namespace.toUpperCase()}`;

/** Properties that iris.cpf has behind the database, which this engine leaves at their defaults. */
const otherProperties: Readonly<Record<MappingKind, readonly string[]>> = {
  Global: ["Collation", "LockDatabase"],
  Routine: [],
  Package: [],
};

function records(kind: MappingKind, { store: { configuration } }: Instance): Records {
  const keyOf = (name: string): string => `${kind}_${name.replace(/^\^/, "")}`;
  const requireNamespace = (namespace: string) => {
    const isKnown =
      namespace.toUpperCase() === "%ALL" ||
      configuration.namespace(namespace.toUpperCase()) !== undefined;
    if (!isKnown) throw new Refusal(433, namespace.toUpperCase());
  };
  return {
    keyLength: 2,
    properties: ["Database", ...otherProperties[kind]],
    changeable: ["Database"],
    find: ([namespace = "", name = ""]) => {
      const value = configuration.get(sectionOf(namespace), keyOf(name));
      return value === undefined ? undefined : { Database: value.split(",")[0] ?? "" };
    },
    put([namespace = "", name = ""], properties) {
      requireNamespace(namespace);
      const database = (properties["Database"] ?? "").toUpperCase();
      if (database === "") throw new Refusal(408, sectionOf(namespace), "Database");
      const isKnown = configuration.databases().some((one) => one.name === database);
      if (!isKnown) throw new Refusal(420, "Database", database);
      configuration.set(sectionOf(namespace), keyOf(name), database);
      configuration.save();
    },
    remove([namespace = "", name = ""]) {
      configuration.remove(sectionOf(namespace), keyOf(name));
      configuration.save();
    },
    alreadyThere: ([namespace = "", name = ""]) => {
      throw new Refusal(422, kind, name, namespace);
    },
    notThere: ([namespace = "", name = ""]) => {
      throw new Refusal(421, kind, name, namespace);
    },
  };
}

/** The mappings of the namespace in the first argument, by name.
 *  Source: columns as public code reads them. A pattern in the second argument is not simulated. */
function listOf(kind: MappingKind, { store: { configuration } }: Instance): NativeQuery {
  return {
    columns: ["Name", "Database"],
    rows([namespace = "", names = "*"]) {
      if (names !== "*") {
        throw new NotSimulated(`Config.Map${kind}s:List with names`);
      }
      return configuration
        .mappings(namespace.toUpperCase())
        .filter((mapping) => mapping.kind === kind)
        .toSorted((one, other) => (one.name < other.name ? -1 : 1))
        .map(({ name, database }) => [name, database]);
    },
  };
}

/** The three classes on this instance. */
export function configMappings(instance: Instance): readonly NativeClass<RecordObject>[] {
  return (["Global", "Routine", "Package"] as const).map((kind) => ({
    ...recordClass(`Config.Map${kind}s`, records(kind, instance)),
    queries: { List: listOf(kind, instance) },
  }));
}
