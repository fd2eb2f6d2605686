/** `Config.MapGlobals`: global mappings in the sections [Map.<namespace>] of iris.cpf.
 *  Source: class reference Config.MapGlobals; RCPF_Global. */

import type { NativeClass } from "../../objectscript/host.ts";
import { Refusal } from "../support/refusal.ts";
import type { Instance } from "../instance.ts";
import { recordClass, type Records } from "./record-class.ts";

const sectionOf = (namespace: string): string => `Map.${namespace.toUpperCase()}`;
const keyOf = (global: string): string => `Global_${global.replace(/^\^/, "")}`;

function records({ store: { configuration } }: Instance): Records {
  const requireNamespace = (namespace: string) => {
    const isKnown =
      namespace.toUpperCase() === "%ALL" ||
      configuration.namespace(namespace.toUpperCase()) !== undefined;
    if (!isKnown) throw new Refusal(433, namespace.toUpperCase());
  };
  return {
    keyLength: 2,
    properties: ["Database", "Collation", "LockDatabase"],
    changeable: ["Database"],
    find: ([namespace = "", global = ""]) => {
      const value = configuration.get(sectionOf(namespace), keyOf(global));
      return value === undefined ? undefined : { Database: value.split(",")[0] ?? "" };
    },
    put([namespace = "", global = ""], properties) {
      requireNamespace(namespace);
      const database = (properties["Database"] ?? "").toUpperCase();
      if (database === "") throw new Refusal(408, sectionOf(namespace), "Database");
      const isKnown = configuration.databases().some(({ name }) => name === database);
      if (!isKnown) throw new Refusal(420, "Database", database);
      configuration.set(sectionOf(namespace), keyOf(global), database);
      configuration.save();
    },
    remove([namespace = "", global = ""]) {
      configuration.remove(sectionOf(namespace), keyOf(global));
      configuration.save();
    },
    alreadyThere: ([namespace = "", global = ""]) => {
      throw new Refusal(422, "Global", global, namespace);
    },
    notThere: ([namespace = "", global = ""]) => {
      throw new Refusal(421, "Global", global, namespace);
    },
  };
}

/** The class on this instance. */
export function configMapGlobals(instance: Instance): NativeClass {
  return recordClass("Config.MapGlobals", records(instance));
}
