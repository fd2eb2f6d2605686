/** `ModifyDatabase`, `DeleteDatabase`.
 *  Source: RACS_modifydatabase (the properties of the file; LogicalOnly=1 changes the entry alone);
 *  ERR (a mirrored database is not deleted). Assumed: without LogicalOnly both are changed; a
 *  database is deleted with its file; that one is in use is found before anything is deleted. */

import type { Running } from "../../objectscript/host.ts";
import type { Value } from "../../objectscript/value.ts";
import { directoryName } from "../../storage/configuration.ts";
import { isError, okStatus } from "../library/status.ts";
import { awaiting } from "../support/answers.ts";
import { Refusal } from "../support/refusal.ts";
import { callSystem } from "./call.ts";
import { pick, type Perform, type Performance } from "./performing.ts";

const fileProperties = [
  ...["Size", "MaxSize", "ExpansionSize", "ResourceName"],
  ...["GlobalJournalState", "ReadOnly"],
];
const entryProperties = ["MountRequired", "MountAtStartup", "StreamLocation"];

/** Where the database is that the action names; `undefined` when there is none. */
function directoryFound({ given, around }: Performance): string | undefined {
  const name = (given["Name"] ?? "").toUpperCase();
  const { configuration } = around.instance.store;
  return configuration.databases().find((database) => database.name === name)?.directory;
}

/** Changes the entry, and the file in the directory that it has. */
export const modifyDatabase: Perform = function* (performance): Running<Value> {
  const { given, process, around } = performance;
  const directory = directoryFound(performance);
  if (directory === undefined) return okStatus;
  const named = given["Directory"] ?? "";
  if (named !== "" && directoryName(named) !== directory) {
    throw new Refusal(5001, "not simulated: another directory for a database");
  }
  const entry = pick(given, entryProperties);
  if (Object.keys(entry).length > 0) {
    const call = ["Config.Databases", "Modify"] as const;
    const status = yield* callSystem(process, call, given["Name"] ?? "", entry);
    if (isError(status)) return status;
  }
  const file = pick(given, fileProperties);
  if (given["LogicalOnly"] !== "1" && Object.keys(file).length > 0) {
    yield* awaiting(around.instance.store.changeProperties(directory, file));
  }
  return okStatus;
};

/** Takes the entry and the file away. */
export const deleteDatabase: Perform = function* (performance): Running<Value> {
  const { given, process, around } = performance;
  const directory = directoryFound(performance);
  if (directory === undefined) return okStatus;
  const { copies } = around.instance.store.mirror;
  if (copies.rows().some((row) => row.directory === directory)) throw new Refusal(318, directory);
  const call = ["Config.Databases", "Delete"] as const;
  const status = yield* callSystem(process, call, given["Name"] ?? "");
  if (isError(status)) return status;
  return yield* callSystem(process, ["SYS.Database", "DeleteDatabase"], directory);
};
