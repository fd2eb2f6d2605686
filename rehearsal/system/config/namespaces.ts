/** `Config.Namespaces`: the section [Namespaces] of iris.cpf.
 *  Source: class reference Config.Namespaces; RACS_Namespace_n. */

import type { NativeClass } from "../../objectscript/host.ts";
import { Refusal } from "../support/refusal.ts";
import type { Instance } from "../instance.ts";
import { recordClass, type Records } from "./record-class.ts";

const section = "Namespaces";

/** Assumed: letters, digits, `%` first, `-` and `_`, as the portal accepts them. */
const allowedName = /^[A-Za-z%][A-Za-z0-9_-]*$/;

/** Defaults are left out, from the end. */
function cpfText(named: { globals: string; routines: string; temporary: string }): string {
  const { globals, routines, temporary } = named;
  if (temporary !== "IRISTEMP") return `${globals},${routines},${temporary}`;
  return routines === globals ? globals : `${globals},${routines}`;
}

function records({ store: { configuration } }: Instance): Records {
  const requireDatabase = (name: string) => {
    const isKnown = configuration.databases().some((database) => database.name === name);
    if (!isKnown) throw new Refusal(420, "Database", name);
  };
  return {
    keyLength: 1,
    properties: ["Globals", "Routines", "SysGlobals", "SysRoutines", "TempGlobals", "Library"],
    changeable: ["Globals", "Routines", "TempGlobals"],
    find: ([name = ""]) => {
      const found = configuration.namespace(name.toUpperCase());
      if (found === undefined) return undefined;
      return { Globals: found.globals, Routines: found.routines, TempGlobals: found.temporary };
    },
    put([name = ""], properties) {
      if (!allowedName.test(name)) throw new Refusal(457);
      const globals = (properties["Globals"] ?? "").toUpperCase();
      if (globals === "") throw new Refusal(408, section, "Globals");
      const routines = (properties["Routines"] ?? globals).toUpperCase();
      const temporary = (properties["TempGlobals"] ?? "IRISTEMP").toUpperCase();
      [globals, routines, temporary].forEach(requireDatabase);
      configuration.set(section, name.toUpperCase(), cpfText({ globals, routines, temporary }));
      configuration.save();
    },
    remove([name = ""]) {
      const wanted = name.toUpperCase();
      if (wanted === "%SYS") throw new Refusal(434, wanted);
      configuration.remove(section, wanted);
      configuration.removeSection(`Map.${wanted}`);
      configuration.save();
    },
    alreadyThere: ([name = ""]) => {
      throw new Refusal(428, name.toUpperCase());
    },
    notThere: ([name = ""]) => {
      throw new Refusal(433, name.toUpperCase());
    },
  };
}

/** The class on this instance. */
export function configNamespaces(instance: Instance): NativeClass {
  return {
    ...recordClass("Config.Namespaces", records(instance)),
    queries: {
      List: {
        columns: ["Namespace", "Globals", "Routines"],
        rows: () =>
          instance.store.configuration
            .namespaces()
            .map(({ name, globals, routines }) => [name, globals, routines]),
      },
    },
  };
}
