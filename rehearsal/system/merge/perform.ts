/** How each action is done: by the classes a script would call.
 *  Source: GCMF 1.5 and RACS_actions (Create is skipped where it exists already, Modify and Delete
 *  where it does not); RACS for the class behind each action. */

import type { Running } from "../../objectscript/host.ts";
import type { Value } from "../../objectscript/value.ts";
import { isError, okStatus } from "../library/status.ts";
import { functionForm, type ActionName, type ActionValues } from "./actions.ts";
import { callSystem } from "./call.ts";
import { createDatabase, createDatabaseFile, deleteDatabaseFile } from "./perform-database.ts";
import { deleteDatabase, modifyDatabase } from "./perform-database-change.ts";
import { configMirror } from "./perform-mirror.ts";
import { exists, type Perform } from "./performing.ts";

/** Which record an action means, and the rest of what it says. */
function split(given: ActionValues, keys: readonly string[]): [string[], Record<string, string>] {
  const rest = Object.entries(given).filter(([name]) => !keys.includes(name));
  return [keys.map((key) => given[key] ?? ""), Object.fromEntries(rest)];
}

type Verb = "Create" | "Modify" | "Delete";

/** One record of a class. */
const record = (verb: Verb, className: string, keys: readonly string[] = ["Name"]): Perform =>
  function* ({ given, process }) {
    const [key, rest] = split(given, keys);
    if ((yield* exists(process, className, key)) === (verb === "Create")) return okStatus;
    const values = verb === "Delete" ? key : [...key, rest];
    return yield* callSystem(process, [className, verb], ...values);
  };

/** A record whose Create takes its values one by one; what it has no place for is added after.
 *  Source: class references of Security.*. */
const account = (className: string, places: readonly string[]): Perform =>
  function* ({ given, process }) {
    const [key, rest] = split(given, ["Name"]);
    if (yield* exists(process, className, key)) return okStatus;
    const ordered = places.map((name) => rest[name] ?? "");
    const status = yield* callSystem(process, [className, "Create"], ...key, ...ordered);
    const others = split(rest, places)[1];
    if (isError(status) || Object.keys(others).length === 0) return status;
    return yield* callSystem(process, [className, "Modify"], ...key, others);
  };

/** Leaves out what was looked at in the plan and has no place here. */
const without =
  (name: string, perform: Perform): Perform =>
  (performance) =>
    perform({ ...performance, given: split(performance.given, [name])[1] });

/** Source: RACS, Execute (arguments are literals, the method returns a `%Status`). */
const execute: Perform = function* ({ given, process }): Running<Value> {
  const numbers = Object.keys(given).flatMap((name) => /^Arg(\d+)$/.exec(name)?.[1] ?? []);
  const count = Math.max(0, ...numbers.map(Number));
  const args = Array.from({ length: count }, (_, index) => given[`Arg${index + 1}`] ?? "");
  process.namespace = (given["Namespace"] ?? "").toUpperCase();
  try {
    const [, label, routine] = functionForm.exec(given["RoutineName"] ?? "") ?? [];
    if (label !== undefined && routine !== undefined) {
      return yield* process.callFunction(label, routine, args);
    }
    return yield* process.callClassMethod(
      given["ClassName"] ?? "",
      given["MethodName"] ?? "",
      args,
    );
  } finally {
    process.namespace = "%SYS";
  }
};

const mappingKey = ["Namespace", "Name"];

/** What does each action. Nobody here asks for a password, so its hash has no place. */
export const performers: Readonly<Record<ActionName, Perform>> = {
  DeleteMapGlobal: record("Delete", "Config.MapGlobals", mappingKey),
  DeleteMapRoutine: record("Delete", "Config.MapRoutines", mappingKey),
  DeleteMapPackage: record("Delete", "Config.MapPackages", mappingKey),
  DeleteNamespace: record("Delete", "Config.Namespaces"),
  DeleteDatabase: deleteDatabase,
  DeleteDatabaseFile: deleteDatabaseFile,
  DeleteResource: record("Delete", "Security.Resources"),
  ConfigMirror: configMirror,
  CreateResource: account("Security.Resources", [
    "Description",
    "PublicPermission",
    "ResourceType",
  ]),
  CreateDatabaseFile: createDatabaseFile,
  CreateDatabase: createDatabase,
  ModifyDatabase: modifyDatabase,
  CreateNamespace: without("Interop", record("Create", "Config.Namespaces")),
  ModifyNamespace: record("Modify", "Config.Namespaces"),
  CreateMapPackage: record("Create", "Config.MapPackages", mappingKey),
  CreateMapGlobal: record("Create", "Config.MapGlobals", mappingKey),
  CreateMapRoutine: record("Create", "Config.MapRoutines", mappingKey),
  ModifyMapPackage: record("Modify", "Config.MapPackages", mappingKey),
  ModifyMapGlobal: record("Modify", "Config.MapGlobals", mappingKey),
  ModifyMapRoutine: record("Modify", "Config.MapRoutines", mappingKey),
  ModifyService: record("Modify", "Security.Services"),
  DeleteUser: record("Delete", "Security.Users"),
  DeleteRole: record("Delete", "Security.Roles"),
  CreateRole: account("Security.Roles", ["Description", "Resources", "GrantedRoles"]),
  ModifyRole: record("Modify", "Security.Roles"),
  CreateUser: without("PasswordHash", account("Security.Users", ["Roles"])),
  ModifyUser: without("PasswordHash", record("Modify", "Security.Users")),
  Execute: execute,
};
